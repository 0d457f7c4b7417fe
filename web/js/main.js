// @ts-check
/**
 * Finds what a page asks for with `data-js="name"` and starts `./name.js` on it.
 * A module exports `start(element)`. The page works without any of them.
 */

/** @type {Map<string, Promise<{start: (element: HTMLElement) => void}>>} */
const loaded = new Map();

/**
 * Starts every module named inside `root`; called again on what arrives later.
 * @param {ParentNode} root
 */
export function startAll(root) {
  for (const element of root.querySelectorAll("[data-js]")) {
    if (!(element instanceof HTMLElement) || element.dataset.jsStarted !== undefined) continue;
    element.dataset.jsStarted = "";
    for (const name of (element.dataset.js ?? "").split(" ")) start(name, element);
  }
}

/**
 * @param {string} name
 * @param {HTMLElement} element
 */
async function start(name, element) {
  if (!/^[a-z][a-z-]*$/.test(name)) return;
  const module = loaded.get(name) ?? import(`./${name}.js`);
  loaded.set(name, module);
  (await module).start(element);
}

startAll(document);
