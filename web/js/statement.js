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
  const name = line?.querySelector("b");
  let timer = 0;
  function suggest() {
    // What the house suggested on a refused form names its words already.
    if (!form || !line || !name) return;
    const text = [...form.querySelectorAll("textarea")].map((field) => field.value).join("\n").toLowerCase();
    const named = [...ticks].find((one) => one.dataset.telling?.split(" ").some((word) => word && text.includes(word)));
    line.hidden = !named || named.checked;
    if (named && name.textContent !== named.dataset.organisation) name.textContent = named.dataset.organisation ?? "";
  }
  if (line?.hidden) form?.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(suggest, 600);
  });
}
