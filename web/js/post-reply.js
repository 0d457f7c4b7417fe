// @ts-check
/** Sends a reply without leaving the page. Whatever happens, what was typed stays until it is published. */

const WAIT_FOR_POST = 2000;

/** The next reply's own key; `randomUUID` would be missing where a ward reaches the house without TLS. */
const freshKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {HTMLElement} element */
export function start(element) {
  const form = /** @type {HTMLFormElement} */ (element);
  const publish = /** @type {HTMLButtonElement} */ (form.querySelector('[data-part="publish"]'));
  const fault = /** @type {HTMLElement} */ (form.querySelector('[data-part="fault"]'));
  const words = publish.textContent ?? "";
  let isBusy = false;

  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    publish.textContent = "Publishing…";
    tell("");
    try {
      await send();
    } catch {
      tell("This did not go through. Your text is kept here; press again when you are back on line. It is not published twice.");
    } finally {
      isBusy = false;
      publish.textContent = words;
    }
  });

  async function send() {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams(/** @type {any} */ (new FormData(form))),
    });
    if (answer.status === 201) return published(await answer.json());
    if (answer.status === 202) return held(await answer.json());
    if (answer.status === 422) return refused(await answer.json());
    if (answer.status === 401 || answer.redirected) return tell("You were signed out. Your text is still here: sign in in another tab, then press again.");
    const problem = await answer.json().catch(() => ({}));
    tell(problem.detail ?? problem.title ?? "This did not work, and it is our fault. Your text is kept here; press again.");
  }

  /** @param {{post: string}} answer */
  function published({ post }) {
    for (const field of form.querySelectorAll("textarea")) field.value = "";
    for (const name of ["source", "key"]) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = name === "key" ? freshKey() : "";
    }
    showProblems({});
    form.dispatchEvent(new CustomEvent("published"));
    const arrived = () => document.getElementById(`p-${post}`);
    const go = () => {
      clearTimeout(timer);
      document.removeEventListener("post-arrived", look);
      arrived()?.focus();
    };
    const look = () => arrived() && go();
    const timer = setTimeout(() => {
      location.hash = `p-${post}`;
      location.reload();
    }, WAIT_FOR_POST);
    document.addEventListener("post-arrived", look);
    look();
  }

  /**
   * It waits for a moderator; its own page says so.
   * @param {{held: string}} answer
   */
  function held({ held }) {
    for (const field of form.querySelectorAll("textarea")) field.value = "";
    form.dispatchEvent(new CustomEvent("published"));
    location.assign(held);
  }

  /** @param {{findings?: object[], problems?: Record<string, string>, detail?: string}} answer */
  function refused({ findings = [], problems = {}, detail = "" }) {
    showProblems(problems);
    if (findings.length) return void form.dispatchEvent(new CustomEvent("refused"));
    if (Object.keys(problems).length === 0) tell(detail);
    /** @type {HTMLElement | null} */ (form.querySelector('[aria-invalid="true"], .is-wrong input'))?.focus();
  }

  /** @param {Record<string, string>} problems by the name of their field */
  function showProblems(problems) {
    form.querySelector(".error-box")?.remove();
    const left = { ...problems };
    for (const place of form.querySelectorAll(".error[id]")) {
      const name = place.id.replace(/-e$/, "");
      const problem = problems[name];
      delete left[name];
      place.toggleAttribute("hidden", !problem);
      place.querySelector("span")?.replaceChildren(problem ?? "");
      if (problem) place.closest("details")?.setAttribute("open", "");
      place.closest(".field")?.classList.toggle("wrong", Boolean(problem));
      place.closest("fieldset")?.classList.toggle("is-wrong", Boolean(problem));
      const field = document.getElementById(name);
      if (problem && field) field.setAttribute("aria-invalid", "true");
      else field?.removeAttribute("aria-invalid");
    }
    tell(Object.values(left).join(" "));
  }

  /** @param {string} problem */
  function tell(problem) {
    fault.textContent = problem;
    fault.hidden = !problem;
  }
}
