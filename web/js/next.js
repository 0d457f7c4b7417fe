// @ts-check
/** One key opens the next case of a list that nobody else has in hand. */

/** @param {HTMLElement} list */
export function start(list) {
  document.addEventListener("keydown", (press) => {
    if (press.key.toLowerCase() !== "n" || press.ctrlKey || press.altKey || press.metaKey || press.repeat) return;
    if (document.activeElement?.matches("input, select, textarea")) return;
    const next = list.querySelector("a[data-part=free]");
    if (next instanceof HTMLAnchorElement) {
      press.preventDefault();
      next.click();
    }
  });
}
