// Owns geometry: where pages lie in their area, what is in view, and scrolling. A place is { page, y } with y in pt from
// the top of that page. It knows page sizes only, not pictures, text or programs.

import { byId } from "./dom.js";

const pageArea = byId("pages");
const MARGIN_ABOVE_JUMP = 24;

let sections = [];
let tops = [];
let scale = 4 / 3;
const listeners = [];
let waiting = false;

/** Called after each scroll, resize or change of pages, at most once a frame. */
export function onLook(listener) {
  listeners.push(listener);
}

export const currentScale = () => scale;
export const pageCount = () => sections.length;

/** To be called after anything that moves pages. Reading all tops at once costs one layout. */
export function measure(newSections = sections) {
  sections = newSections;
  tops = sections.map((section) => section.offsetTop);
}

export function setScale(value) {
  scale = value;
  pageArea.style.setProperty("--scale", String(value));
}

function pageAt(position) {
  let low = 0;
  let high = tops.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (tops[middle] <= position) low = middle;
    else high = middle - 1;
  }
  return Math.max(low, 0);
}

/** The place a third down the window: where a reader's eyes are, and what stays still when the pages change. */
export function eyePlace() {
  if (sections.length === 0) return { page: 0, y: 0 };
  const position = pageArea.scrollTop + pageArea.clientHeight / 3;
  const page = pageAt(position);
  return { page, y: (position - tops[page]) / scale };
}

/** Where a place is in the area of pages, in px from the top of all pages. */
export function positionOf({ page, y }) {
  if (tops.length === 0) return 0;
  return tops[Math.min(Math.max(page, 0), tops.length - 1)] + y * scale;
}

/** Scrolls so that `place` is again where eyePlace() looks. */
export function restoreEye(place) {
  pageArea.scrollTop = positionOf(place) - pageArea.clientHeight / 3;
}

export function jumpTo(place) {
  pageArea.scrollTop = positionOf(place) - MARGIN_ABOVE_JUMP;
  look();
}

/** Whether a rectangle in pt on a page is in the window. */
export function inView({ page, y, x = 0, width = 0, height = 0 }) {
  const top = positionOf({ page, y }) - pageArea.scrollTop;
  if (top < 0 || top + Math.max(height * scale, 40) > pageArea.clientHeight) return false;
  if (width === 0) return true;
  const left = sections[page].offsetLeft + x * scale - pageArea.scrollLeft;
  return left >= 0 && left + width * scale <= pageArea.clientWidth;
}

/** Whether some of what lies between two places is in the window; without `to` all that follows `from`. */
export function partInView(from, to) {
  const top = positionOf(from) - pageArea.scrollTop;
  const bottom = to ? positionOf(to) - pageArea.scrollTop : Infinity;
  return Math.min(bottom, pageArea.clientHeight) - Math.max(top, 0) >= 40;
}

/** Brings a rectangle into the window, moving nothing when it is there already. */
export function reveal(area) {
  if (inView(area)) return;
  pageArea.scrollTop = positionOf(area) - pageArea.clientHeight / 3;
  const left = sections[area.page].offsetLeft + area.x * scale;
  pageArea.scrollLeft = left < pageArea.clientWidth - area.width * scale - 40 ? 0 : left - pageArea.clientWidth / 3;
  look();
}

/** First and last page within `windows` window heights of what is seen; 0 is what is seen. */
export function pagesWithin(windows) {
  if (sections.length === 0) return [0, -1];
  const reach = windows * pageArea.clientHeight;
  return [pageAt(pageArea.scrollTop - reach), pageAt(pageArea.scrollTop + pageArea.clientHeight + reach)];
}

/** Tells the listeners now. Hidden windows get no frames, so changes made by the server call this themselves. */
export function look() {
  for (const listener of listeners) listener();
}

function lookSoon() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    look();
  });
}

pageArea.addEventListener("scroll", lookSoon, { passive: true });
