// Owns how small forms are made here: a label that belongs to its field, a choice, and the line that says what is wrong.

import { element } from "./dom.js";

let count = 0;

/** A field with its label; `control` is an input, a select or a text area. */
export function labelled(label, control) {
  count += 1;
  control.id ||= `work-field-${count}`;
  return element("p", { class: "field" }, element("label", { for: control.id }, label), control);
}

export function check(label, attributes = {}) {
  const box = element("input", { type: "checkbox", ...attributes });
  return { box, node: element("label", { class: "check" }, box, label) };
}

/** Puts other choices into a select, keeping what is chosen where it is still there. */
export function choose(select, choices, none = null) {
  const key = JSON.stringify([choices, none]);
  if (select.dataset.key === key || document.activeElement === select) return;
  const chosen = select.value;
  select.dataset.key = key;
  const all = none === null ? choices : [{ value: "", label: none }, ...choices];
  select.replaceChildren(...all.map(({ value, label }) => element("option", { value }, label)));
  if (all.some(({ value }) => value === chosen)) select.value = chosen;
}

function leaveButton(leave) {
  const made = element("button", { type: "button" }, "やめる");
  made.addEventListener("click", leave);
  return made;
}

/** A form: its parts, its buttons, and a line for what is wrong. `act` gives words where it did not work; `leave` is what やめる and Esc do,
    where it may be left. */
export function form(name, parts, button, act, leave = null) {
  const wrong = element("p", { class: "wrong", role: "alert", hidden: true });
  const press = element("button", { type: "submit" }, button);
  const made = element("form", { class: "work", autocomplete: "off", "aria-label": name },
    ...parts, element("p", { class: "actions" }, press, leave && leaveButton(leave)), wrong);
  made.addEventListener("keydown", (event) => {
    if (!leave || event.key !== "Escape" || event.isComposing || event.keyCode === 229) return;
    event.stopPropagation();
    leave();
  });
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (press.getAttribute("aria-disabled") === "true") return;
    press.setAttribute("aria-disabled", "true");
    const words = await act();
    press.removeAttribute("aria-disabled");
    wrong.hidden = !words;
    wrong.textContent = words ?? "";
  });
  return made;
}
