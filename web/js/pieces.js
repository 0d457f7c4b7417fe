// @ts-check
/** A text in pieces of a sentence or a line, so that an edit sends no more than the piece it touched. */

/** @typedef {{at: number, gone: number, put: string[]}} Splice */

const LONGEST = 800;

/**
 * The pieces of a text; joined they are the text.
 * @param {string} text
 */
export function cut(text) {
  const pieces = text.match(/[^\n]*?(?:[.!?;:][ \t]+|\n)|[^\n]+$/g) ?? [];
  return pieces.flatMap((piece) => (piece.length > LONGEST ? split(piece) : [piece]));
}

/** @param {string} piece longer than it should be: never cut between the halves of a character */
function split(piece) {
  const parts = [];
  for (let at = 0; at < piece.length; ) {
    let to = Math.min(at + LONGEST, piece.length);
    if (/[\ud800-\udbff]/.test(piece[to - 1]) && to < piece.length) to++;
    parts.push(piece.slice(at, to));
    at = to;
  }
  return parts;
}

/**
 * What to take out of some pieces and what to put in to make others of them; nothing when they are the same.
 * @param {string[]} was
 * @param {string[]} is
 * @returns {Splice | undefined}
 */
export function splice(was, is) {
  const shorter = Math.min(was.length, is.length);
  let at = 0;
  while (at < shorter && was[at] === is[at]) at++;
  if (at === was.length && at === is.length) return undefined;
  let tail = 0;
  while (tail < shorter - at && was[was.length - 1 - tail] === is[is.length - 1 - tail]) tail++;
  return { at, gone: was.length - at - tail, put: is.slice(at, is.length - tail) };
}
