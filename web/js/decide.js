// @ts-check
/**
 * Deciding by keyboard: a decision's key, then the number of a reason, then Enter. Where no reason is asked, or one of
 * that decision is chosen already, the key decides. Fields that have focus keep their keys; the list of reasons gives up
 * the numbers.
 */

/** @param {HTMLElement} form */
export function start(form) {
  const list = form.querySelector("select[name=reason]");
  const reasons = list instanceof HTMLSelectElement ? list : null;
  /** @type {HTMLButtonElement | null} */
  let wanted = null;

  /** @param {string} decision */
  const of = (decision) => [...(reasons?.options ?? [])].filter((option) => option.dataset.of === decision);

  /** Shows the reasons of one decision alone, each with its number. @param {HTMLSelectElement} select @param {string} decision */
  function number(select, decision) {
    for (const option of select.options) {
      if (option.dataset.of === undefined) continue;
      const words = (option.textContent ?? "").replace(/^\d+ · /, "");
      option.hidden = option.dataset.of !== decision;
      option.textContent = option.hidden ? words : `${of(decision).indexOf(option) + 1} · ${words}`;
    }
  }

  document.addEventListener("keydown", (press) => {
    if (press.ctrlKey || press.altKey || press.metaKey || press.repeat) return;
    const active = document.activeElement;
    if (reasons && wanted && active === reasons) {
      const reason = of(wanted.value)[Number(press.key) - 1];
      if (reason) {
        press.preventDefault();
        reasons.value = reason.value;
      } else if (press.key === "Enter" && reasons.value !== "") {
        press.preventDefault();
        wanted.click();
      }
      return;
    }
    if (active?.matches("input, select, textarea")) return;
    const button = form.querySelector(`[data-key="${CSS.escape(press.key.toLowerCase())}"]`);
    if (!(button instanceof HTMLButtonElement)) return;
    press.preventDefault();
    if (!reasons || reasons.selectedOptions[0]?.dataset.of === button.value) {
      button.click();
      return;
    }
    wanted = button;
    number(reasons, button.value);
    reasons.value = "";
    reasons.focus();
  });
}
