// @ts-check
/** A fresh proof of presence before a grave act. */
import { onPress, post, prove } from "./passkey.js";

/** @param {HTMLElement} place */
export function start(place) {
  onPress(place, async () => {
    const { id, publicKey } = await post("/step-up/passkey/start", {});
    const credential = await prove(publicKey);
    const { next } = await post("/step-up/passkey/finish", { id, credential, next: place.dataset.next ?? "/" });
    location.assign(next);
  });
}
