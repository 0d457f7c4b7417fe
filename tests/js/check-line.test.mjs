import assert from "node:assert/strict";
import { test } from "node:test";
import { CheckLine } from "../../web/js/check-line.js";
import { cut, splice } from "../../web/js/pieces.js";

test("pieces joined are the text, whatever it holds", () => {
  for (const text of ["", "One.", "One. Two.\nThree", "\n\n", "a\n", "pH 7.2 and e.g. so. ", "x".repeat(3000), "😀".repeat(900), "1. a\n2. b; c: d"]) {
    assert.equal(cut(text).join(""), text);
    for (const piece of cut(text)) assert.doesNotMatch(piece, /[\ud800-\udbff]$|^[\udc00-\udfff]/);
  }
  assert.deepEqual(cut("One. Two.\nThree"), ["One. ", "Two.\n", "Three"]);
});

test("a splice makes the one of the other", () => {
  const texts = ["", "One. Two. Three.", "One. 2. Three.", "Zero. One. Two. Three.", "Three.", "One. Two. Three. Three."];
  for (const was of texts) {
    for (const is of texts) {
      const pieces = cut(was);
      const change = splice(pieces, cut(is));
      if (change) pieces.splice(change.at, change.gone, ...change.put);
      else assert.equal(was, is);
      assert.equal(pieces.join(""), is);
    }
  }
});

function lined() {
  const seen = { sent: [], requests: [], waits: [] };
  const line = { isUp: true, isOpen: () => line.isUp, send: (message) => seen.sent.push(message), onDraft: (_) => {}, onLost: () => {} };
  const check = new CheckLine(line, async (texts, zero) => (seen.requests.push([new Map(texts), zero]), { findings: ["by request"] }), (act) => seen.waits.push(act));
  return { line, check, seen, last: () => seen.sent.at(-1) };
}

/** Plays the house: what the messages make of its parts. */
function held(messages) {
  const parts = new Map();
  for (const { was, splices } of messages) {
    if (was === 0) parts.clear();
    for (const { part, at, gone, put, long } of splices) {
      const pieces = parts.get(part) ?? [];
      pieces.splice(at, gone, ...put);
      assert.equal(pieces.join("").length, long);
      parts.set(part, pieces);
    }
  }
  return Object.fromEntries([...parts].map(([part, pieces]) => [part, pieces.join("")]));
}

test("only what changed goes out, and the newest answer comes back", async () => {
  const { line, check, seen, last } = lined();
  const first = check.ask(new Map([["body", "One. Two. Three."]]), null);
  assert.deepEqual(last(), { type: "draft", revision: 1, was: 0, splices: [{ part: "body", at: 0, gone: 0, put: ["One. ", "Two. ", "Three."], long: 16 }], zero: null });
  line.onDraft({ type: "draft", revision: 1, answer: { findings: [1] } });
  assert.deepEqual(await first, { findings: [1] });
  const second = check.ask(new Map([["body", "One. Two!. Three."]]), 7);
  assert.deepEqual(last(), { type: "draft", revision: 2, was: 1, splices: [{ part: "body", at: 1, gone: 1, put: ["Two!. "], long: 17 }], zero: 7 });
  const third = check.ask(new Map([["body", "One. Two!. Three."], ["title", "A"]]), 7);
  assert.equal(await second, undefined);
  line.onDraft({ type: "draft", revision: 2, answer: { findings: ["late"] } });
  line.onDraft({ type: "draft", revision: 3, answer: { findings: [3] } });
  assert.deepEqual(await third, { findings: [3] });
  assert.deepEqual(held(seen.sent), { body: "One. Two!. Three.", title: "A" });
});

test("asked for the whole, it sends the whole", async () => {
  const { line, check, seen, last } = lined();
  check.ask(new Map([["body", "One."]]), null);
  const next = check.ask(new Map([["body", "One. Two."]]), null);
  line.onDraft({ type: "draft-whole", revision: 2 });
  assert.equal(last().was, 0);
  assert.deepEqual(held(seen.sent.slice(-1)), { body: "One. Two." });
  line.onDraft({ type: "draft", revision: 3, answer: { findings: [] } });
  assert.deepEqual(await next, { findings: [] });
});

test("a long text goes in messages that fit", () => {
  const { check, seen } = lined();
  const texts = new Map([["history", "Sätze, und wieder Sätze. ".repeat(700)], ["body", "x".repeat(19_000)], ["title", "T"]]);
  check.ask(texts, null);
  assert.ok(seen.sent.length > 2);
  for (const [n, message] of seen.sent.entries()) {
    assert.ok(new TextEncoder().encode(JSON.stringify(message)).length < 16 * 1024);
    assert.equal(message.more ?? false, n < seen.sent.length - 1);
  }
  assert.deepEqual(held(seen.sent), Object.fromEntries(texts));
});

test("while the line is down, or says nothing, or finds it too large, it goes by request", async () => {
  const { line, check, seen } = lined();
  line.isUp = false;
  assert.deepEqual(await check.ask(new Map([["body", "One."]]), 3), { findings: ["by request"] });
  assert.deepEqual(seen.requests[0], [new Map([["body", "One."]]), 3]);
  line.isUp = true;
  const silent = check.ask(new Map([["body", "Two."]]), null);
  seen.waits[0]();
  assert.deepEqual(await silent, { findings: ["by request"] });
  const large = check.ask(new Map([["body", "Three."]]), null);
  line.onDraft({ type: "draft-too-large", revision: seen.sent.at(-1).revision });
  assert.deepEqual(await large, { findings: ["by request"] });
  const cutOff = check.ask(new Map([["body", "Four."]]), null);
  line.onLost();
  assert.deepEqual(await cutOff, { findings: ["by request"] });
  check.ask(new Map([["body", "Five."]]), null);
  assert.equal(seen.sent.at(-1).was, 0, "what the house held is gone");
});
