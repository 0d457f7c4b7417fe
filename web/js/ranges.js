// @ts-check
/**
 * Places in a text. The server counts Unicode code points, a textarea counts UTF-16 units; everything here is about
 * going from one to the other and keeping places right while the text changes under them.
 */

/** @typedef {{from: number, to: number}} Range in UTF-16 units, `to` exclusive */

/**
 * The UTF-16 index of a code point.
 * @param {string} text
 * @param {number} point
 */
export function unitAt(text, point) {
  let unit = 0;
  for (let n = 0; n < point && unit < text.length; n++) unit += /** @type {number} */ (text.codePointAt(unit)) > 0xffff ? 2 : 1;
  return unit;
}

/**
 * @param {string} text as it was sent to the check
 * @param {number} start in code points
 * @param {number} end in code points
 * @returns {Range}
 */
export function rangeOf(text, start, end) {
  const from = unitAt(text, start);
  return { from, to: from + unitAt(text.slice(from), end - start) };
}

/**
 * The text with other words in a place, and the place of these words.
 * @param {string} text
 * @param {Range} range
 * @param {string} words
 */
export function replaced(text, range, words) {
  return {
    text: text.slice(0, range.from) + words + text.slice(range.to),
    range: { from: range.from, to: range.from + words.length },
  };
}

/**
 * Where places are after an edit: those before it stay, those behind it move, those it touches are gone.
 * @template {Range} T
 * @param {T[]} ranges
 * @param {string} was
 * @param {string} is
 * @returns {T[]}
 */
export function shifted(ranges, was, is) {
  if (was === is) return ranges;
  const shorter = Math.min(was.length, is.length);
  let head = 0;
  while (head < shorter && was[head] === is[head]) head++;
  let tail = 0;
  while (tail < shorter - head && was[was.length - 1 - tail] === is[is.length - 1 - tail]) tail++;
  const end = was.length - tail;
  const by = is.length - was.length;
  return ranges.flatMap((range) => {
    if (range.to <= head) return [range];
    if (range.from >= end) return [{ ...range, from: range.from + by, to: range.to + by }];
    return [];
  });
}

/**
 * Whether the word before the caret is finished: half a word is not worth a finding.
 * @param {string} text
 * @param {number} caret
 */
export function wordIsDone(text, caret) {
  return caret === 0 || !/[\p{L}\p{N}\p{M}'’-]$/u.test(text.slice(0, caret));
}

/**
 * The words of a place without the space, comma or bracket that goes with them when they are left out.
 * @param {string} words
 */
export function core(words) {
  const head = words.length - words.replace(/^[\s,(]+/, "").length;
  const kept = words.slice(head).replace(/[\s,)]+$/, "");
  return kept ? { words: kept, head } : { words, head: 0 };
}
