// @ts-check
/** One key presses what names it with `data-key`; only when no field has focus. */

/** @param {HTMLElement} part */
export function start(part) {
  document.addEventListener("keydown", (press) => {
    if (press.ctrlKey || press.altKey || press.metaKey || press.repeat) return;
    if (document.activeElement?.matches("input, select, textarea")) return;
    const target = part.querySelector(`[data-key="${CSS.escape(press.key.toLowerCase())}"]`);
    if (!(target instanceof HTMLElement)) return;
    press.preventDefault();
    target.click();
  });
}
