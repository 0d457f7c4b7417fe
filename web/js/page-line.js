// @ts-check
/** The one line of a page, for all that speak over it: the thread's own, or one that only checks what is written. */
import { Line } from "./live-line.js";

/** @type {(line: Line) => void} */
let give = () => {};
/** @type {Promise<Line>} */
const shared = new Promise((done) => (give = done));
/** @type {Line | undefined} */
let own;

export const address = () => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live`;

/** @param {Line} line */
export const share = (line) => give(line);

/**
 * @param {() => void} onSignedOut only for a line of one's own; a thread has its own way
 * @returns {Promise<Line>}
 */
export async function pageLine(onSignedOut) {
  if (document.querySelector('[data-js~="live"]')) return shared;
  if (!own) {
    own = new Line({ url: address(), onMessage: () => {}, onState: () => {}, onSignedOut });
    own.start();
  }
  return own;
}
