// @ts-check
/**
 * Asks before a page is left with something typed and not sent. Drafts are not kept on the device: it may be a shared
 * one, and clinical text must not stay on it.
 */

/** @param {HTMLElement} form */
export function start(form) {
  const wasRefused = form.querySelector(".field.wrong, .error-box, .finding") !== null;
  let isSending = false;
  const isTyped = () => [...form.querySelectorAll("textarea")].some((one) => one.value.trim() !== "" && (wasRefused || one.value !== one.defaultValue));
  const warn = (/** @type {BeforeUnloadEvent} */ event) => {
    if (!isSending && isTyped()) event.preventDefault();
  };
  // Only while needed: a page with such a listener is not kept by the browser.
  const update = () => window[isTyped() ? "addEventListener" : "removeEventListener"]("beforeunload", /** @type {any} */ (warn));
  form.addEventListener("input", update);
  form.addEventListener("published", update);
  window.addEventListener("submit", (event) => {
    if (event.target === form && !event.defaultPrevented) isSending = true;
  });
  window.addEventListener("blanked", () => (isSending = true));
  update();
}
