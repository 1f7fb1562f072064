// Owns how a message (指摘) looks, and the list of all of them. A message that stays the same keeps its element, so
// that reading or selecting it is not disturbed by a rebuild.

import { arrange, byId, element, setText } from "./dom.js";
import { addMends, mayWrite } from "./mends.js";
import { writeButton } from "./writes.js";

const SEVERITY = { error: "エラー", warning: "注意", info: "参考" };
const ORDER = { error: 0, warning: 1, info: 2 };
// A line of a file is a whole paragraph; around the marked part this many letters are enough to recognise it.
const AROUND = 50;

let shown = new Map();

function sourceLine({ source, start, end }) {
  const from = start > AROUND + 10 ? start - AROUND : 0;
  const to = source.length > end + AROUND + 10 ? end + AROUND : source.length;
  const marked = start < end
    ? element("mark", {}, source.slice(start, end))
    : element("mark", { class: "between" }, element("span", { class: "unseen" }, "（ここ）"));
  return element("p", { class: "source" },
    from > 0 ? "…" : "", source.slice(from, start), marked, source.slice(end, to), to < source.length ? "…" : "");
}

/** The link that opens the file in an editor. Only vscode links are taken, whatever the state says. */
export function editorLink(link) {
  return link?.startsWith("vscode:") ? link : null;
}

/** One message. `jump` takes its anchor, and is null where there is nowhere to jump; `words` are what it says here. */
export function makeMessage(message, jump, words = { said: message.message, help: message.help }) {
  const line = [
    element("span", { class: `badge ${message.severity}` }, SEVERITY[message.severity] ?? message.severity),
    " ", element("span", { class: "words" }, words.said), " ",
    element("span", { class: "code" }, message.code ?? ""),
  ];
  const head = jump
    ? element("button", { type: "button", class: "jump", title: "この事業の頁へ移る" }, ...line)
    : element("p", { class: "jump" }, ...line);
  const item = element("li", { class: `message ${message.severity}` }, head);
  item.message = message;
  // What a button does needs no words for typing it.
  const help = [words.help, !(mayWrite() && message.acknowledge) && message.leave].filter(Boolean).join("\n");
  if (help) item.append(element("p", { class: "help" }, element("b", {}, "直し方　"), help));
  if (message.source) item.append(sourceLine(message));
  for (const { words: named, file, line } of message.related) {
    item.append(element("p", { class: file === message.file ? "related own" : "related" }, `${named}：${file}　${line}行目`, " ", writeButton(file, "そちらの欄を書く", "そちらの欄を書く", line)));
  }
  const link = editorLink(message.link);
  const where = message.file && element("p", { class: "where" },
    element("span", {}, `${message.file}　`, element("span", { class: "whole" }, `${message.line}行目`)), " ",
    link && element("a", { href: link, class: "vscode" }, "VS Code で開く"));
  addMends(item, where);
  const write = writeButton(message.file, "この欄を書く", "この欄を書く", message.line, () => item.message);
  if (write) item.append(write);
  if (where) item.append(where);
  if (jump) {
    item.addEventListener("click", (event) => {
      const selecting = !document.getSelection().isCollapsed && !event.target.closest("button");
      if (!event.target.closest("a, .mends, .opens, .write") && !selecting) jump(message.anchor);
    });
  }
  return item;
}

export function bySeverity(messages) {
  return messages.toSorted((one, other) => ORDER[one.severity] - ORDER[other.severity]);
}

/** What a message looks like: where its stretches stand in the file is not seen. */
export function lookOf({ mend, acknowledge, ...seen }) {
  return JSON.stringify([seen, mend?.certain, mend?.edits.map(({ was, text }) => [was, text]), acknowledge?.file, acknowledge?.word]);
}

/** Where the focus goes when what had it is gone: the message that took its place. */
function keepFocus(panel, act) {
  const items = () => [...panel.querySelectorAll(".message")];
  const focused = document.activeElement;
  const at = items().findIndex((item) => item.contains(focused));
  act();
  if (at < 0 || focused.isConnected) return;
  const next = items()[Math.min(at, items().length - 1)];
  (next?.querySelector("button") ?? panel).focus();
}

/** Shows all messages, those of the file just saved first. `canJump` tells whether an anchor is printed. */
export function updateMessages({ messages, unsent }, savedFile, canJump, jump) {
  const next = new Map();
  const groups = { saved: [], other: [] };
  for (const message of bySeverity(messages)) {
    const jumps = message.anchor !== null && canJump(message.anchor);
    let key = lookOf(message) + String(jumps);
    while (next.has(key)) key += "+";
    const item = shown.get(key) ?? makeMessage(message, jumps ? jump : null);
    item.message = message;
    next.set(key, item);
    groups[message.file === savedFile ? "saved" : "other"].push(item);
  }
  shown = next;
  keepFocus(byId("messages"), () => {
    for (const [name, items] of Object.entries(groups)) {
      const section = byId(`${name}-messages`);
      section.hidden = items.length === 0;
      arrange(section.querySelector("ol"), items);
    }
  });
  // Without a saved file there is nothing to tell apart.
  byId("other-messages").querySelector("h2").hidden = groups.saved.length === 0;
  byId("no-messages").hidden = messages.length > 0;
  setText(byId("message-count"), messages.length > 0 ? `${messages.length + unsent}件` : "");
  byId("unsent").hidden = unsent === 0;
  setText(byId("unsent"), `ほかに ${unsent} 件あります。上から直すと、続きが出ます。`);
}
