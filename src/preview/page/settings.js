// Owns what a reader sets for this page.

import { byId } from "./dom.js";
import { remember, remembered } from "./store.js";

export function startSettings() {
  const box = byId("with-vscode");
  const show = () => document.documentElement.classList.toggle("with-vscode", box.checked);
  box.checked = remembered("vscode", false) === true;
  box.addEventListener("change", () => {
    remember("vscode", box.checked);
    show();
  });
  show();
}
