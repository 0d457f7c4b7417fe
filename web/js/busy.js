// @ts-check
/** A form that was sent is not sent twice; its button keeps its words and adds "…". */

/** @param {HTMLElement} form */
export function start(form) {
  /** @type {HTMLButtonElement[]} */
  let sent = [];
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const pressed = /** @type {SubmitEvent} */ (event).submitter;
    // After this turn, so that the pressed button's own value still goes with the form.
    setTimeout(() => {
      sent = [...form.querySelectorAll("button")].filter((button) => !button.disabled);
      for (const button of sent) button.disabled = true;
      pressed?.append("…");
    });
  });
  // Back on this page by the back button: as it was.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const button of sent) {
      button.disabled = false;
      if (button.lastChild?.nodeValue === "…") button.lastChild.remove();
    }
    sent = [];
  });
}
