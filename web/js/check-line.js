// @ts-check
/**
 * The check over the page's line: what changed goes out, findings come back. The house keeps the text as long as it
 * checks it. While the line is down, or does not answer, the check goes by request.
 */
import { cut, splice } from "./pieces.js";
import { wellFormed } from "./check-call.js";

/** @typedef {import("./check-call.js").Answer} Answer */
/** @typedef {import("./live-line.js").Line} Line */
/** @typedef {(texts: Map<string, string>, zero: number | null) => Promise<Answer | undefined>} Ask */

/** @typedef {import("./pieces.js").Splice & {part: string, long: number}} Placed `long`: how long the part is then */

/** A message of the line is smaller than 16 KB, whatever its letters weigh. */
const MOST = 12_000;
const PATIENCE = 4000;

const weigh = (/** @type {string} */ text) => new TextEncoder().encode(JSON.stringify(text)).length;

export class CheckLine {
  /**
   * @param {Line} line
   * @param {Ask} byRequest
   * @param {(act: () => void, ms: number) => any} [later]
   */
  constructor(line, byRequest, later = (act, ms) => setTimeout(act, ms)) {
    this.line = line;
    this.byRequest = byRequest;
    this.later = later;
    this.revision = 0;
    this.known = 0;
    /** @type {Map<string, string[]>} the pieces that the house holds */
    this.there = new Map();
    /** @type {{revision: number, done: (answer: Answer | undefined) => void, texts: Map<string, string>, zero: number | null} | undefined} */
    this.waiting = undefined;
    line.onDraft = (message) => this.hear(message);
    line.onLost = () => this.lost();
  }

  /**
   * @param {Map<string, string>} texts
   * @param {number | null} zero
   * @returns {Promise<Answer | undefined>} nothing when a newer question overtook this one, or nobody answered
   */
  ask(texts, zero) {
    this.waiting?.done(undefined);
    this.waiting = undefined;
    if (!this.line.isOpen()) return this.byRequest(texts, zero);
    return new Promise((done) => {
      this.waiting = { revision: ++this.revision, done, texts, zero };
      this.send();
      this.later(() => void (this.waiting?.done === done && this.turn()), PATIENCE);
    });
  }

  /** The form was left: the house forgets what it holds. */
  end() {
    this.forget();
    this.line.send({ type: "draft-end" });
  }

  send() {
    if (!this.waiting) return;
    const { revision, texts, zero } = this.waiting;
    const names = new Set([...this.there.keys(), ...texts.keys()]);
    /** @type {Placed[]} */
    const splices = [...names].flatMap((part) => {
      const was = this.there.get(part) ?? [];
      const is = cut(wellFormed(texts.get(part) ?? ""));
      const change = splice(was, is);
      this.there.set(part, is);
      return change ? spread(part, was, change) : [];
    });
    /** @type {Placed[][]} */
    const messages = [[]];
    let weight = 0;
    for (const one of splices) {
      const more = 200 + one.put.reduce((sum, piece) => sum + weigh(piece), 0);
      if (weight + more > MOST && weight) {
        messages.push([]);
        weight = 0;
      }
      messages[messages.length - 1].push(one);
      weight += more;
    }
    messages.forEach((splices, n) => {
      const more = n < messages.length - 1 ? { more: true } : {};
      this.line.send({ type: "draft", revision, was: n === 0 ? this.known : revision, splices, zero, ...more });
    });
    this.known = revision;
  }

  /** @param {{type: string, revision?: number, answer?: any}} message */
  hear({ type, revision, answer }) {
    if (type === "draft-whole") {
      // Only what is asked now is sent again; an older slip was mended with it.
      if (!this.waiting || revision !== this.waiting.revision) return;
      this.forget();
      this.waiting.revision = ++this.revision;
      return this.send();
    }
    if (!this.waiting || revision !== this.waiting.revision) return;
    if (type === "draft-too-large" || answer?.too_long) return this.turn();
    const { done } = this.waiting;
    this.waiting = undefined;
    done(answer);
  }

  lost() {
    this.forget();
    if (this.waiting) this.turn();
  }

  forget() {
    this.there.clear();
    this.known = 0;
  }

  /** Asks by request instead. */
  async turn() {
    const waiting = this.waiting;
    if (!waiting) return;
    this.waiting = undefined;
    this.forget();
    waiting.done(await this.byRequest(waiting.texts, waiting.zero));
  }
}

const measure = (/** @type {string[]} */ pieces) => pieces.reduce((sum, piece) => sum + piece.length, 0);

/**
 * A change as splices that each fit into a message.
 * @param {string} part
 * @param {string[]} was
 * @param {import("./pieces.js").Splice} change
 */
function spread(part, was, { at, gone, put }) {
  /** @type {Placed[]} */
  const splices = [];
  let long = measure(was) - measure(was.slice(at, at + gone));
  /** @type {string[]} */
  let group = [];
  let weight = 0;
  const push = () => {
    long += measure(group);
    splices.push({ part, at, gone, put: group, long });
    at += group.length;
    gone = 0;
    group = [];
    weight = 0;
  };
  for (const piece of put) {
    const more = weigh(piece) + 1;
    if (weight + more > MOST - 300 && group.length) push();
    group.push(piece);
    weight += more;
  }
  push();
  return splices;
}
