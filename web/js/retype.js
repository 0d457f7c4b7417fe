// @ts-check
/**
 * Puts a new text into a field as if it had been typed: one step, which the browser's own Undo takes back.
 */

/**
 * @param {HTMLTextAreaElement} field
 * @param {string} is
 */
export function retype(field, is) {
  const was = field.value;
  if (was === is) return;
  // Where fingers type, focus would raise the keyboard, and there is no key for Undo.
  if (matchMedia("(pointer: coarse)").matches || !field.checkVisibility?.()) return void (field.value = is);
  let head = 0;
  while (head < was.length && head < is.length && was[head] === is[head]) head++;
  let tail = 0;
  while (tail < was.length - head && tail < is.length - head && was[was.length - 1 - tail] === is[is.length - 1 - tail]) tail++;
  const held = /** @type {HTMLElement | null} */ (document.activeElement);
  field.focus({ preventScroll: true });
  field.setSelectionRange(head, was.length - tail);
  const words = is.slice(head, is.length - tail);
  const done = words ? document.execCommand("insertText", false, words) : document.execCommand("delete");
  if (!done || field.value !== is) field.value = is;
  if (held && held !== field) held.focus({ preventScroll: true });
}
