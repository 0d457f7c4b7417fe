// @ts-check
/** What stands round the list of findings: how many are left, how recognisable the patient is, whether it can go out. */

const BANDS = {
  green: ["Many people fit this description", "is-ok"],
  amber: ["Could be recognised by people close to them", "is-confirm"],
  red: ["Could be recognised by strangers", "is-block"],
};

/**
 * @param {HTMLElement} form
 * @param {string} name
 */
const part = (form, name) => /** @type {HTMLElement} */ (form.querySelector(`[data-part="${name}"]`));

/**
 * @param {HTMLElement} form
 * @param {{band: string, details: string[], change?: string | null}} risk
 */
export function showRisk(form, risk) {
  const [words, look] = BANDS[/** @type {"red"} */ (risk.band)] ?? ["Nothing is written yet.", ""];
  part(form, "band").textContent = words;
  part(form, "band").className = `band-name ${look}`;
  const most = risk.details.length ? `Most telling: ${risk.details.join(", ")}.` : "";
  part(form, "why").textContent = `${most} ${risk.change ?? ""}`.trim();
  part(form, "dial").dataset.band = risk.band;
}

/**
 * @param {HTMLElement} form
 * @param {string} count
 * @param {{must: boolean}[]} open
 */
export function showCount(form, count, open) {
  const state = open.some((one) => one.must) ? "is-block" : open.length ? "is-confirm" : "is-ok";
  const place = part(form, "count");
  place.className = `state to-fix ${state}`;
  if (place.textContent !== count) place.textContent = count;
  part(form, "bar").textContent = open.length ? `${count}.` : "";
  if (open.length) part(form, "publish").setAttribute("aria-disabled", "true");
  else part(form, "publish").removeAttribute("aria-disabled");
}

/**
 * Moves focus to what is to be done about a finding.
 * @param {HTMLElement} form
 * @param {string} key
 */
export function goTo(form, key) {
  const rows = /** @type {HTMLElement[]} */ ([...part(form, "findings").children]);
  rows.find((row) => row.dataset.row?.startsWith(`${key}\n`))?.querySelector("button")?.focus();
}

/** @type {WeakMap<HTMLElement, {said: string, timer: number}>} */
const saying = new WeakMap();
const QUIET = 2000;

/**
 * Tells a screen reader the count, once it has stood for two seconds and if it is another than was told.
 * @param {HTMLElement} form
 * @param {string} count
 */
export function say(form, count) {
  const last = saying.get(form) ?? { said: "0 to fix", timer: 0 };
  saying.set(form, last);
  clearTimeout(last.timer);
  if (count === last.said) return;
  last.timer = window.setTimeout(() => {
    last.said = count;
    part(form, "said").textContent = count;
  }, QUIET);
}

/**
 * Remembers where in the list the focus is; the function given back puts it to what took that place, if it was lost.
 * @param {HTMLElement} form
 */
export function held(form) {
  const list = part(form, "findings");
  const at = [...list.children].findIndex((row) => row.contains(document.activeElement));
  return () => {
    if (at < 0 || list.contains(document.activeElement)) return;
    const row = list.children[Math.min(at, list.children.length - 1)];
    const next = row?.querySelector("button") ?? part(form, "publish");
    /** @type {HTMLElement} */ (next).focus({ preventScroll: true });
  };
}
