// @ts-check
/**
 * The list of what was found: for each the words, why, and what to do. It is the truth for eyes, keyboard and screen
 * reader; the marks in the text only repeat it. Rows that did not change keep their element, and with it the focus.
 */
import { button, element, what } from "./make.js";

/** @typedef {{key: string, part: string, partWords: string, must: boolean, words: string, why: string, suggestion: string | null, answer: string}} Row */
/** @typedef {{id: string, words: string}} Change */
/** @typedef {{code: string, words: string}} Reason */
/** @typedef {{use: (key: string) => void, show: (key: string) => void, answer: (key: string, code: string) => void, undo: (id: string) => void}} Acts */

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
    ...changes.map((change) => old.get(change.id) ?? changed(change, acts)),
  ];
  for (const one of [...list.children]) if (!wanted.includes(one)) one.remove();
  wanted.forEach((one, i) => list.children[i] !== one && list.insertBefore(one, list.children[i] ?? null));
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
  if (row.suggestion !== null) does.append(button("btn", row.suggestion ? `Use “${row.suggestion}”` : "Leave it out", "use", () => acts.use(row.key)));
  does.append(button("btn plain", "Show in text", "show", () => acts.show(row.key)));
  const head = element("div");
  const lead = element("b");
  lead.textContent = row.must ? "Must change:" : "Your answer:";
  const quote = element("q");
  quote.textContent = row.words;
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
 * @param {Change} change
 * @param {Acts} acts
 */
function changed(change, acts) {
  const said = element("span");
  said.textContent = change.words ? `Changed to “${change.words}”` : "Left out";
  const body = element("div");
  body.append(said, button("btn plain", "Undo", "undo", () => acts.undo(change.id)));
  const item = element("li", "finding fixed");
  item.dataset.row = change.id;
  item.append(what("ok", body));
  return item;
}
