// Owns the page that is shown where no single report is: what it offers, and the way to the report that was chosen.

import { byId, element, setText } from "./dom.js";

function setBusy(busy) {
  for (const button of document.querySelectorAll("button")) button.disabled = busy;
}

/** Asks for a report; the answer is the address of its pages, or what is wrong. */
async function wish(path) {
  setBusy(true);
  byId("wrong").hidden = true;
  try {
    const answer = await fetch(path, { method: "POST" });
    const words = await answer.text();
    if (answer.ok) return location.replace(words);
    setText(byId("wrong"), words);
  } catch {
    setText(byId("wrong"), "report が終わっているので開けません。もう一度 report をダブルクリックしてください。");
  }
  byId("wrong").hidden = false;
  setBusy(false);
}

function open(path) {
  return wish(`./open?path=${encodeURIComponent(path)}`);
}

/** A path as Explorer copies it stands in quotes. */
function unquoted(typed) {
  return typed.trim().replace(/^"(.*)"$/, "$1");
}

async function start() {
  byId("make").addEventListener("click", () => wish("./make"));
  byId("open").addEventListener("submit", (event) => {
    event.preventDefault();
    open(unquoted(byId("path").value));
  });
  const greeting = await (await fetch("./greeting")).json();
  setText(byId("words"), greeting.words);
  setText(byId("new-report"), greeting.new_report);
  byId("found").hidden = greeting.reports.length === 0;
  byId("reports").replaceChildren(...greeting.reports.map((path) => {
    const button = element("button", { type: "button" }, path);
    button.addEventListener("click", () => open(path));
    return element("li", {}, button);
  }));
}

start();
