// Owns the order of chapters and programs in the list: it changes by dragging, by Alt with the arrows, by buttons.

import { announce, byId, element, isTyping, tellDone } from "./dom.js";
import { wish } from "./post.js";
import { saved } from "./undo.js";

const panel = byId("contents");
const list = byId("chapters");

// So long a new state takes to be shown.
const SAY_AFTER = 1000;
const HINT_FOR = 6000;
// Not farther than this from its chapter an entry is still let go in it.
const NEAR = 24;

let chapters = [];
let isOrdering = false;
// The file that was moved last: its entry gets the focus back where it is then.
let moved = null;

const folderOf = (file) => file.slice(0, Math.max(file.lastIndexOf("/"), 0));
const stemOf = (file) => file.slice(file.lastIndexOf("/") + 1).replace(/\.jigyo$/, "");

/** The entries that an entry stands among, each with the name that its 【構成】 has for it. */
function siblingsOf(anchor) {
  for (const chapter of chapters) {
    if (chapter.programs.some((program) => program.anchor === anchor)) {
      return { file: chapter.file, all: chapter.programs.map((program) => ({ ...program, entry: stemOf(program.file), title: program.name })) };
    }
  }
  const parentOf = (chapter) => chapters
    .filter(({ file }) => folderOf(file) && folderOf(chapter.file).startsWith(`${folderOf(file)}/`))
    .toSorted((one, other) => other.file.length - one.file.length)[0] ?? null;
  const own = chapters.find((chapter) => chapter.anchor === anchor);
  if (!own) return null;
  const parent = parentOf(own);
  const inside = chapters.filter((chapter) => parentOf(chapter) === parent);
  const start = parent ? folderOf(parent.file).length + 1 : 0;
  return { file: parent?.file ?? null, all: inside.map((chapter) => ({ ...chapter, entry: folderOf(chapter.file).slice(start) })) };
}

/** Moves an entry to a place among its siblings, counted without it. */
async function moveTo(anchor, place) {
  const siblings = siblingsOf(anchor);
  const from = siblings?.all.findIndex((entry) => entry.anchor === anchor);
  if (!siblings || place === from) return;
  if (place < 0 || place >= siblings.all.length) return stay(anchor);
  const [own] = siblings.all.splice(from, 1);
  const before = siblings.all[place]?.entry ?? null;
  moved = own.file;
  hint("");
  const answer = await wish("order", { file: siblings.file, name: own.entry, before });
  say(answer.ok ? "" : answer.words);
  if (!answer.ok) {
    moved = null;
    return;
  }
  saved({ ...answer.value, words: `「${own.title}」の並べ替え` });
  // The list's own sentence comes with the new state; this one is to be heard after it.
  setTimeout(() => tellDone(`「${own.title}」を${place + 1}番目に移しました`), SAY_AFTER);
}

function step(anchor, by) {
  const place = siblingsOf(anchor)?.all.findIndex((entry) => entry.anchor === anchor);
  if (place !== undefined) moveTo(anchor, place + by);
}

const wrong = element("p", { class: "wrong", role: "alert", hidden: true });

function say(words) {
  wrong.hidden = words === "";
  wrong.textContent = words;
}

// Over the list, so that nothing in it moves.
const stays = element("p", { class: "order-said", role: "status" });
let hiding = 0;

function hint(words) {
  stays.replaceChildren(...(words ? [element("span", {}, words)] : []));
  clearTimeout(hiding);
  if (words) hiding = setTimeout(() => hint(""), HINT_FOR);
}

/** Why an entry is not moved. */
function stay(anchor) {
  const isChapter = chapters.some((chapter) => chapter.anchor === anchor);
  hint("");
  // The same words are only spoken again if the text changes in between.
  setTimeout(() => hint(isChapter ? "これより先へは動かせません。" : "章の中でだけ動かせます。"), 50);
}

const anchorOf = (node) => node.closest("li[data-anchor]")?.dataset.anchor;

// Dragging: the entry stays where it is, a line shows where it would go.
let drag = null;

/** Whether a place in the window lies in another chapter than the one of a program. */
function isElsewhere(item, y) {
  if (!item.classList.contains("program")) return false;
  const within = (node, near) => {
    const box = node.getBoundingClientRect();
    return y >= box.top - near && y <= box.bottom + near;
  };
  return !within(item.parentElement, NEAR) && [...list.querySelectorAll("li.chapter")].some((chapter) => !chapter.contains(item) && within(chapter, 0));
}

function placeAt(item, y) {
  if (isElsewhere(item, y)) return { isElsewhere: true };
  const siblings = [...item.parentElement.children].filter((other) => other !== item && siblingsOf(anchorOf(item))?.all
    .some(({ anchor }) => anchor === anchorOf(other)));
  const next = siblings.find((other) => {
    const box = other.firstElementChild.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  return { place: next ? siblings.indexOf(next) : siblings.length, next, last: siblings.at(-1) };
}

function showPlace(y) {
  for (const marked of list.querySelectorAll(".goes-before, .goes-behind")) marked.classList.remove("goes-before", "goes-behind");
  if (!drag) return;
  drag.target = placeAt(drag.item, y);
  drag.target.next?.classList.add("goes-before");
  if (!drag.target.next) drag.target.last?.classList.add("goes-behind");
  const frame = panel.getBoundingClientRect();
  if (y < frame.top + 40) panel.scrollTop -= 12;
  if (y > frame.bottom - 40) panel.scrollTop += 12;
}

function endDrag(isDropped) {
  const ended = drag;
  drag = null;
  ended?.item.classList.remove("dragged");
  showPlace(0);
  if (!isDropped || !ended?.target) return;
  if (ended.target.isElsewhere) stay(anchorOf(ended.item));
  else moveTo(anchorOf(ended.item), ended.target.place);
}

function makeMovers(item, name) {
  const handle = element("span", { class: "handle", title: "引いて動かす", "aria-hidden": "true" }, "⠿");
  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    drag = { item, target: null };
    item.classList.add("dragged");
  });
  handle.addEventListener("pointermove", (event) => { if (drag?.item === item) showPlace(event.clientY); });
  handle.addEventListener("pointerup", () => endDrag(true));
  handle.addEventListener("pointercancel", () => endDrag(false));
  const button = (sign, words, by) => {
    const made = element("button", { type: "button", class: `mover ${by < 0 ? "up" : "down"}`, "aria-label": `「${name}」を${words}`, title: `${words}（Alt＋${sign}）` }, sign);
    made.addEventListener("click", () => step(anchorOf(item), by));
    return made;
  };
  return element("div", { class: "movers", "data-name": name }, handle, button("↑", "上へ", -1), button("↓", "下へ", 1));
}

/** Puts handle and buttons beside each entry, or takes them away. */
function decorate() {
  for (const item of list.querySelectorAll("li[data-anchor]")) {
    const there = item.querySelector(":scope > .movers");
    const name = item.querySelector(".name")?.textContent ?? "";
    if (there?.dataset.name === name && isOrdering) continue;
    there?.remove();
    if (isOrdering) item.firstElementChild.after(makeMovers(item, name));
  }
}

/** After the list shows a new state: what was moved has the focus again. */
export function updateOrder(state) {
  ({ chapters } = state);
  const last = document.activeElement;
  const focused = panel.contains(last) || last === document.body ? (last.classList.contains("up") ? ".up" : last.classList.contains("down") ? ".down" : ".entry") : null;
  decorate();
  const entry = moved && chapters.flatMap((chapter) => [chapter, ...chapter.programs]).find(({ file }) => file === moved);
  if (!entry) return;
  const item = list.querySelector(`li[data-anchor="${CSS.escape(entry.anchor)}"]`);
  if (moved && item && focused) (item.querySelector(`:scope > .movers ${focused}`) ?? item.querySelector(".entry")).focus();
  moved = null;
}

/** `tools` is where its button goes. */
export function startOrder(tools) {
  const ordering = element("button", { type: "button", "aria-pressed": "false" }, "並べ替える");
  tools.append(ordering);
  tools.after(wrong, stays);
  ordering.addEventListener("click", () => {
    isOrdering = !isOrdering;
    ordering.setAttribute("aria-pressed", String(isOrdering));
    panel.classList.toggle("ordering", isOrdering);
    decorate();
    announce(isOrdering ? "並べ替えられます。Alt と上下の矢印でも動かせます" : "並べ替えを終わりました");
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && drag) endDrag(false); });
  panel.addEventListener("keydown", (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by || !event.altKey || event.ctrlKey || event.metaKey || event.isComposing || isTyping(event.target)) return;
    const anchor = anchorOf(event.target);
    if (!anchor) return;
    event.preventDefault();
    step(anchor, by);
  });
}
