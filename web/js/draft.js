// @ts-check
/**
 * What the composer knows of a text: its parts, what was found in them, what was answered, what was changed.
 * Pure: text in, text out; the page is the composer's.
 */
import { replaced, shifted } from "./ranges.js";

/** @typedef {import("./ranges.js").Range} Range */
/** @typedef {Range & {key: string, part: string, must: boolean, rule: string, words: string, why: string, suggestion: string | null, dated: boolean}} Finding */
/** @typedef {Range & {id: string, group: string, part: string, was: string, words: string, dated: boolean}} Change `group`: of the changes that were made, and are undone, together */

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
    /** @type {number | null} the day from which the suggestions of now count */
    this.offered = null;
    /** @type {number | null} the day that is called day 0 in the text */
    this.zero = null;
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
   * The check answered about texts as they were then. What was not touched since is where it was, or has moved along.
   * @param {Map<string, string>} then
   * @param {import("./check-call.js").Raw[]} raw
   * @param {number | null} [zero] the day from which the answer's days count
   */
  found(then, raw, zero = null) {
    const before = this.findings;
    this.offered = zero;
    const fresh = raw.flatMap(({ key, part, rule, suggestion, from, to, severity, reason, dated }) => {
      const text = then.get(part);
      const now = this.texts.get(part);
      if (text === undefined || now === undefined) return [];
      const words = text.slice(from, to);
      const one = { key, part, rule, suggestion, from, to, must: severity === "block", words, why: reason, dated: dated ?? false };
      return shifted([one], text, now);
    });
    const edited = before.filter((one) => then.get(one.part) === undefined && this.texts.get(one.part)?.trim());
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
    return this.useAll([key])[0];
  }

  /** What can be mended at once: whatever has a suggestion and was not answered, in the order of the text. */
  fixes() {
    const order = [...this.texts.keys()];
    const open = this.findings.filter((one) => one.suggestion !== null && (one.must || !this.answers.get(one.key)));
    return open.sort((a, b) => order.indexOf(a.part) - order.indexOf(b.part) || a.from - b.from);
  }

  /**
   * Puts several suggestions in place as one change.
   * @param {string[]} keys
   * @returns {Change[]} in the order of the text
   */
  useAll(keys) {
    const group = `change-${++this.made}`;
    const wanted = this.findings.filter((one) => keys.includes(one.key) && one.suggestion !== null).sort((a, b) => b.from - a.from);
    const made = wanted.map((one, n) => {
      const text = this.texts.get(one.part) ?? "";
      const words = /** @type {string} */ (one.suggestion);
      const place = words ? { from: one.from, to: one.to } : withSpace(text, one);
      const was = text.slice(place.from, place.to);
      const after = replaced(text, place, words);
      this.edit(one.part, after.text);
      const change = { ...after.range, id: `${group}-${n}`, group, part: one.part, was, words, dated: one.dated };
      this.findings = this.findings.filter((finding) => finding.key !== one.key);
      this.changes = [...this.changes, change];
      return change;
    });
    if (made.some((change) => change.dated && /\bday 0\b|\b(later|earlier|before|after|day \d+)\b/.test(change.words))) this.zero ??= this.offered;
    return made.reverse();
  }

  /**
   * Puts back what a change, or all of its group, took out.
   * @param {string} group
   * @returns {(Range & {part: string})[]} where the old words stand again
   */
  undo(group) {
    const changes = this.changes.filter((one) => one.group === group).sort((a, b) => b.from - a.from);
    const places = changes.map(({ id }) => {
      const change = /** @type {Change} */ (this.changes.find((one) => one.id === id));
      const after = replaced(this.texts.get(change.part) ?? "", change, change.was);
      this.changes = this.changes.filter((one) => one.id !== id);
      this.edit(change.part, after.text);
      return { ...after.range, part: change.part };
    });
    if (!this.changes.some((one) => one.dated)) this.zero = null;
    return places.reverse();
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
 * Words that are left out take one space with them, unless they bring it.
 * @param {string} text
 * @param {Range} range
 * @returns {Range}
 */
function withSpace(text, { from, to }) {
  if (/^[\s,(]|\s$/.test(text.slice(from, to))) return { from, to };
  if (text[from - 1] === " " && /^[\s.,;:)]|^$/.test(text.slice(to, to + 1))) return { from: from - 1, to };
  return text[to] === " " ? { from, to: to + 1 } : { from, to };
}
