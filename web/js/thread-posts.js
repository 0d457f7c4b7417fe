// @ts-check
/**
 * Puts a post that arrives at its place among the posts of the page: once, in order, and without moving what is read.
 */
import { fragment } from "./trusted.js";

/** @typedef {{seq: number, post: string, position: number, act: "added"|"changed"|"veiled"|"removed"|"shown", html: string}} Arrival */

/**
 * What to do with an arrival: the same post, or whatever stands at its position, is replaced; a new one goes before
 * the first of a higher position.
 * @param {{id: string, position: number}[]} known in the order of the page
 * @param {{post: string, position: number}} arrival
 * @returns {{replace: number} | {before: number}} indices of `known`; `before` may be its length
 */
export function plan(known, arrival) {
  const same = known.findIndex((post) => post.id === arrival.post || post.position === arrival.position);
  if (same >= 0) return { replace: same };
  const next = known.findIndex((post) => post.position > arrival.position);
  return { before: next < 0 ? known.length : next };
}

/**
 * @param {HTMLElement} list
 * @param {Arrival} arrival
 * @returns {{post: HTMLElement, isNew: boolean} | undefined}
 */
export function place(list, arrival) {
  const post = fragment(arrival.html).querySelector("article");
  if (!post) return undefined;
  const articles = /** @type {HTMLElement[]} */ ([...list.querySelectorAll(":scope > article")]);
  const known = articles.map((one) => ({ id: one.dataset.post ?? "", position: Number(one.dataset.position) }));
  const to = plan(known, arrival);
  if ("replace" in to) {
    const old = articles[to.replace];
    const held = old.contains(document.activeElement);
    if (old.classList.contains("unread")) post.classList.add("unread");
    keepFolds(old, post);
    old.replaceWith(post);
    if (held) post.focus({ preventScroll: true });
    return { post, isNew: false };
  }
  post.classList.add("arrived");
  list.insertBefore(post, articles[to.before] ?? null);
  return { post, isNew: true };
}

/**
 * @param {HTMLElement} old
 * @param {HTMLElement} post
 */
function keepFolds(old, post) {
  const folds = post.querySelectorAll("details");
  if (old.dataset.state !== post.dataset.state) return;
  old.querySelectorAll("details").forEach((fold, i) => folds[i]?.toggleAttribute("open", fold.open));
}

/**
 * Does something to the page while one thing stays where it is on the screen: the reply that is being written, or
 * else what is at the upper edge.
 * @template T
 * @param {HTMLElement} list
 * @param {() => T} act
 */
export function withoutMoving(list, act) {
  const reply = document.getElementById("reply");
  const isWriting = reply?.contains(document.activeElement) ?? false;
  const top = [...list.children].find((one) => one.getBoundingClientRect().bottom > 64);
  const anchor = isWriting ? reply : top;
  const was = anchor?.getBoundingClientRect().top ?? 0;
  const done = act();
  if (anchor?.isConnected) {
    const by = anchor.getBoundingClientRect().top - was;
    if (by !== 0 && (isWriting || window.scrollY > 0)) window.scrollBy({ top: by, behavior: "instant" });
  }
  return done;
}
