// Owns the list of chapters and programs with their messages. Only items whose data changed are made anew.

import { arrange, byId, element } from "./dom.js";
import { remarkBadges } from "./remarks.js";
import { bySeverity, lookOf, makeMessage } from "./messages.js";
import { writeButton } from "./writes.js";

const items = new Map();
let jumpTo = () => {};
let current = null;

/** The anchor of what is looked at. */
export const currentAnchor = () => current;

export function counts(errors, warnings) {
  return [
    errors > 0 && element("span", { class: "badge error" }, `エラー ${errors}`),
    warnings > 0 && element("span", { class: "badge warning" }, `注意 ${warnings}`),
  ];
}

function entryButton(entry, label) {
  const printed = entry.page !== null;
  const words = [
    element("span", { class: "no" }, entry.number ?? entry.no ?? ""), " ",
    element("span", { class: "name" }, entry.title ?? entry.name, ...remarkBadges(entry.file).flatMap((badge) => [" ", badge])), " ",
    element("span", { class: "page" }, printed ? label : "—", printed && element("span", { class: "unseen" }, "頁")),
  ];
  // Something unprinted keeps its button (it carries messages), but says why it leads nowhere.
  const button = element("button", { type: "button", class: "entry", title: printed ? null : "印刷されていません" }, ...words);
  button.setAttribute("aria-disabled", String(!printed));
  button.addEventListener("click", () => { if (printed) jumpTo(entry.anchor); });
  return button;
}

function messageBlock(entry, messages, item) {
  if (messages.length === 0) return [];
  const list = element("ul", { class: "list" }, ...bySeverity(messages).map((message) =>
    makeMessage(message, entry.page === null ? null : jumpTo)));
  const others = messages.length - entry.errors - entry.warnings;
  const toggle = element("button", { type: "button", class: "toggle" }, ...counts(entry.errors, entry.warnings),
    others > 0 && element("span", { class: "badge info" }, `参考 ${others}`));
  const open = (wanted) => {
    item.open = wanted;
    list.hidden = !wanted;
    toggle.setAttribute("aria-expanded", String(wanted));
    toggle.title = wanted ? "指摘をたたむ" : "指摘を開く";
  };
  toggle.addEventListener("click", () => open(list.hidden));
  open(entry.errors > 0 || item.open === true);
  return [toggle, list];
}

/** The same messages, whose stretches may have moved in their files. */
function renew(node, messages) {
  const found = [...node.querySelectorAll(".message")];
  bySeverity(messages).forEach((message, index) => { found[index].message = message; });
}

function update(entry, label, messages, tag) {
  let item = items.get(entry.anchor);
  if (!item) {
    item = { node: element("li", { class: tag, "data-anchor": entry.anchor }), head: element("div"), key: null };
    item.node.append(item.head);
    items.set(entry.anchor, item);
  }
  const { programs, y, ...own } = entry;
  const key = JSON.stringify([own, label, messages.map(lookOf), remarkBadges(entry.file).map(({ textContent }) => textContent)]);
  if (item.key === key) {
    renew(item.head, messages);
  } else {
    const focused = item.head.contains(document.activeElement) ? document.activeElement.className : null;
    item.key = key;
    const write = writeButton(entry.file, "書く", `${entry.name}を書く`);
    item.head.classList.toggle("written", write !== null);
    item.head.replaceChildren(...[entryButton(entry, label), write].filter(Boolean), ...messageBlock(entry, messages, item));
    if (focused) (item.head.querySelector(`.${focused.split(" ")[0]}`) ?? item.head.firstElementChild).focus();
    if (current === entry.anchor) item.head.firstElementChild.setAttribute("aria-current", "true");
  }
  item.wrong = entry.errors + entry.warnings > 0;
  return item;
}

/** Shows the state's chapters and programs; `jump` takes an anchor. */
export function updateContents(state, jump) {
  jumpTo = jump;
  const byAnchor = new Map(state.messages.map(({ anchor }) => [anchor, []]));
  for (const message of state.messages) byAnchor.get(message.anchor).push(message);
  const label = ({ page }) => state.pages[page]?.label ?? "";
  const kept = new Set();
  const chapters = state.chapters.map((chapter) => {
    const item = update(chapter, label(chapter), byAnchor.get(chapter.anchor) ?? [], "chapter");
    item.list ??= item.node.appendChild(element("ol", { class: "programs" }));
    item.programs = chapter.programs.map((program) =>
      update(program, label(program), byAnchor.get(program.anchor) ?? [], "program"));
    arrange(item.list, item.programs.map(({ node }) => node));
    for (const { anchor } of [chapter, ...chapter.programs]) kept.add(anchor);
    return item;
  });
  arrange(byId("chapters"), chapters.map(({ node }) => node));
  for (const anchor of [...items.keys()]) if (!kept.has(anchor)) items.delete(anchor);
  // What belongs to no chapter, such as a mistake in the report's own file, stands above them.
  const homeless = state.messages.filter(({ anchor }) => !kept.has(anchor));
  const key = JSON.stringify(homeless.map(lookOf));
  const whole = byId("whole");
  if (whole.dataset.key === key) {
    renew(whole, homeless);
  } else {
    whole.dataset.key = key;
    whole.replaceChildren(...bySeverity(homeless).map((message) => makeMessage(message, null)));
  }
  filter();
}

function filter() {
  const only = byId("only-wrong").checked;
  let any = byId("whole").childElementCount > 0;
  for (const item of items.values()) {
    if (!item.programs) continue;
    for (const program of item.programs) program.node.hidden = only && !program.wrong;
    const wrong = item.wrong || item.programs.some((program) => program.wrong);
    item.node.hidden = only && !wrong;
    any ||= wrong;
  }
  byId("none-wrong").hidden = !only || any;
}

/** Marks what is in view now, and keeps it in the list's window unless the reader is using the list. */
export function markCurrent(anchor, follow = false) {
  if (anchor === current && !follow) return;
  items.get(current)?.head.firstElementChild?.removeAttribute("aria-current");
  current = anchor;
  const item = items.get(anchor);
  if (!item) return;
  item.head.firstElementChild.setAttribute("aria-current", "true");
  const list = byId("contents");
  if (follow || !list.matches(":hover, :focus-within")) item.head.scrollIntoView({ block: "nearest" });
}

export function startContents() {
  byId("only-wrong").addEventListener("change", filter);
}
