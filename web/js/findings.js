// @ts-check
/**
 * The list of what was found: for each the words, why, and what to do. It is the truth for eyes, keyboard and screen
 * reader; the marks in the text only repeat it. Rows that did not change keep their element, and with it the focus.
 */
import { button, element, what } from "./make.js";
import { core } from "./ranges.js";

/** @typedef {{key: string, part: string, partWords: string, must: boolean, words: string, why: string, suggestion: string | null, answer: string}} Row */
/** @typedef {{group: string, was: string, words: string}} Change */
/** @typedef {{code: string, words: string}} Reason */
/** @typedef {{use: (key: string) => void, show: (key: string) => void, answer: (key: string, code: string) => void, undo: (group: string) => void}} Acts */

/**
 * @param {HTMLElement} list
 * @param {Row[]} rows
 * @param {Change[]} changes
 * @param {Reason[]} reasons
 * @param {Acts} acts
 */
export function draw(list, rows, changes, reasons, acts) {
  const old = new Map([...list.children].map((one) => [/** @type {HTMLElement} */ (one).dataset.row, one]));
  const wanted = [
    ...rows.map((row) => old.get(mark(row)) ?? finding(row, reasons, acts)),
    ...[...groups(changes)].map(([group, all]) => old.get(`${group}\n${all.length}`) ?? changed(group, all, acts)),
  ];
  for (const one of [...list.children]) if (!wanted.includes(one)) one.remove();
  wanted.forEach((one, i) => list.children[i] !== one && list.insertBefore(one, list.children[i] ?? null));
}

/**
 * Changes by what was made together.
 * @param {Change[]} changes
 */
function groups(changes) {
  /** @type {Map<string, Change[]>} */
  const all = new Map();
  for (const change of changes) all.set(change.group, [...(all.get(change.group) ?? []), change]);
  return all;
}

/** @param {Row} row everything its look depends on */
const mark = (row) => [row.key, row.must, row.suggestion, row.why].join("\n");

/**
 * @param {Row} row
 * @param {Reason[]} reasons
 * @param {Acts} acts
 */
function finding(row, reasons, acts) {
  const does = element("div", "do");
  const { words } = core(row.words);
  if (row.suggestion !== null) {
    const use = button("btn", row.suggestion ? `Use “${row.suggestion}”` : "Leave it out", "use", () => acts.use(row.key));
    does.append(named(use, row.suggestion ? ` instead of “${words}”` : `: “${words}”`));
  }
  does.append(named(button("btn plain", "Show in text", "show", () => acts.show(row.key)), `: “${words}”`));
  const head = element("div");
  const lead = element("b");
  lead.textContent = row.must ? "Must change:" : "Your answer:";
  const quote = element("q");
  quote.textContent = words;
  const where = element("span", "in-part");
  where.textContent = row.partWords;
  head.append(lead, " ", quote, " ", where);
  const why = element("p", "why");
  why.textContent = row.why;
  const item = element("li", row.must ? "finding" : "finding ask");
  item.dataset.row = mark(row);
  item.append(what(row.must ? "block" : "confirm", head), why, does);
  if (!row.must) item.append(choice(row, reasons, acts));
  return item;
}

/**
 * @param {Row} row
 * @param {Reason[]} reasons
 * @param {Acts} acts
 */
function choice(row, reasons, acts) {
  const set = element("fieldset");
  const legend = element("legend");
  legend.textContent = "Or keep it, because";
  set.append(legend);
  for (const reason of reasons) {
    const label = element("label", "tick");
    const radio = document.createElement("input");
    radio.type = "radio";
    radio.name = `keep-${row.key}`;
    radio.checked = reason.code === row.answer;
    // Belongs to no form: what is sent is the hidden field `answer`.
    radio.setAttribute("form", "none");
    radio.addEventListener("change", () => acts.answer(row.key, reason.code));
    const words = element("span");
    words.textContent = reason.words;
    label.append(radio, words);
    set.append(label);
  }
  return set;
}

/**
 * @param {string} group
 * @param {Change[]} changes
 * @param {Acts} acts
 */
function changed(group, changes, acts) {
  const [one] = changes;
  const said = element("span");
  const was = core(one.was).words;
  said.textContent = changes.length > 1 ? `${changes.length} places changed` : one.words.trim() ? `Changed to “${one.words}”` : `Left out “${was}”`;
  const body = element("div");
  const undo = button("btn plain", "Undo", "undo", () => acts.undo(group));
  body.append(said, named(undo, changes.length > 1 ? ` all ${changes.length} changes` : `: back to “${was}”`));
  const item = element("li", "finding fixed");
  item.dataset.row = `${group}\n${changes.length}`;
  item.append(what("ok", body));
  return item;
}

/**
 * A button whose words say all to those who see where it stands, and to the others with these.
 * @param {HTMLButtonElement} made
 * @param {string} more
 */
function named(made, more) {
  const rest = element("span", "sr");
  rest.textContent = more;
  made.append(rest);
  return made;
}
