// @ts-check
/**
 * The one place where text becomes elements (`trusted-types collegium`). Only for answers of our own server,
 * which have been through its one maker of HTML.
 */

/** @type {{createHTML: (html: string) => any}} */
const policy =
  "trustedTypes" in window
    ? /** @type {any} */ (window).trustedTypes.createPolicy("collegium", { createHTML: (/** @type {string} */ html) => html })
    : { createHTML: (html) => html };

/**
 * @param {string} html as our server rendered it
 * @returns {DocumentFragment}
 */
export function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = policy.createHTML(html);
  return template.content;
}
