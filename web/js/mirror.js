// @ts-check
/** The marks behind a textarea: the same words, unseen, with lines under what was found. Decoration only. */

/** @typedef {import("./ranges.js").Range & {look: string}} Mark `look`: "" (must change), "ask" or "done" */

/**
 * @param {HTMLElement} mirror
 * @param {string} text
 * @param {Mark[]} marks
 */
export function paint(mirror, text, marks) {
  const out = [];
  let at = 0;
  for (const mark of [...marks].sort((a, b) => a.from - b.from)) {
    if (mark.from < at || mark.to > text.length) continue;
    const words = document.createElement("mark");
    words.className = mark.look;
    words.textContent = text.slice(mark.from, mark.to);
    out.push(text.slice(at, mark.from), words);
    at = mark.to;
  }
  // The last line break of a text has no height by itself.
  out.push(`${text.slice(at)}\u200b`);
  mirror.replaceChildren(...out);
}

/**
 * Brings words of a text into view and chooses them.
 * @param {HTMLTextAreaElement} field
 * @param {import("./ranges.js").Range} range
 */
export function show(field, range) {
  field.focus({ preventScroll: true });
  field.setSelectionRange(range.from, range.to);
  const mirror = field.previousElementSibling;
  const mark = [...(mirror?.querySelectorAll("mark") ?? [])].find((one) => one.textContent === field.value.slice(range.from, range.to));
  (mark ?? field).scrollIntoView({ block: "center" });
}
