// Owns moving by page and by line with the keyboard, and the page number box. One page at a time can be reached with
// Tab (the one in view): three hundred stops would bury everything after them.

import { announce, byId, isTyping } from "./dom.js";
import { eyePlace, jumpTo, onLook, pageCount, reveal } from "./view.js";
import { indexOf, pageAtIndex } from "./pages.js";
import { walkLines } from "./text.js";
import { askLine } from "./source.js";

const pageArea = byId("pages");
const box = byId("page-number");
let stop = null;
// After a click the arrow keys go on scrolling; after Tab they walk the lines.
let lastInput = "keyboard";

function step(by) {
  const page = Math.min(Math.max(eyePlace().page + by, 0), pageCount() - 1);
  if (!pageAtIndex(page)) return;
  const focusOnPage = document.activeElement?.closest?.("[data-page]");
  jumpTo({ page, y: 0 });
  if (focusOnPage) pageAtIndex(page).section.focus({ preventScroll: true });
  announce(pageAtIndex(page).section.getAttribute("aria-label"));
}

function goToLabel() {
  // Full-width digits come from the Japanese input and mean the same.
  const wanted = box.value.normalize("NFKC").replace(/頁|ページ/g, "").trim();
  for (let page = 0; page < pageCount(); page += 1) {
    if (pageAtIndex(page).label.normalize("NFKC") === wanted) {
      box.removeAttribute("aria-invalid");
      jumpTo({ page, y: 0 });
      showNumber(true);
      box.select();
      return;
    }
  }
  box.setAttribute("aria-invalid", "true");
  announce(`${wanted}頁はありません`);
}

function showNumber(always = false) {
  if (document.activeElement === box && !always) return;
  const label = pageAtIndex(eyePlace().page)?.label ?? "";
  if (box.value !== label) box.value = label;
  box.removeAttribute("aria-invalid");
}

function moveStop() {
  const { section } = pageAtIndex(eyePlace().page) ?? {};
  if (!section || section === stop) return;
  if (stop) stop.tabIndex = -1;
  section.tabIndex = 0;
  stop = section;
}

function walk(event, section) {
  const page = pageAtIndex(indexOf(section));
  if (event.key === "Enter") {
    if (document.activeElement.entry) askLine(document.activeElement);
    return;
  }
  const by = event.key === "ArrowDown" ? 1 : -1;
  if (walkLines(page, by)) {
    revealFocused(page);
  } else if (pageAtIndex(indexOf(section) + by)) {
    const next = pageAtIndex(indexOf(section) + by);
    next.section.focus({ preventScroll: true });
    if (!walkLines(next, by)) jumpTo({ page: indexOf(next.section), y: 0 });
    else revealFocused(next);
  }
  event.preventDefault();
}

function revealFocused(page) {
  const { x, y, width, height } = document.activeElement.entry;
  reveal({ page: indexOf(page.section), x, y, width: Math.min(width, 60), height });
}

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || isTyping(event.target)) return;
  const onPages = event.target === document.body || pageArea.contains(event.target);
  if (!onPages) return;
  const section = event.target.closest("[data-page]");
  if (section && lastInput === "keyboard" && ["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) {
    walk(event, section);
  } else if ((event.key === "ArrowRight" || event.key === "ArrowLeft") && pageArea.scrollWidth <= pageArea.clientWidth) {
    event.preventDefault();
    step(event.key === "ArrowRight" ? 1 : -1);
  }
}

export function startWalk() {
  byId("page-form").addEventListener("submit", (event) => {
    event.preventDefault();
    goToLabel();
  });
  box.addEventListener("focus", () => box.select());
  box.addEventListener("blur", () => showNumber(true));
  byId("page-next").addEventListener("click", () => step(1));
  byId("page-previous").addEventListener("click", () => step(-1));
  document.addEventListener("pointerdown", () => { lastInput = "pointer"; }, true);
  document.addEventListener("keydown", (event) => { if (event.key === "Tab") lastInput = "keyboard"; }, true);
  document.addEventListener("keydown", onKey);
  onLook(() => {
    showNumber();
    moveStop();
  });
}
