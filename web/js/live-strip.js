// @ts-check
/** The strip at the foot of a thread and the state in the masthead: who is here, what arrived, how the line is. */

const STATES = { live: "Live", reconnecting: "Reconnecting", paused: "Paused: reload" };

/** @param {string} name */
export const part = (name) => /** @type {HTMLElement | null} */ (document.querySelector(`[data-part="${name}"]`));

/** @type {Set<Element>} */
const unseen = new Set();
const watcher = new IntersectionObserver((seen) => {
  for (const one of seen) if (one.isIntersecting) unseen.delete(one.target);
  showArrived();
});

/**
 * A new post stands in the page; it is counted until it was in view.
 * @param {HTMLElement} post
 */
export function count(post) {
  part("none-yet")?.remove();
  showReplies((post.parentElement?.querySelectorAll(":scope > article").length ?? 1) - 1);
  unseen.add(post);
  watcher.observe(post);
  showArrived();
  say();
}

/** @param {number} replies */
function showReplies(replies) {
  const words = part("replies");
  if (words) words.textContent = replies === 1 ? "1 reply" : `${replies} replies`;
}

function showArrived() {
  for (const one of unseen) if (!one.isConnected) unseen.delete(one);
  const link = /** @type {HTMLAnchorElement | null} */ (part("arrived"));
  const [first] = unseen;
  if (!link) return;
  link.hidden = !first;
  if (!first) return;
  link.href = `#${first.id}`;
  const words = link.querySelector("span");
  if (words) words.textContent = unseen.size === 1 ? "1 new reply" : `${unseen.size} new replies`;
}

let saying = 0;
let arrivals = 0;
/** Counted, not read out, and at most every 2 seconds. */
function say() {
  arrivals++;
  saying ||= window.setTimeout(() => {
    const words = part("announce");
    if (words) words.textContent = arrivals === 1 ? "1 new reply" : `${arrivals} new replies`;
    saying = arrivals = 0;
  }, 2000);
}

/**
 * @param {number} reading
 * @param {string[]} writing
 */
export function showPresence(reading, writing) {
  const who = writing.length === 1 ? `${writing[0]} is writing` : writing.length > 1 ? `${writing.length} colleagues are writing` : "";
  const words = part("presence");
  if (words) words.textContent = [who, reading === 1 ? "Only you are reading" : `${reading} reading`].filter(Boolean).join(" · ");
  part("strip")?.classList.toggle("is-writing", writing.length > 0);
}

/** @param {import("./live-line.js").State} state */
export function showState(state) {
  const sign = part("link-state");
  if (sign) {
    sign.classList.remove("is-off");
    sign.classList.toggle("lost", state === "reconnecting");
    sign.classList.toggle("held", state === "paused");
    if (sign.textContent !== STATES[state]) sign.textContent = STATES[state];
  }
  const look = part("look");
  if (look) look.hidden = state === "live";
  const words = { live: "New replies appear as they come", reconnecting: "Reconnecting. Nothing new is shown until we are back.", paused: "Paused. Look again to go on." };
  const presence = part("presence");
  if (presence) presence.textContent = words[state];
  if (state !== "live") part("strip")?.classList.remove("is-writing");
}
