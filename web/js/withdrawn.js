// @ts-check
/**
 * A list or a page of results that is open when a post goes: its words leave the page at once, and the page is read again.
 * There is no service worker and nothing is kept on the device.
 */
import { coverOnReturn } from "./cover.js";
import { Line } from "./live-line.js";
import { address } from "./page-line.js";

/** @param {HTMLElement} main */
export function start(main) {
  let wasLost = false;
  const line = new Line({
    url: address(),
    onSignedOut: () => location.replace("/sign-in"),
    onState: (state) => {
      if (state !== "live") wasLost = true;
      else if (wasLost) location.reload();
      else uncover();
    },
    onMessage: (message) => {
      if (message.type === "gone" && drop(main, message.thread)) location.reload();
    },
  });
  const uncover = coverOnReturn(
    main,
    () => line.isOpen(),
    () => {
      wasLost = true;
      line.again();
    },
  );
  line.start();
}

/**
 * Takes away whatever speaks of a thread.
 * @param {HTMLElement} main
 * @param {string} thread
 * @returns {boolean} whether there was something
 */
export function drop(main, thread) {
  const links = [...main.querySelectorAll("a")].filter((one) => one.getAttribute("href")?.startsWith(`/threads/${thread}`));
  for (const link of links) (link.closest("li, article, nav") ?? link).replaceChildren();
  if (links.length > 0) for (const part of main.querySelectorAll(".revision")) part.replaceChildren();
  return links.length > 0;
}
