// @ts-check
/** Checks a text as it is typed, and offers the change that one press makes. The server's own check decides. */
import { Draft } from "./draft.js";
import { ask } from "./check-call.js";
import { draw } from "./findings.js";
import { goTo, showCount, showRisk } from "./check-panel.js";
import { paint, show } from "./mirror.js";
import { wordIsDone } from "./ranges.js";

const AFTER_WORD = 250;
const WITHIN_WORD = 900;

/** @param {HTMLElement} form */
export function start(form) {
  /** @type {(name: string) => HTMLElement} */
  const part = (name) => /** @type {HTMLElement} */ (form.querySelector(`[data-part="${name}"]`));
  const fields = new Map([...form.querySelectorAll("textarea")].filter((one) => one.closest(".editor")).map((one) => [one.name, one]));
  const draft = new Draft(new Map([...fields].map(([name, field]) => [name, field.value])));
  const answers = document.createElement("div");
  answers.hidden = true;
  form.append(answers);
  /** @type {{code: string, words: string}[]} */
  let reasons = [];
  let timer = 0;
  let isChecked = false;

  for (const [name, field] of fields) {
    field.closest(".editor")?.classList.add("is-mirrored");
    field.addEventListener("input", (event) => {
      draft.edit(name, field.value);
      redraw();
      if (!(/** @type {InputEvent} */ (event).isComposing)) later(wordIsDone(field.value, field.selectionStart) ? AFTER_WORD : WITHIN_WORD);
    });
  }
  for (const select of form.querySelectorAll("select")) {
    const [key, reason] = select.name === "answer" ? select.value.split("=") : [];
    if (key && reason) draft.answers.set(key, reason);
  }

  const acts = {
    use: (/** @type {string} */ key) => {
      const change = draft.use(key);
      if (change) write(change.part);
      if (change) find(change.id, "undo")?.focus();
    },
    undo: (/** @type {string} */ id) => {
      const range = draft.undo(id);
      if (range) write(range.part);
      if (range) show(/** @type {HTMLTextAreaElement} */ (fields.get(range.part)), range);
    },
    show: (/** @type {string} */ key) => {
      const one = draft.findings.find((finding) => finding.key === key);
      const field = one && fields.get(one.part);
      if (field) show(field, one);
    },
    answer: (/** @type {string} */ key, /** @type {string} */ code) => {
      draft.answers.set(key, code);
      redraw();
    },
  };

  /** @param {string} row @param {string} does */
  function find(row, does) {
    const item = [...part("findings").children].find((one) => /** @type {HTMLElement} */ (one).dataset.row === row);
    return /** @type {HTMLElement | null | undefined} */ (item?.querySelector(`[data-does="${does}"]`));
  }

  /** @param {string} name */
  function write(name) {
    const field = fields.get(name);
    if (field) field.value = draft.texts.get(name) ?? "";
    redraw();
    later(AFTER_WORD);
  }

  function later(/** @type {number} */ ms) {
    clearTimeout(timer);
    timer = window.setTimeout(check, ms);
  }

  async function check() {
    const then = new Map([...draft.texts].filter(([, text]) => text.trim()));
    const answer = then.size ? await ask(then) : { findings: [], risk: { band: "", details: [] }, keep_reasons: reasons };
    if (answer) heard(then, answer);
  }

  /** @param {Map<string, string>} then @param {import("./check-call.js").Answer} answer */
  function heard(then, answer) {
    isChecked = true;
    reasons = answer.keep_reasons ?? reasons;
    draft.found(then, answer.findings);
    if (answer.risk) showRisk(form, answer.risk);
    redraw();
  }

  function redraw() {
    for (const [name, field] of fields) {
      const marks = [
        ...draft.findings.map((one) => ({ ...one, look: one.must ? "" : "ask" })),
        ...draft.changes.map((one) => ({ ...one, look: "done" })),
      ].filter((one) => one.part === name);
      paint(/** @type {HTMLElement} */ (field.previousElementSibling), field.value, marks);
    }
    if (!isChecked) return;
    const rows = draft.findings.map((one) => ({ ...one, partWords: fields.get(one.part)?.dataset.words ?? "", answer: draft.answers.get(one.key) ?? "" }));
    draw(part("findings"), rows, draft.changes, reasons, acts);
    showCount(form, draft.count(), draft.open());
    answers.replaceChildren(...draft.findings.flatMap(({ key }) => sent(`${key}=${draft.answers.get(key) ?? ""}`, draft.answers.has(key))));
  }

  /** @param {string} value @param {boolean} isAnswered */
  function sent(value, isAnswered) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "answer", value });
    return isAnswered ? [field] : [];
  }

  form.addEventListener("submit", (event) => {
    const open = draft.open();
    if (!isChecked || open.length === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    part("bar").textContent = `${draft.count()} first. We have moved you to the first.`;
    goTo(form, open[0].key);
  }, { capture: true });
  // The refusal names no places: the check is asked about the text as it stands here.
  form.addEventListener("refused", async () => {
    await check();
    const [first] = draft.open();
    if (first) goTo(form, first.key);
  });
  form.addEventListener("published", () => {
    for (const [name, field] of fields) draft.edit(name, field.value);
    draft.changes = [];
    draft.findings = [];
    draft.answers.clear();
    check();
  });
  redraw();
  if ([...draft.texts.values()].some((text) => text.trim())) check();
}
