// @ts-check
/**
 * What the composer knows of a text: its parts, what was found in them, what was answered, what was changed.
 * Pure: text in, text out; the page is the composer's.
 */
import { fitted, rangeOf, replaced, shifted } from "./ranges.js";

/** @typedef {import("./ranges.js").Range} Range */
/** @typedef {Range & {key: string, part: string, must: boolean, rule: string, words: string, why: string, suggestion: string | null}} Finding */
/** @typedef {Range & {id: string, part: string, was: string, words: string}} Change */

export class Draft {
  /** @param {Map<string, string>} texts */
  constructor(texts) {
    this.texts = texts;
    /** @type {Finding[]} */
    this.findings = [];
    /** @type {Change[]} */
    this.changes = [];
    /** @type {Map<string, string>} reasons by the key of their finding */
    this.answers = new Map();
    this.made = 0;
  }

  /**
   * The text of a part was edited: places move along, touched ones are forgotten.
   * @param {string} part
   * @param {string} is
   */
  edit(part, is) {
    const was = this.texts.get(part) ?? "";
    /** @template {Range & {part: string}} T @param {T[]} all @returns {T[]} */
    const moved = (all) => all.flatMap((one) => (one.part === part ? shifted([one], was, is) : [one]));
    this.findings = moved(this.findings);
    this.changes = moved(this.changes);
    this.texts.set(part, is);
  }

  /**
   * The check answered about texts as they were then. What was edited since is asked again and not shown now.
   * @param {Map<string, string>} then
   * @param {import("./check-call.js").Raw[]} raw
   */
  found(then, raw) {
    const before = this.findings;
    const fresh = raw.flatMap((one) => {
      const text = then.get(one.part);
      if (text === undefined || text !== this.texts.get(one.part)) return [];
      const { from, to } = rangeOf(text, one.start, one.end);
      const { key, part, rule } = one;
      const suggestion = one.suggestion ? fitted(text, { from, to }, one.suggestion) : one.suggestion;
      return [{ key, part, rule, suggestion, from, to, must: one.severity === "block", words: text.slice(from, to), why: one.reason }];
    });
    const edited = before.filter((one) => then.get(one.part) !== this.texts.get(one.part));
    this.findings = [...fresh, ...edited].sort((a, b) => Number(b.must) - Number(a.must));
    for (const one of fresh) {
      const twin = before.find((old) => old.part === one.part && old.rule === one.rule && old.words === one.words);
      const answer = twin && this.answers.get(twin.key);
      if (answer && !this.answers.has(one.key)) this.answers.set(one.key, answer);
    }
  }

  /**
   * Puts the suggestion in place of what was found.
   * @param {string} key
   * @returns {Change | undefined}
   */
  use(key) {
    const one = this.findings.find((finding) => finding.key === key);
    if (!one || one.suggestion === null) return undefined;
    const text = this.texts.get(one.part) ?? "";
    const words = one.suggestion;
    const place = words ? one : withSpace(text, one);
    const was = text.slice(place.from, place.to);
    const after = replaced(text, place, words);
    this.edit(one.part, after.text);
    const change = { ...after.range, id: `change-${++this.made}`, part: one.part, was, words };
    this.findings = this.findings.filter((finding) => finding.key !== key);
    this.changes = [...this.changes, change];
    return change;
  }

  /**
   * @param {string} id
   * @returns {Range & {part: string} | undefined} where the old words stand again
   */
  undo(id) {
    const change = this.changes.find((one) => one.id === id);
    if (!change) return undefined;
    const after = replaced(this.texts.get(change.part) ?? "", change, change.was);
    this.changes = this.changes.filter((one) => one.id !== id);
    this.edit(change.part, after.text);
    return { ...after.range, part: change.part };
  }

  /** What stands between this text and its publication. */
  open() {
    return this.findings.filter((one) => one.must || !this.answers.get(one.key));
  }

  /** "2 to fix, 1 to answer", or "0 to fix". */
  count() {
    const open = this.open();
    const fix = open.filter((one) => one.must).length;
    const answer = open.length - fix;
    return [fix && `${fix} to fix`, answer && `${answer} to answer`].filter(Boolean).join(", ") || "0 to fix";
  }
}

/**
 * Words that are left out take one space with them.
 * @param {string} text
 * @param {Range} range
 * @returns {Range}
 */
function withSpace(text, { from, to }) {
  if (text[from - 1] === " " && /^[\s.,;:)]|^$/.test(text.slice(to, to + 1))) return { from: from - 1, to };
  return text[to] === " " ? { from, to: to + 1 } : { from, to };
}
