// @ts-check
/**
 * On a shared computer: after five minutes without a key or a press the page goes blank and the session ends.
 * The server ends it too; this is for what still stands on the screen. A press in one tab counts for all.
 */

const QUIET = 5 * 60 * 1000;

/** @param {HTMLElement} body */
export function start(body) {
  let last = Date.now();
  let told = 0;
  const others = new BroadcastChannel("quiet");
  others.onmessage = () => (last = Date.now());

  const stir = () => {
    last = Date.now();
    if (last - told < 5000) return;
    told = last;
    others.postMessage(null);
  };
  for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, stir, { passive: true });

  const look = () => {
    if (Date.now() - last < QUIET) return;
    clearInterval(clock);
    leave(body);
  };
  const clock = setInterval(look, 5000);
  // A lid that was shut stops the clock, not the time.
  document.addEventListener("visibilitychange", look);
}

/** @param {HTMLElement} body */
async function leave(body) {
  // Nothing may hold the page back now.
  dispatchEvent(new Event("blanked"));
  body.replaceChildren();
  document.title = "Collegium";
  await fetch("/sign-out", { method: "POST", body: new URLSearchParams(), redirect: "manual" }).catch(() => {});
  location.replace("/sign-in?quiet");
}
