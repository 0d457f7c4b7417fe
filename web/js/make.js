// @ts-check
/** Elements by name, for the modules that build a row or two. */

/**
 * @param {"block"|"confirm"|"ok"} glyph
 * @param {HTMLElement} body
 */
export function what(glyph, body) {
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  shape.setAttribute("class", "glyph");
  shape.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#g-${glyph}`);
  shape.append(use);
  const holder = element("span", `is-${glyph}`);
  holder.append(shape);
  const row = element("div", "what");
  row.append(holder, body);
  return row;
}

/**
 * @param {string} name
 * @param {string} [look]
 */
export function element(name, look) {
  const made = document.createElement(name);
  if (look) made.className = look;
  return made;
}

/**
 * @param {string} look
 * @param {string} words
 * @param {string} does
 * @param {() => void} act
 */
export function button(look, words, does, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = look;
  made.textContent = words;
  made.dataset.does = does;
  made.addEventListener("click", act);
  return made;
}
