// @ts-check
/**
 * "Nothing to declare" and an interest exclude each other: choosing one clears the other. What the text names of one's
 * own interests is suggested while it is written.
 */

/** @param {HTMLElement} fieldset */
export function start(fieldset) {
  const ticks = /** @type {NodeListOf<HTMLInputElement>} */ (fieldset.querySelectorAll('[name="interests"]'));
  const none = /** @type {HTMLInputElement | null} */ (fieldset.querySelector('[value="none"]'));
  const some = /** @type {HTMLInputElement | null} */ (fieldset.querySelector('[value="some"]'));
  fieldset.addEventListener("change", ({ target }) => {
    if (target === none) for (const one of ticks) one.checked = false;
    if (some && [...ticks].some((one) => one === target && one.checked)) some.checked = true;
    // With one interest declared, "I have an interest" can only mean that one.
    if (target === some && ticks.length === 1) ticks[0].checked = true;
    suggest();
  });

  const form = fieldset.closest("form");
  const line = /** @type {HTMLElement | null} */ (fieldset.querySelector('[data-part="suggest"]'));
  const words = line?.querySelector("span:last-child");
  let timer = 0;
  function suggest() {
    // What the house suggested on a refused form names its words already.
    if (!form || !line || !words) return;
    const text = [...form.querySelectorAll("textarea")].map((field) => field.value).join("\n").toLowerCase();
    const named = [...ticks].flatMap((tick) => {
      const word = tick.dataset.telling?.split(" ").find((one) => one && text.includes(one));
      return word ? [{ tick, word, organisation: tick.dataset.organisation ?? "" }] : [];
    })[0];
    line.hidden = !named || named.tick.checked;
    if (named) words.replaceChildren(...told(named));
  }
  if (line?.hidden) form?.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(suggest, 600);
  });
}

/** @param {{word: string, organisation: string}} named */
function told({ word, organisation }) {
  const bold = (/** @type {string} */ name) => Object.assign(document.createElement("b"), { textContent: name });
  const isName = organisation.toLowerCase().includes(word);
  const end = isName ? [", which is among your interests. "] : [". Your interests list ", bold(organisation), ". "];
  return ["Your text names ", bold(isName ? organisation : word), ...end, "Readers will expect to see it."];
}
