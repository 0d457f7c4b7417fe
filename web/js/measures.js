// @ts-check
/**
 * Deciding by keyboard: a measure's key opens it and puts the focus where something is to be chosen; Enter there takes
 * it. Words chosen in the text are put into the field of those to be taken out. Fields keep their keys.
 */

/** @param {HTMLElement} list */
export function start(list) {
  const all = /** @type {HTMLDetailsElement[]} */ ([...list.querySelectorAll("details[data-key]")]);
  document.addEventListener("keydown", (press) => {
    if (press.ctrlKey || press.altKey || press.metaKey || press.repeat || press.isComposing) return;
    const at = document.activeElement;
    if (press.key === "Enter" && at instanceof HTMLSelectElement && list.contains(at)) {
      press.preventDefault();
      at.form?.requestSubmit();
      return;
    }
    if (at?.matches("input, textarea") || (at?.matches("select") && !/^[0-9]$/.test(press.key))) return;
    const wanted = all.find((one) => one.dataset.key === press.key.toLowerCase());
    if (!wanted) return;
    press.preventDefault();
    open(wanted);
  });

  /** @param {HTMLDetailsElement} wanted */
  function open(wanted) {
    for (const one of all) one.open = one === wanted;
    const fields = /** @type {(HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[]} */ ([
      ...wanted.querySelectorAll("select, textarea, input[required]"),
    ]);
    const chosen = String(getSelection() ?? "").trim();
    const words = fields.find((field) => field.name === "words");
    if (wanted.querySelector('[id="edit-words"]') && words && chosen && !words.value) words.value = chosen;
    const empty = fields.find((field) => !field.value);
    (empty ?? fields.find((field) => field.name === "reason") ?? wanted.querySelector("button"))?.focus();
    wanted.scrollIntoView({ block: "nearest" });
  }
}
