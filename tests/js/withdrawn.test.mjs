import assert from "node:assert/strict";
import { test } from "node:test";
import { Line } from "../../web/js/live-line.js";

test("a line that watches nothing says that it is live, and opens anew when told", () => {
  const sockets = [];
  const states = [];
  const line = new Line({
    url: "wss://house/live",
    onMessage: () => {},
    onState: (state) => states.push(state),
    onSignedOut: () => {},
    open: () => {
      const socket = { readyState: 1, closed: 0, sent: [], close() { socket.closed++; }, send: (text) => socket.sent.push(text) };
      sockets.push(socket);
      return socket;
    },
    later: () => {},
  });
  line.start();
  sockets[0].onopen();
  assert.deepEqual([states, sockets[0].sent], [["live"], []]);
  line.again();
  assert.deepEqual([sockets.length, sockets[0].closed, sockets[0].onclose], [2, 1, null]);
  sockets[1].onopen();
  assert.deepEqual(states, ["live", "live"]);
});
