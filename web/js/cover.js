// @ts-check
/**
 * What stood on a page that was away may have been removed meanwhile. So a page that comes back, from the background, from
 * being offline or frozen, or out of the browser's own store, shows its words only once the line says that they still
 * stand. The cover is there before the next paint.
 */

/**
 * @param {HTMLElement} element what holds the words
 * @param {() => boolean} isLive whether the line is open
 * @param {() => void} again opens the line anew
 * @returns {() => void} takes the cover away; call it when all that was missed has come
 */
export function coverOnReturn(element, isLive, again) {
  const cover = () => element.classList.add("covered");
  const look = () => {
    if (document.visibilityState === "visible" && !isLive()) cover();
  };
  document.addEventListener("visibilitychange", look);
  // A frozen page has an open line and has heard nothing.
  document.addEventListener("resume", () => {
    cover();
    again();
  });
  window.addEventListener("online", () => {
    cover();
    again();
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    cover();
    location.reload();
  });
  return () => element.classList.remove("covered");
}
