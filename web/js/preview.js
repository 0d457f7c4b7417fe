// @ts-check
/**
 * "Fix all": the sentences as they would stand, each change to be left out if one likes, and one press to make them.
 */
import { button, element } from "./make.js";
import { core } from "./ranges.js";

/** @typedef {import("./draft.js").Finding} Finding */
/** @typedef {{part: string, from: number, to: number, fixes: Finding[]}} Passage a sentence or line with what changes in it */

/**
 * The passages that hold the changes, in the order of the text.
 * @param {Map<string, string>} texts
 * @param {Finding[]} fixes in the order of the text
 * @returns {Passage[]}
 */
export function passages(texts, fixes) {
  /** @type {Passage[]} */
  const all = [];
  for (const fix of fixes) {
    const text = texts.get(fix.part) ?? "";
    const last = all[all.length - 1];
    const [from, to] = around(text, fix);
    if (last && last.part === fix.part && from <= last.to) {
      last.to = Math.max(last.to, to);
      last.fixes.push(fix);
    } else all.push({ part: fix.part, from, to, fixes: [fix] });
  }
  return all;
}

const FARTHEST = 90;

/**
 * The sentence or line round a place, or what of it is near.
 * @param {string} text
 * @param {{from: number, to: number}} place
 */
function around(text, { from, to }) {
  const head = text.slice(Math.max(0, from - FARTHEST), from);
  const tail = text.slice(to, to + FARTHEST);
  const begins = Math.max(head.lastIndexOf("\n"), ...[...head.matchAll(/[.!?]\s/g)].map((found) => found.index + 1));
  const word = begins < 0 && from > FARTHEST ? head.indexOf(" ") : begins;
  const ends = tail.search(/[.!?](\s|$)|\n/);
  const near = ends >= 0 ? ends + (tail[ends] === "\n" ? 0 : 1) : tail.length < FARTHEST ? tail.length : tail.lastIndexOf(" ");
  return [from - head.length + word + 1, to + Math.max(near, 0)];
}

/**
 * Shows the changes and asks; `done` is called with the keys of those that are wanted.
 * @param {Map<string, string>} texts
 * @param {Finding[]} fixes
 * @param {(part: string) => string} name of a field
 * @param {(keys: string[]) => void} done
 */
export function preview(texts, fixes, name, done) {
  const wanted = new Set(fixes.map((fix) => fix.key));
  const dialog = document.createElement("dialog");
  dialog.className = "preview";
  dialog.setAttribute("aria-labelledby", "preview-h");
  const head = element("h2");
  head.id = "preview-h";
  head.tabIndex = -1;
  head.textContent = "Before and after";
  const note = element("p", "note");
  note.textContent = "Untick what you would rather change yourself.";
  const list = element("ol", "passages");
  const change = button("btn main", "", "change", () => {
    dialog.close();
    done(fixes.filter((fix) => wanted.has(fix.key)).map((fix) => fix.key));
  });
  const leave = button("btn", "Change nothing", "leave", () => dialog.close());
  const foot = element("div", "preview-foot");
  foot.append(leave, change);

  let part = "";
  const all = passages(texts, fixes).map((passage) => {
    const item = element("li");
    if (passage.part !== part) {
      const where = element("p", "label");
      where.textContent = name(passage.part);
      item.append(where);
      part = passage.part;
    }
    const turn = (/** @type {Finding} */ fix) => (/** @type {boolean} */ is) => (wanted[is ? "add" : "delete"](fix.key), draw());
    const words = element(passage.fixes.length > 1 ? "p" : "span", "diff");
    if (passage.fixes.length > 1) item.append(words, ...passage.fixes.map((fix) => tick(fix, turn(fix))));
    else item.append(tick(passage.fixes[0], turn(passage.fixes[0]), words));
    list.append(item);
    return { passage, words };
  });
  function draw() {
    for (const { passage, words } of all) words.replaceChildren(...diff(texts.get(passage.part) ?? "", passage, wanted));
    change.textContent = wanted.size === 1 ? "Make 1 change" : `Make ${wanted.size} changes`;
    change.toggleAttribute("disabled", wanted.size === 0);
  }
  draw();
  dialog.append(head, note, list, foot);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  head.focus();
}

/**
 * A passage with what goes and what comes.
 * @param {string} text
 * @param {Passage} passage
 * @param {Set<string>} wanted
 */
function diff(text, passage, wanted) {
  const out = [];
  let at = passage.from;
  for (const fix of passage.fixes) {
    out.push(text.slice(at, fix.from));
    const was = element(wanted.has(fix.key) ? "del" : "span", wanted.has(fix.key) ? "" : "stays");
    was.textContent = text.slice(fix.from, fix.to);
    out.push(was);
    if (wanted.has(fix.key) && fix.suggestion) {
      const is = element("ins");
      is.textContent = fix.suggestion;
      // A space that the page shows, so that old and new words do not run together.
      out.push(" ", is);
    }
    at = fix.to;
  }
  out.push(text.slice(at, passage.to));
  return out;
}

/** @param {Finding} fix */
function told(fix) {
  const was = core(fix.words).words;
  return fix.suggestion ? `“${was}” to “${fix.suggestion}”` : `Leave out “${was}”`;
}

/**
 * @param {Finding} fix
 * @param {(is: boolean) => void} turned
 * @param {HTMLElement} [passage] the sentence itself, where it holds but this change
 */
function tick(fix, turned, passage) {
  const label = element("label", "tick");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = true;
  box.addEventListener("change", () => turned(box.checked));
  if (passage) box.setAttribute("aria-label", told(fix));
  const words = passage ?? element("span");
  if (!passage) words.textContent = told(fix);
  label.append(box, words);
  return label;
}
