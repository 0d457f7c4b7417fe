import assert from "node:assert/strict";
import { test } from "node:test";
import { rangeOf, replaced, shifted, unitAt, wordIsDone } from "../../web/js/ranges.js";

const words = (text, range) => text.slice(range.from, range.to);

test("a code point outside the first plane is two units", () => {
  const text = "🙂 and 𝒜da Marsh";
  const start = [...text].indexOf("𝒜");
  assert.equal(words(text, rangeOf(text, start, start + 9)), "𝒜da Marsh");
  assert.equal(unitAt(text, 1), 2);
});

test("a place past the end is the end", () => assert.equal(unitAt("ab", 9), 2));

test("joined characters keep their parts", () => {
  const text = "e\u0301 👩‍⚕️ Jo";
  const start = [...text].length - 2;
  assert.equal(words(text, rangeOf(text, start, start + 2)), "Jo");
});

test("a suggestion stands where the words stood", () => {
  const text = "🙂 Mrs Marsh fell.";
  const after = replaced(text, rangeOf(text, 2, 11), "the patient");
  assert.equal(after.text, "🙂 the patient fell.");
  assert.equal(words(after.text, after.range), "the patient");
});

test("places before an edit stay, behind it move, in it go", () => {
  const was = "Ann met Bob on Monday";
  const all = [{ from: 0, to: 3 }, { from: 8, to: 11 }, { from: 15, to: 21 }];
  const is = "Ann met Robert on Monday";
  assert.deepEqual(shifted(all, was, is).map((one) => words(is, one)), ["Ann", "Monday"]);
  assert.equal(shifted(all, was, was), all);
  assert.deepEqual(shifted(all, was, `Hm. ${was}`).map((one) => words(`Hm. ${was}`, one)), ["Ann", "Bob", "Monday"]);
  assert.deepEqual(shifted(all, was, ""), []);
});

test("typing on at the end of a found word leaves it alone only before a space", () => {
  const all = [{ from: 0, to: 3 }];
  assert.deepEqual(shifted(all, "Ann", "Ann ").length, 1);
});

test("half a word is not checked in haste", () => {
  assert.equal(wordIsDone("Mrs Mar", 7), false);
  assert.equal(wordIsDone("Mrs Marsh ", 10), true);
  assert.equal(wordIsDone("", 0), true);
});
