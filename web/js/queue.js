// @ts-check
/** The queue by keyboard (j and k; Enter opens), and kept up to date: over the line, or by asking again. */
import { Line } from "./live-line.js";
import { address } from "./page-line.js";
import { fragment } from "./trusted.js";

const AGAIN = 20_000;
const REST = 400;

/** @param {HTMLElement} place */
export function start(place) {
  document.addEventListener("keydown", (press) => {
    if (press.ctrlKey || press.metaKey || press.altKey || press.isComposing) return;
    const at = document.activeElement;
    if (at?.matches("input, textarea, select")) return;
    if (press.key !== "j" && press.key !== "k") return;
    const links = /** @type {HTMLAnchorElement[]} */ ([...place.querySelectorAll(".queue h3 a")]);
    if (!links.length) return;
    const held = links.findIndex((link) => link === at);
    const here = links.findIndex((link) => link.closest("[aria-current]"));
    const from = held >= 0 ? held : here;
    const next = from < 0 ? 0 : from + (press.key === "j" ? 1 : -1);
    press.preventDefault();
    links[Math.min(Math.max(next, 0), links.length - 1)].focus();
  });
  keepFresh(place);
}

/** @param {HTMLElement} place */
function keepFresh(place) {
  let due = 0;
  const soon = () => {
    clearTimeout(due);
    due = window.setTimeout(() => void renew(place), REST);
  };
  if (place.dataset.live !== "true") {
    setInterval(() => document.visibilityState === "visible" && void renew(place), AGAIN);
    return;
  }
  const line = new Line({
    url: address(),
    queue: true,
    onState: () => {},
    onSignedOut: () => location.replace("/sign-in"),
    onMessage: (message) => message.type === "queue" && soon(),
  });
  line.start();
}

/** Asks for the page anew and puts its queue in place of this one; what has focus keeps it. @param {HTMLElement} place */
async function renew(place) {
  const part = place.querySelector('[data-part="waiting"]');
  // What is open is in one's hand; it is the list that may have changed.
  const answer = await fetch(part ? `/moderation${location.pathname === "/moderation" ? location.search : ""}` : "/moderation", {
    headers: { accept: "text/html" },
  });
  if (!answer.ok) return;
  const fresh = fragment(await answer.text()).querySelector('[data-part="waiting"]');
  if (!part || !fresh) {
    if (Boolean(part) !== Boolean(fresh) && location.pathname === "/moderation") location.reload();
    return;
  }
  const held = document.activeElement instanceof HTMLAnchorElement ? document.activeElement.getAttribute("href") : null;
  const list = part.querySelector(".queue");
  const other = fresh.querySelector(".queue");
  const count = part.querySelector(".count");
  if (!list || !other || document.activeElement?.closest(".sift")) return;
  for (const link of other.querySelectorAll("a")) {
    if (link.getAttribute("href") === location.pathname) link.closest("li")?.setAttribute("aria-current", "true");
  }
  list.replaceWith(document.importNode(other, true));
  if (count) count.textContent = fresh.querySelector(".count")?.textContent ?? "";
  if (held) /** @type {HTMLElement | null} */ (part.querySelector(`a[href="${CSS.escape(held)}"]`))?.focus();
}
