// @ts-check
/**
 * A form that publishes: its text is checked while it is written, what was found is listed and marked, and nothing goes
 * out while something is open. The server checks again; this is for the writer's comfort.
 */
import { ask } from "./check-call.js";
import { CheckLine } from "./check-line.js";
import { Draft } from "./draft.js";
import { draw } from "./findings.js";
import { goTo, held, say, showCount, showRisk } from "./check-panel.js";
import { paint, show } from "./mirror.js";
import { pageLine } from "./page-line.js";
import { preview } from "./preview.js";
import { retype } from "./retype.js";
import { core, wordIsDone } from "./ranges.js";

/** After a finished word, or a paste; half a word waits until one has stopped. */
const AFTER_WORD = 60;
const WITHIN_WORD = 1200;

/** @param {HTMLElement} form */
export function start(form) {
  /** @type {(name: string) => HTMLElement} */
  const part = (name) => /** @type {HTMLElement} */ (form.querySelector(`[data-part="${name}"]`));
  const fields = new Map([...form.querySelectorAll("textarea")].filter((one) => one.closest(".editor")).map((one) => [one.name, one]));
  const draft = new Draft(new Map([...fields].map(([name, field]) => [name, field.value])));
  const answers = document.createElement("div");
  answers.hidden = true;
  form.append(answers);
  /** @type {{code: string, words: string}[]} */
  let reasons = [];
  let timer = 0;
  let isChecked = false;
  /** @type {CheckLine | undefined} until the line is there, the check goes by request */
  let line;

  for (const [name, field] of fields) {
    field.closest(".editor")?.classList.add("is-mirrored");
    field.addEventListener("input", (event) => {
      const { isComposing, inputType } = /** @type {InputEvent} */ (event);
      draft.edit(name, field.value);
      redraw();
      const isDone = wordIsDone(field.value, field.selectionStart) || /^(insertFrom|insertReplacement|history)/.test(inputType ?? "");
      if (!isComposing) later(isDone ? AFTER_WORD : WITHIN_WORD);
    });
    field.addEventListener("blur", () => timer && later(0));
  }
  for (const select of form.querySelectorAll("select")) {
    const [key, reason] = select.name === "answer" ? select.value.split("=") : [];
    if (key && reason) draft.answers.set(key, reason);
  }

  const acts = {
    use: (/** @type {string} */ key) => {
      const change = draft.use(key);
      if (change) write([change.part]);
      if (change) find(change.group, "undo")?.focus();
    },
    undo: (/** @type {string} */ group) => {
      const places = draft.undo(group);
      write(places.map((place) => place.part));
      const [first] = places;
      if (first) show(/** @type {HTMLTextAreaElement} */ (fields.get(first.part)), first);
    },
    show: (/** @type {string} */ key) => {
      const one = draft.findings.find((finding) => finding.key === key);
      const field = one && fields.get(one.part);
      if (field) show(field, one);
    },
    answer: (/** @type {string} */ key, /** @type {string} */ code) => {
      draft.answers.set(key, code);
      redraw();
    },
  };

  /** @param {string} row @param {string} does */
  function find(row, does) {
    const item = [...part("findings").children].find((one) => /** @type {HTMLElement} */ (one).dataset.row?.split("\n")[0] === row);
    return /** @type {HTMLElement | null | undefined} */ (item?.querySelector(`[data-does="${does}"]`));
  }

  /** @param {string[]} names of fields whose text was changed here */
  function write(names) {
    for (const name of new Set(names)) {
      const field = fields.get(name);
      if (field) retype(field, draft.texts.get(name) ?? "");
    }
    redraw();
    later(AFTER_WORD);
  }

  part("fix-all").addEventListener("click", () => {
    const words = (/** @type {string} */ name) => fields.get(name)?.dataset.words ?? "";
    preview(draft.texts, draft.fixes(), words, (keys) => {
      const made = draft.useAll(keys);
      write(made.map((change) => change.part));
      if (made[0]) find(made[0].group, "undo")?.focus();
    });
  });

  function later(/** @type {number} */ ms) {
    clearTimeout(timer);
    timer = window.setTimeout(check, ms);
  }

  async function check() {
    clearTimeout(timer);
    timer = 0;
    const then = new Map([...draft.texts].filter(([, text]) => text.trim()));
    if (then.size === 0) {
      line?.end();
      return heard(then, { findings: [], risk: { band: "", details: [] }, keep_reasons: reasons });
    }
    const answer = await (line ? line.ask(then, draft.zero) : ask(then, draft.zero));
    if (answer) heard(then, answer);
  }

  /** @param {Map<string, string>} then @param {import("./check-call.js").Answer} answer */
  function heard(then, answer) {
    isChecked = true;
    reasons = answer.keep_reasons ?? reasons;
    draft.found(then, answer.findings, answer.zero);
    if (answer.risk) showRisk(form, answer.risk);
    redraw();
  }

  function redraw() {
    for (const [name, field] of fields) {
      const marks = [
        ...draft.findings.map((one) => ({ ...one, ...seen(one), look: one.must ? "" : "ask" })),
        ...draft.changes.map((one) => ({ ...one, look: "done" })),
      ].filter((one) => one.part === name);
      paint(/** @type {HTMLElement} */ (field.previousElementSibling), field.value, marks);
    }
    if (!isChecked) return;
    const rows = draft.findings.map((one) => ({ ...one, partWords: (fields.size > 1 && fields.get(one.part)?.dataset.words) || "", answer: draft.answers.get(one.key) ?? "" }));
    const focus = held(form);
    draw(part("findings"), rows, draft.changes, reasons, acts);
    focus();
    showCount(form, draft.count(), draft.open());
    say(form, draft.count());
    const fixes = draft.fixes().length;
    part("check-do").toggleAttribute("hidden", draft.findings.length === 0);
    part("fix-all").toggleAttribute("hidden", fixes < 2);
    part("fix-all").textContent = `Fix all ${fixes}…`;
    answers.replaceChildren(...draft.findings.flatMap(({ key }) => sent(`${key}=${draft.answers.get(key) ?? ""}`, draft.answers.has(key))));
  }

  /** Only the words are marked, not the comma that would go with them. @param {import("./draft.js").Finding} one */
  function seen({ words, from }) {
    const { words: kept, head } = core(words);
    return { from: from + head, to: from + head + kept.length };
  }

  /** @param {string} value @param {boolean} isAnswered */
  function sent(value, isAnswered) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "answer", value });
    return isAnswered ? [field] : [];
  }

  // F8 goes from finding to finding, from wherever one is in the form.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "F8" || event.ctrlKey || event.altKey || event.metaKey) return;
    const rows = /** @type {HTMLElement[]} */ ([...part("findings").children].filter((row) => !row.classList.contains("fixed")));
    if (rows.length === 0) return;
    event.preventDefault();
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const by = event.shiftKey ? -1 : 1;
    const to = at < 0 ? (event.shiftKey ? rows.length - 1 : 0) : (at + by + rows.length) % rows.length;
    rows[to].querySelector("button")?.focus();
    rows[to].scrollIntoView({ block: "nearest" });
  });

  form.addEventListener("submit", (event) => {
    const open = draft.open();
    if (!isChecked || open.length === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    part("bar").textContent = `${draft.count()} first. We have moved you to the first.`;
    goTo(form, open[0].key);
  }, { capture: true });
  // The refusal names no places: the check is asked about the text as it stands here.
  form.addEventListener("refused", async () => {
    await check();
    const [first] = draft.open();
    if (first) goTo(form, first.key);
  });
  form.addEventListener("published", () => {
    for (const [name, field] of fields) draft.edit(name, field.value);
    draft.changes = [];
    draft.findings = [];
    draft.answers.clear();
    draft.zero = null;
    check();
  });
  window.addEventListener("pagehide", () => line?.end());
  pageLine(() => (part("bar").textContent = "You were signed out. Your text is still here: sign in in another tab, then go on.")).then((given) => {
    line = new CheckLine(given, ask);
  });
  redraw();
  if ([...draft.texts.values()].some((text) => text.trim())) check();
}
