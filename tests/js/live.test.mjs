import assert from "node:assert/strict";
import { test } from "node:test";
import { Line, isNews, pause } from "../../web/js/live-line.js";

globalThis.window ??= /** @type {any} */ ({});
const { plan } = await import("../../web/js/thread-posts.js");

function lined(since = 10) {
  const seen = { messages: [], states: [], waits: [], out: 0, sockets: [] };
  const line = new Line({
    url: "wss://house/live",
    thread: "t1",
    since,
    onMessage: (message) => seen.messages.push(message.seq),
    onState: (state) => seen.states.push(state),
    onSignedOut: () => seen.out++,
    open: () => {
      const socket = { readyState: 1, sent: [], close() {}, send: (text) => socket.sent.push(JSON.parse(text)) };
      seen.sockets.push(socket);
      return socket;
    },
    later: (act, ms) => seen.waits.push({ act, ms }),
    chance: () => 1,
  });
  line.start();
  return { line, seen, socket: () => seen.sockets.at(-1), hear: (message) => seen.sockets.at(-1).onmessage({ data: JSON.stringify(message) }) };
}

test("it watches from where the page stands, and after a break from what it saw last", () => {
  const { seen, socket, hear } = lined(10);
  socket().onopen();
  assert.deepEqual(socket().sent, [{ type: "watch", thread: "t1", since: 10 }]);
  hear({ type: "post", seq: 12 });
  hear({ type: "ready", seq: 40 });
  hear({ type: "post", seq: 39 });
  socket().onclose({ code: 1006 });
  seen.waits[0].act();
  socket().onopen();
  assert.equal(socket().sent[0].since, 40);
  assert.deepEqual(seen.messages, [12]);
  assert.deepEqual(seen.states, ["live", "reconnecting"]);
});

test("what was heard is not heard again", () => {
  const { seen, hear } = lined(10);
  for (const seq of [11, 11, 9, 12, 10, 13, 12]) hear({ type: "post", seq });
  assert.deepEqual(seen.messages, [11, 12, 13]);
  assert.ok(isNews(99, { type: "presence" }));
  assert.ok(isNews(99, { type: "ready", seq: 1 }));
});

test("the pauses grow to fifteen seconds, and differ", () => {
  const most = Array.from({ length: 8 }, (_, n) => pause(n, 1));
  assert.deepEqual(most, [1000, 2000, 4000, 8000, 15000, 15000, 15000, 15000]);
  assert.equal(pause(0, 0), 500);
  assert.equal(pause(9, 0), 7500);
});

test("signed out is said once and not tried again", () => {
  const one = lined();
  one.hear({ type: "bye", reason: "signed-out" });
  one.socket().onclose({ code: 4401 });
  assert.equal(one.seen.out, 1);
  assert.equal(one.seen.waits.length, 0);
  const other = lined();
  other.socket().onclose({ code: 4401 });
  assert.equal(other.seen.out, 1);
});

test("too far behind twice in a row asks for a fresh page", () => {
  const { seen, socket, hear } = lined();
  hear({ type: "ready", seq: 10 });
  for (const states of [["live", "reconnecting"], ["live", "reconnecting", "paused"]]) {
    hear({ type: "bye", reason: "lagging" });
    socket().onclose({ code: 4408 });
    assert.deepEqual(seen.states, states);
    seen.waits.pop()?.act();
  }
});

test("after many attempts it waits for the reader", () => {
  const { seen, socket } = lined();
  for (let n = 0; n < 60 && seen.states.at(-1) !== "paused"; n++) {
    socket().onclose({ code: 1006 });
    seen.waits.pop()?.act();
  }
  assert.equal(seen.states.at(-1), "paused");
});

test("a post goes to its place whatever the order of arrival", () => {
  const orders = [[1, 2, 3, 4], [4, 3, 2, 1], [2, 4, 1, 3], [3, 3, 1, 4, 2, 1]];
  for (const order of orders) {
    const known = [];
    for (const position of order) {
      const to = plan(known, { post: `p${position}`, position });
      if ("replace" in to) known[to.replace] = { id: `p${position}`, position };
      else known.splice(to.before, 0, { id: `p${position}`, position });
    }
    assert.deepEqual(known.map((post) => post.position), [1, 2, 3, 4]);
  }
});

test("the same post, or the shape it left, is replaced and not doubled", () => {
  const known = [{ id: "a", position: 1 }, { id: "b", position: 2 }];
  assert.deepEqual(plan(known, { post: "b", position: 2 }), { replace: 1 });
  assert.deepEqual(plan(known, { post: "x", position: 2 }), { replace: 1 });
});
