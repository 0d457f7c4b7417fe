// @ts-check
/** "Nothing to declare" and an interest exclude each other: choosing one clears the other. */

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
  });
}
