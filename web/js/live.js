// @ts-check
/** A thread that stays up to date: new posts at their place, who is here, and the state of the line. */
import { coverOnReturn } from "./cover.js";
import { Line } from "./live-line.js";
import { count, part, showPresence, showState } from "./live-strip.js";
import { address, share } from "./page-line.js";
import { place, withoutMoving } from "./thread-posts.js";

const TYPING_EVERY = 3000;

/** @param {HTMLElement} list */
export function start(list) {
  const line = new Line({
    url: address(),
    thread: list.dataset.thread ?? "",
    since: Number(list.dataset.seq ?? 0),
    onState: (state) => {
      showState(state);
      if (state === "live") uncover();
    },
    onSignedOut: blank,
    onMessage: (message) => {
      if (message.type === "post") arrive(list, /** @type {any} */ (message));
      if (message.type === "presence") showPresence(message.reading, message.writing);
    },
  });
  const uncover = coverOnReturn(
    list,
    () => line.isOpen() && line.state === "live",
    () => line.again(),
  );
  share(line);
  line.start();
  tellTyping(line);
}

/**
 * @param {HTMLElement} list
 * @param {import("./thread-posts.js").Arrival} arrival
 */
function arrive(list, arrival) {
  const placed = withoutMoving(list, () => {
    const placed = place(list, arrival);
    if (placed && arrival.position === 1) showTitle(placed.post);
    return placed;
  });
  if (!placed) return;
  document.dispatchEvent(new CustomEvent("post-arrived", { detail: arrival.post }));
  if (placed.isNew) count(placed.post);
}

/** @param {HTMLElement} post the first one */
function showTitle(post) {
  const words = { removed: "A removed post, and its replies", veiled: "Under privacy review" };
  const title = post.dataset.title || words[/** @type {"removed"} */ (post.dataset.state)];
  if (!title) return;
  const head = part("title");
  if (head) head.textContent = title;
  document.title = `${title} · Collegium`;
}

/** @param {Line} line */
function tellTyping(line) {
  let told = 0;
  document.querySelector("#reply textarea")?.addEventListener("input", () => {
    if (performance.now() - told < TYPING_EVERY && told) return;
    told = performance.now();
    line.send({ type: "typing" });
  });
}

/** Signed out elsewhere, or no longer registered: nothing clinical stays on the screen. */
function blank() {
  document.querySelector("main")?.replaceChildren();
  document.title = "Collegium";
  window.dispatchEvent(new CustomEvent("blanked"));
  location.replace("/sign-in");
}
