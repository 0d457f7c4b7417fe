// @ts-check
/**
 * Passkeys as JSON over HTTP: start, ask the device, finish. Used by `passkey-sign-in`, `passkey-add` and
 * `passkey-step-up`; it starts on nothing itself.
 */

/** A thing to say to the person. */
export class Said extends Error {}

export const able = "PublicKeyCredential" in window && "credentials" in navigator;

/**
 * @param {string} address
 * @param {object} body
 * @returns {Promise<any>}
 */
export async function post(address, body) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new Said("The line is down. Try again when it is back.");
  });
  const said = await answer.json().catch(() => ({}));
  if (said.code === "step-up") {
    location.assign(`/step-up?next=${encodeURIComponent(location.pathname)}`);
    throw new Said("First show that it is you.");
  }
  if (!answer.ok) throw new Said(said.detail ?? said.title ?? "This did not work, and it is our fault. Try again.");
  return said;
}

/**
 * A passkey of this device answers the challenge.
 * @param {any} publicKey as the server wrote it, binary as base64url
 * @param {{signal?: AbortSignal, mediation?: CredentialMediationRequirement}} [how]
 */
export async function prove(publicKey, how = {}) {
  const options = publicKey.publicKey ?? publicKey;
  const request = PublicKeyCredential.parseRequestOptionsFromJSON?.(options) ?? {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: known(options.allowCredentials),
  };
  return written(await navigator.credentials.get({ publicKey: request, ...how }).catch(explain));
}

/**
 * This device makes a new passkey.
 * @param {any} publicKey as the server wrote it, binary as base64url
 */
export async function make(publicKey) {
  const options = publicKey.publicKey ?? publicKey;
  const creation = PublicKeyCredential.parseCreationOptionsFromJSON?.(options) ?? {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: known(options.excludeCredentials),
  };
  return written(await navigator.credentials.create({ publicKey: creation }).catch(explain));
}

/**
 * Runs `work` on a press of the button; says beside it what went wrong.
 * @param {HTMLElement} place holds `[data-part=go]` and `[data-part=problem]`
 * @param {() => Promise<void>} work
 */
export function onPress(place, work) {
  const go = /** @type {HTMLButtonElement} */ (place.querySelector("[data-part=go]"));
  const problem = /** @type {HTMLElement} */ (place.querySelector("[data-part=problem]"));
  if (!able) return say(problem, "This browser has no passkeys. Use your password, or another browser.");
  go.disabled = false;
  go.addEventListener("click", async () => {
    go.disabled = true;
    say(problem, "");
    try {
      await work();
    } catch (thrown) {
      say(problem, thrown instanceof Said ? thrown.message : "This did not work, and it is our fault. Try again.");
    }
    go.disabled = false;
  });
}

/** @param {HTMLElement} place @param {string} words */
function say(place, words) {
  place.textContent = words;
  place.hidden = words === "";
}

/** @param {DOMException} refused @returns {never} */
function explain(refused) {
  if (refused.name === "AbortError") throw refused;
  if (refused.name === "InvalidStateError") throw new Said("This device already has a passkey here.");
  if (refused.name === "SecurityError") throw new Said("Passkeys work only at this house's own address.");
  throw new Said("No passkey answered. Try again, use another device, or your password.");
}

/** @param {any} credential */
function written(credential) {
  if (!credential) throw new Said("No passkey answered. Try again, use another device, or your password.");
  if (credential.toJSON) return credential.toJSON();
  /** @type {Record<string, string>} */
  const response = {};
  for (const name of ["clientDataJSON", "authenticatorData", "signature", "userHandle", "attestationObject"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

/** @param {any[]} [list] */
const known = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));

/** @param {string} base64url */
const bytes = (base64url) =>
  Uint8Array.from(atob(base64url.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

/** @param {ArrayBuffer} buffer */
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
