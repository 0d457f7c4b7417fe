import assert from "node:assert/strict";
import { test } from "node:test";
import { Draft } from "../../web/js/draft.js";

const raw = (part, text, words, more = {}) => {
  const start = [...text.slice(0, text.indexOf(words))].length;
  return { key: words, part, start, end: start + [...words].length, category: "NAME", severity: "block", rule: "name", reason: "", suggestion: "the patient", words, ...more };
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
  draft.undo(change.id);
  assert.equal(draft.texts.get("body"), text);
  assert.equal(draft.changes.length, 0);
});

test("one change does not misplace the next, in either order", () => {
  const text = "Mrs Marsh met Bob Hill in May.";
  for (const order of [["Mrs Marsh", "Bob Hill"], ["Bob Hill", "Mrs Marsh"]]) {
    const draft = drafted(text, ["Mrs Marsh"], ["Bob Hill", { suggestion: "a relative" }]);
    for (const key of order) draft.use(key);
    assert.equal(draft.texts.get("body"), "The patient met a relative in May.");
    for (const change of [...draft.changes]) draft.undo(change.id);
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

test("a late answer about one part leaves the findings of an edited other part", () => {
  const draft = new Draft(new Map([["title", "Ann"], ["body", "Bob is ill"]]));
  draft.found(new Map(draft.texts), [raw("title", "Ann", "Ann"), raw("body", "Bob is ill", "Bob")]);
  const then = new Map(draft.texts);
  draft.edit("body", "Bob is very ill");
  draft.found(then, [raw("title", "Ann", "Ann")]);
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
  for (const [text, out, is] of [["Seen at St Ives today.", "at St Ives", "Seen today."], ["He came from St Ives.", "from St Ives", "He came."], ["St Ives man", "St Ives", "man"]]) {
    const draft = drafted(text, [out, { suggestion: "" }]);
    const change = draft.use(out);
    assert.equal(draft.texts.get("body"), is);
    draft.undo(change.id);
    assert.equal(draft.texts.get("body"), text);
  }
  assert.equal(drafted("Mrs Marsh", ["Mrs Marsh", { suggestion: null }]).use("Mrs Marsh"), undefined);
});
