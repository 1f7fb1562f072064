// Owns the search box: asks the server, draws the hits on the pages, and walks through them. The browser's Ctrl+F is
// left alone; this search also finds what is on pages not loaded yet.

import { announce, byId, isTyping } from "./dom.js";
import { eyePlace, reveal } from "./view.js";
import { pageAtIndex } from "./pages.js";
import { drawMark } from "./text.js";

const WAIT = 180;
const box = byId("search");

let hits = [];
let total = 0;
let marks = [];
let now = -1;
let asked = 0;
let timer = 0;

export const isSearching = () => document.activeElement === box && box.value !== "";

function clearMarks() {
  for (const mark of marks) mark.remove();
  marks = [];
}

function showCount() {
  const count = byId("search-count");
  if (box.value.trim() === "") count.textContent = "";
  else if (hits.length === 0) count.textContent = "見つかりません";
  else count.textContent = now < 0 ? `${total}件` : `${now + 1}／${total}件`;
  // The server gives so many at most; who walks to the last one should know why the first comes next.
  box.title = total > hits.length ? `初めの${hits.length}件に印を付けています` : "";
  for (const id of ["search-previous", "search-next"]) byId(id).disabled = hits.length === 0;
}

function draw() {
  clearMarks();
  for (const hit of hits) {
    const page = pageAtIndex(hit.page);
    if (page) marks.push(drawMark(page, hit, "hit"));
  }
}

function go(to) {
  if (hits.length === 0) return;
  marks[now]?.classList.remove("now");
  now = (to + hits.length) % hits.length;
  marks[now]?.classList.add("now");
  showCount();
  const hit = hits[now];
  if (pageAtIndex(hit.page)) reveal(hit);
  announce(`${pageAtIndex(hit.page)?.label ?? ""}頁　${hit.before ?? ""}${hit.text}${hit.after ?? ""}`);
}

function firstFromHere() {
  const { page, y } = eyePlace();
  const found = hits.findIndex((hit) => hit.page > page || (hit.page === page && hit.y >= y - 120));
  return Math.max(found, 0);
}

/** Asks again. After a rebuild (`walk` false) the marks move with the text, but the reader is not moved. */
async function ask(walk) {
  const query = box.value.trim();
  const turn = ++asked;
  let answer = { hits: [], total: 0 };
  if (query !== "") {
    try {
      const response = await fetch(`./search?q=${encodeURIComponent(query)}`);
      if (response.ok) answer = await response.json();
    } catch {
      // The banner already tells that the connection is lost.
    }
  }
  // Answers may overtake each other; only the last question counts.
  if (turn !== asked) return;
  const before = now;
  ({ hits, total } = answer);
  now = -1;
  draw();
  if (walk && hits.length > 0) go(firstFromHere());
  else if (before >= 0 && hits.length > 0) {
    now = Math.min(before, hits.length - 1);
    marks[now]?.classList.add("now");
  }
  showCount();
}

function clear() {
  clearTimeout(timer);
  box.value = "";
  ask(false);
}

export function refreshSearch() {
  if (box.value.trim() !== "") ask(false);
}

export function startSearch() {
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { timer = 0; ask(true); }, WAIT);
  };
  // Half-converted kana would find nothing; the converted word arrives with compositionend.
  box.addEventListener("input", (event) => { if (!event.isComposing) soon(); });
  box.addEventListener("compositionend", soon);
  box.addEventListener("keydown", (event) => {
    // Enter and Escape also end a kana conversion; then they are not meant for the search.
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (timer) { clearTimeout(timer); timer = 0; ask(true); }
      else go(now + (event.shiftKey ? -1 : 1));
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      clear();
    }
  });
  byId("search-form").addEventListener("submit", (event) => event.preventDefault());
  byId("search-next").addEventListener("click", () => go(now + 1));
  byId("search-previous").addEventListener("click", () => go(now - 1));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}
