// @ts-check
/** j and k go from post to post, r to the reply; only while nothing is being written. */

/** @param {HTMLElement} list */
export function start(list) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const at = document.activeElement;
    if (at instanceof HTMLElement && (at.isContentEditable || at.matches("input, textarea, select"))) return;
    if (event.key === "r") {
      event.preventDefault();
      /** @type {HTMLElement | null} */ (document.querySelector("#reply textarea"))?.focus();
    }
    if (event.key !== "j" && event.key !== "k") return;
    const posts = /** @type {HTMLElement[]} */ ([...list.querySelectorAll(":scope > article")]);
    const held = posts.findIndex((post) => post.contains(at));
    const upper = posts.findIndex((post) => post.getBoundingClientRect().bottom > 80);
    const next = held >= 0 ? held + (event.key === "j" ? 1 : -1) : upper;
    posts[Math.min(Math.max(next, 0), posts.length - 1)]?.focus();
  });
}
