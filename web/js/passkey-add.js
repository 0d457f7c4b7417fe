// @ts-check
/** A new passkey for this account, under a name of one's own. */
import { make, onPress, post } from "./passkey.js";

/** @param {HTMLElement} place */
export function start(place) {
  onPress(place, async () => {
    const name = /** @type {HTMLInputElement} */ (place.querySelector("input[name=name]")).value.trim();
    const { id, publicKey } = await post("/settings/passkeys/start", { name });
    await post("/settings/passkeys/finish", { id, credential: await make(publicKey) });
    location.reload();
  });
}
