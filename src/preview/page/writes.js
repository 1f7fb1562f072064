// Owns whether this page may write, and the ways to a program's form: whoever shows a program offers it, and the form says what opening
// means.

import { element } from "./dom.js";

let files = new Set();
let open = () => {};

export const onWrite = (act) => { open = act; };

/** Takes the state: which files have a form. */
export function setWritable({ writing, chapters }) {
  files = new Set(writing.is_on ? chapters.flatMap(({ programs }) => programs.map(({ file }) => file)) : []);
}

/** Opens the form of a program. */
export const openForm = (file) => open(file, null);

/** A button that opens the form of a program, at a line where one is given, and at what the message `about()` misses; null where there is
    none. */
export function writeButton(file, words, name = words, line = null, about = () => null) {
  if (!files.has(file)) return null;
  const button = element("button", { type: "button", class: "write", "aria-label": name === words ? null : name }, words);
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    open(file, line, about());
  });
  return button;
}
