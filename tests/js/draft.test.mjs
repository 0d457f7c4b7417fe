import assert from "node:assert/strict";
import { test } from "node:test";
import { Draft } from "../../web/js/draft.js";

const raw = (part, text, words, more = {}) => {
  const from = text.indexOf(words);
  return { key: words, part, from, to: from + words.length, severity: "block", rule: "name", reason: "", suggestion: "the patient", words, ...more };
};

function drafted(text, ...found) {
  const draft = new Draft(new Map([["body", text]]));
  draft.found(new Map(draft.texts), found.map(([words, more]) => raw("body", text, words, more)));
  return draft;
}

test("a suggestion is applied, and taken back", () => {
  const text = "🙂 So Mrs Marsh fell.";
  const draft = drafted(text, ["Mrs Marsh"]);
  assert.equal(draft.count(), "1 to fix");
  const change = draft.use("Mrs Marsh");
  assert.equal(draft.texts.get("body"), "🙂 So the patient fell.");
  assert.equal(draft.count(), "0 to fix");
  draft.undo(change.group);
  assert.equal(draft.texts.get("body"), text);
  assert.equal(draft.changes.length, 0);
});

test("one change does not misplace the next, in either order", () => {
  const text = "Mrs Marsh met Bob Hill in May.";
  for (const order of [["Mrs Marsh", "Bob Hill"], ["Bob Hill", "Mrs Marsh"]]) {
    const draft = drafted(text, ["Mrs Marsh", { suggestion: "The patient" }], ["Bob Hill", { suggestion: "a relative" }]);
    for (const key of order) draft.use(key);
    assert.equal(draft.texts.get("body"), "The patient met a relative in May.");
    for (const change of [...draft.changes]) draft.undo(change.group);
    assert.equal(draft.texts.get("body"), text);
  }
});

test("an answer about an older text is not shown on the new one", () => {
  const draft = new Draft(new Map([["body", "Mrs Marsh"]]));
  const then = new Map(draft.texts);
  draft.edit("body", "A patient");
  draft.found(then, [raw("body", "Mrs Marsh", "Mrs Marsh")]);
  assert.equal(draft.findings.length, 0);
});

test("a late answer is shown where it still holds, moved along with the words", () => {
  const was = "Mrs Marsh fell. Ann";
  const draft = new Draft(new Map([["body", was]]));
  const then = new Map(draft.texts);
  draft.edit("body", "So Mrs Marsh fell. Anna c");
  draft.found(then, [raw("body", was, "Mrs Marsh"), raw("body", was, "Ann")]);
  // What lies within the stretch that changed is asked again.
  draft.edit("body", "Mrs Marsh fell. Ann came");
  draft.found(then, [raw("body", was, "Mrs Marsh"), raw("body", was, "Ann")]);
  assert.deepEqual(draft.findings.map((one) => one.words), ["Mrs Marsh", "Ann"]);
  draft.edit("body", "Mrs Marsh fell. Ann came");
  assert.equal(draft.texts.get("body").slice(draft.findings[0].from, draft.findings[0].to), "Mrs Marsh");
});

test("all at once is one change, and one step back", () => {
  const text = "Mrs Marsh met Bob Hill on 3 May. Bob Hill left.";
  const draft = drafted(text, ["Mrs Marsh", { suggestion: "The patient" }], ["on 3 May", { suggestion: "", key: "date" }], ["Bob Hill", { suggestion: "another person" }]);
  draft.findings.push({ ...draft.findings.find((one) => one.words === "Bob Hill"), key: "again", from: text.lastIndexOf("Bob"), to: text.lastIndexOf("Bob") + 8, suggestion: "The other person" });
  assert.deepEqual(draft.fixes().map((one) => one.key), ["Mrs Marsh", "Bob Hill", "date", "again"]);
  const made = draft.useAll(["Mrs Marsh", "date", "again", "Bob Hill"]);
  assert.equal(draft.texts.get("body"), "The patient met another person. The other person left.");
  assert.equal(new Set(made.map((change) => change.group)).size, 1);
  for (const change of draft.changes) assert.equal(draft.texts.get("body").slice(change.from, change.to), change.words);
  draft.undo(made[0].group);
  assert.equal(draft.texts.get("body"), text);
  assert.equal(draft.changes.length, 0);
});

test("some of all, across parts; what was answered stays", () => {
  const draft = new Draft(new Map([["title", "Ann's fever"], ["body", "Bob is ill. A lock-keeper."]]));
  draft.found(new Map(draft.texts), [
    raw("body", "Bob is ill. A lock-keeper.", "Bob", { suggestion: "The patient" }),
    raw("title", "Ann's fever", "Ann", { suggestion: "A patient" }),
    raw("body", "Bob is ill. A lock-keeper.", "A lock-keeper", { severity: "confirm", suggestion: "someone known locally" }),
  ]);
  draft.answers.set("A lock-keeper", "public");
  assert.deepEqual(draft.fixes().map((one) => one.key), ["Ann", "Bob"]);
  draft.useAll(["Ann"]);
  assert.deepEqual([...draft.texts.values()], ["A patient's fever", "Bob is ill. A lock-keeper."]);
});

test("the day that was called day 0 is remembered until that is undone", () => {
  const text = "Admitted on 3 May. Home on 8 May.";
  const draft = new Draft(new Map([["body", text]]));
  draft.found(new Map(draft.texts), [raw("body", text, "on 3 May", { suggestion: "on day 0", dated: true })], 19846);
  assert.equal(draft.zero, null);
  const change = draft.use("on 3 May");
  assert.equal(draft.zero, 19846);
  draft.undo(change.group);
  assert.equal(draft.zero, null);
});

test("a late answer about one part leaves the findings of an edited other part", () => {
  const draft = new Draft(new Map([["title", "Ann"], ["body", "Bob is ill"]]));
  draft.found(new Map(draft.texts), [raw("title", "Ann", "Ann"), raw("body", "Bob is ill", "Bob")]);
  draft.edit("body", "Bob is very ill");
  draft.found(new Map([["title", "Ann"]]), [raw("title", "Ann", "Ann")]);
  assert.deepEqual(draft.findings.map((one) => one.words).sort(), ["Ann", "Bob"]);
});

test("must be changed comes first; an answer settles only what may stay", () => {
  const text = "A lock-keeper, Mrs Marsh";
  const draft = drafted(text, ["lock-keeper", { severity: "confirm", rule: "job" }], ["Mrs Marsh"]);
  assert.deepEqual(draft.findings.map((one) => one.must), [true, false]);
  assert.equal(draft.count(), "1 to fix, 1 to answer");
  draft.answers.set("lock-keeper", "matters");
  draft.answers.set("Mrs Marsh", "matters");
  assert.equal(draft.count(), "1 to fix");
});

test("an answer goes over to the same words under a new key", () => {
  const text = "A lock-keeper fell";
  const draft = drafted(text, ["lock-keeper", { severity: "confirm", rule: "job" }]);
  draft.answers.set("lock-keeper", "matters");
  const longer = `Once: ${text}`;
  draft.edit("body", longer);
  draft.found(new Map(draft.texts), [raw("body", longer, "lock-keeper", { key: "new", severity: "confirm", rule: "job" })]);
  assert.equal(draft.answers.get("new"), "matters");
  assert.equal(draft.count(), "0 to fix");
});

test("an empty suggestion leaves the words out with one space; none offers nothing", () => {
  for (const [text, out, is] of [["Seen at St Ives today.", "at St Ives", "Seen today."], ["He came from St Ives.", "from St Ives", "He came."], ["St Ives man", "St Ives", "man"], ["Her son Farhad came.", " Farhad", "Her son came."], ["Mum, Ann, came.", ", Ann,", "Mum came."]]) {
    const draft = drafted(text, [out, { suggestion: "" }]);
    const change = draft.use(out);
    assert.equal(draft.texts.get("body"), is);
    draft.undo(change.group);
    assert.equal(draft.texts.get("body"), text);
  }
  assert.equal(drafted("Mrs Marsh", ["Mrs Marsh", { suggestion: null }]).use("Mrs Marsh"), undefined);
});
