// @ts-check
/** Signing in with a passkey: the button, and the browser's own list under the address field. */
import { able, onPress, post, prove } from "./passkey.js";

/** @param {HTMLElement} place */
export function start(place) {
  const waiting = new AbortController();
  onPress(place, async () => {
    waiting.abort();
    await signIn(place);
  });
  if (able) offer(place, waiting.signal);
}

/** @param {HTMLElement} place */
async function signIn(place) {
  const { id, publicKey } = await post("/sign-in/passkey/start", {});
  await finish(place, id, await prove(publicKey));
}

/**
 * Passkeys offered while the address is typed ("conditional" mediation), where the browser can.
 * @param {HTMLElement} place
 * @param {AbortSignal} signal
 */
async function offer(place, signal) {
  if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  const field = document.querySelector("input[autocomplete~=webauthn]");
  field?.addEventListener(
    "focus",
    async () => {
      try {
        const { id, publicKey } = await post("/sign-in/passkey/start", {});
        await finish(place, id, await prove(publicKey, { signal, mediation: "conditional" }));
      } catch {
        // Nobody asked for it, so nobody is told.
      }
    },
    { once: true },
  );
}

/**
 * @param {HTMLElement} place
 * @param {string} id
 * @param {object} credential
 */
async function finish(place, id, credential) {
  const box = document.querySelector("input[name=shared]");
  const shared = box instanceof HTMLInputElement && box.checked;
  const { next } = await post("/sign-in/passkey/finish", { id, credential, shared });
  const wanted = place.dataset.next ?? "";
  location.assign(/^\/(?![/\\])/.test(wanted) ? wanted : next);
}
