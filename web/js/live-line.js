// @ts-check
/**
 * The line to the house: a socket that opens itself again and goes on from the last message it has seen.
 * Knows nothing of the page.
 */

/** @typedef {{type: string, seq?: number, reason?: string, [more: string]: any}} Message */
/** @typedef {"live"|"reconnecting"|"paused"} State */

const SHORTEST = 500;
const LONGEST = 15_000;
/** So many attempts in a row and the reader is asked instead. */
const MOST = 40;
const SIGNED_OUT = 4401;

/**
 * How long to wait before the next attempt: twice as long each time, and never all readers at once.
 * @param {number} attempt from 0
 * @param {number} chance from 0 to 1
 */
export function pause(attempt, chance) {
  const most = Math.min(LONGEST, SHORTEST * 2 ** (attempt + 1));
  return Math.max(SHORTEST, Math.round(most / 2 + (most / 2) * chance));
}

/**
 * Whether a message says something that was not said before.
 * @param {number} last
 * @param {Message} message
 */
export function isNews(last, message) {
  return message.seq === undefined || message.type === "ready" || message.type === "queue" || message.seq > last;
}

export class Line {
  /**
   * @param {object} given
   * @param {string} given.url
   * @param {string} [given.thread] none on a page that watches nothing
   * @param {boolean} [given.queue] it watches what waits for moderators
   * @param {number} [given.since]
   * @param {(message: Message) => void} given.onMessage
   * @param {(state: State) => void} given.onState
   * @param {() => void} given.onSignedOut
   * @param {(url: string) => WebSocket} [given.open]
   * @param {(act: () => void, ms: number) => any} [given.later]
   * @param {() => number} [given.chance]
   */
  constructor({ url, thread, queue = false, since = 0, onMessage, onState, onSignedOut, open, later, chance }) {
    this.url = url;
    this.thread = thread;
    this.queue = queue;
    this.onMessage = onMessage;
    this.onState = onState;
    this.onSignedOut = onSignedOut;
    /** @type {(message: Message) => void} what is said about the text that is being written */
    this.onDraft = () => {};
    this.onLost = () => {};
    this.last = since;
    this.attempt = 0;
    this.isOver = false;
    this.lags = 0;
    /** @type {State} */
    this.state = "reconnecting";
    this.open = open ?? ((address) => new WebSocket(address));
    this.later = later ?? ((act, ms) => setTimeout(act, ms));
    this.chance = chance ?? Math.random;
  }

  start() {
    this.isOver = false;
    const socket = this.open(this.url);
    this.socket = socket;
    socket.onopen = () => {
      if (this.thread) this.send({ type: "watch", thread: this.thread, since: this.last });
      if (this.queue) this.send({ type: "watch-queue" });
      if (!this.thread) this.say("live");
    };
    socket.onmessage = (event) => this.hear(JSON.parse(String(event.data)));
    socket.onclose = (event) => this.lost(event.code);
  }

  /** @param {Message} message */
  hear(message) {
    if (!isNews(this.last, message)) return;
    if (message.type.startsWith("draft")) {
      this.attempt = 0;
      return this.onDraft(message);
    }
    if (message.type === "ready") {
      this.attempt = 0;
      this.lags = 0;
      // All that was missed was sent before it.
      this.last = Math.max(this.last, message.seq ?? 0);
      this.say("live");
      return;
    }
    if (message.type === "bye") {
      if (message.reason === "signed-out") this.signedOut();
      if (message.reason === "lagging") this.lags++;
      return;
    }
    this.onMessage(message);
    if (message.seq !== undefined) this.last = message.seq;
  }

  /** @param {number} code */
  lost(code) {
    this.socket = undefined;
    this.onLost();
    if (this.isOver) return;
    if (code === SIGNED_OUT) return this.signedOut();
    // Twice too far behind: more was missed than can be sent again, and only a fresh page shows it.
    if (this.attempt >= MOST || this.lags > 1) {
      this.isOver = true;
      this.say("paused");
      return;
    }
    this.say("reconnecting");
    this.later(() => !this.isOver && this.start(), pause(this.attempt++, this.chance()));
  }

  /** @param {State} state */
  say(state) {
    this.state = state;
    this.onState(state);
  }

  /** Opens the line anew, whatever it seems to be: after a break nobody told of. */
  again() {
    const old = this.socket;
    if (old) {
      old.onclose = old.onmessage = null;
      old.close();
    }
    this.start();
  }

  signedOut() {
    if (this.isOver) return;
    this.isOver = true;
    this.onSignedOut();
    this.socket?.close();
  }

  isOpen() {
    return this.socket?.readyState === 1;
  }

  /** @param {object} message */
  send(message) {
    if (this.isOpen()) this.socket?.send(JSON.stringify(message));
  }
}
