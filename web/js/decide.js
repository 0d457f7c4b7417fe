// @ts-check
/** One key for each decision: only after a reason is chosen, and only when no field has focus. */

/** @param {HTMLElement} form */
export function start(form) {
  const reason = /** @type {HTMLSelectElement} */ (form.querySelector("[name=reason]"));
  document.addEventListener("keydown", (press) => {
    if (press.ctrlKey || press.altKey || press.metaKey || press.repeat) return;
    if (document.activeElement?.matches("input, select, textarea")) return;
    const button = form.querySelector(`[data-key="${CSS.escape(press.key.toLowerCase())}"]`);
    if (!(button instanceof HTMLButtonElement)) return;
    press.preventDefault();
    if (reason.value === "") reason.focus();
    else button.click();
  });
}
