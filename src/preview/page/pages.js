// Owns the page pictures: which are wanted, loading near the window, and swapping without flicker. Pictures are named
// by their content (hash), so a page is fetched again only when it really changed.

import { byId, element } from "./dom.js";
import { measure, onLook, pagesWithin } from "./view.js";
import { layText, UNIT } from "./text.js";

// A page drawn as curves takes several MB once parsed, so far pages are put away; coming back is quick (cached).
const LOAD_WITHIN = 1.5;
const KEEP_WITHIN = 8;
const RETRY_AFTER = 1500;
const MARK_FOR = 2600;

const paper = byId("paper");
const pages = [];

export const pageAtIndex = (index) => pages[index];
export const indexOf = (node) => Number(node.closest("[data-page]")?.dataset.page ?? -1);

function makePage(index) {
  const text = element("div", { class: "text" });
  const marks = element("div", { class: "marks", "aria-hidden": "true" });
  const layer = element("div", { class: "layer" }, marks, text);
  const section = element("section", { "data-page": index, tabindex: "-1" }, layer);
  return { section, layer, text, marks, hash: null, label: "", picture: null, shown: null, loading: null, textOf: null };
}

function describe(page, { hash, label, width, height }) {
  const name = label ? `${label}頁` : `頁番号のない頁（初めから${Number(page.section.dataset.page) + 1}枚目）`;
  if (page.section.ariaLabel !== name) page.section.setAttribute("aria-label", name);
  page.label = label;
  if (page.width !== width || page.height !== height) {
    Object.assign(page, { width, height });
    page.section.style.setProperty("--width", String(width));
    page.section.style.setProperty("--height", String(height));
    page.layer.style.width = `${width * UNIT}px`;
    page.layer.style.height = `${height * UNIT}px`;
  }
  page.hash = hash;
  page.section.dataset.hash = hash;
}

/** Brings the sections in line with the state; returns the indexes of pages that look different now. */
export function updatePages(descriptions) {
  const before = new Set(pages.map((page) => page.hash));
  const changed = [];
  while (pages.length > descriptions.length) pages.pop().section.remove();
  descriptions.forEach((description, index) => {
    if (index === pages.length) {
      pages.push(makePage(index));
      paper.append(pages[index].section);
    }
    if (pages[index].hash !== description.hash && !before.has(description.hash)) changed.push(index);
    describe(pages[index], description);
  });
  measure(pages.map((page) => page.section));
  return changed;
}

/** Shows for a moment which pages are new. */
export function markChanged(indexes) {
  for (const index of indexes) {
    const { section } = pages[index];
    section.classList.add("changed");
    setTimeout(() => section.classList.remove("changed"), MARK_FOR);
  }
}

function loadPicture(page) {
  if (page.shown === page.hash) return Promise.resolve();
  if (page.loading?.hash === page.hash) return page.loading.promise;
  const { hash } = page;
  const picture = element("img", { alt: "", decoding: "sync", draggable: "false" });
  const promise = new Promise((resolve) => {
    picture.onload = () => {
      // The old picture stays until this moment; a picture that is no longer wanted is dropped.
      if (page.hash === hash && page.loading?.hash === hash) {
        if (page.picture) page.picture.replaceWith(picture);
        else page.section.prepend(picture);
        Object.assign(page, { picture, shown: hash, loading: null });
      }
      resolve();
    };
    picture.onerror = () => {
      // Usually the server has gone on to the next round, whose state is on its way.
      if (page.loading?.hash === hash) page.loading = null;
      setTimeout(loadNear, RETRY_AFTER);
      resolve();
    };
  });
  page.loading = { hash, promise };
  picture.src = `./page/${encodeURIComponent(hash)}.svg`;
  return promise;
}

function loadText(page) {
  if (page.textOf !== page.hash) {
    page.textOf = page.hash;
    page.textLoading = fetchText(page);
  }
  return page.textLoading;
}

async function fetchText(page) {
  const { hash } = page;
  try {
    const answer = await fetch(`./page/${encodeURIComponent(hash)}.json`);
    if (!answer.ok) throw new Error(String(answer.status));
    const lines = await answer.json();
    if (page.hash === hash) layText(page, lines);
  } catch {
    if (page.textOf === hash) page.textOf = null;
  }
}

function putAway(page) {
  page.loading = null;
  page.picture?.remove();
  Object.assign(page, { picture: null, shown: null });
}

function loadNear() {
  const [first, last] = pagesWithin(LOAD_WITHIN);
  const [keepFirst, keepLast] = pagesWithin(KEEP_WITHIN);
  pages.forEach((page, index) => {
    if (index >= first && index <= last) {
      loadPicture(page);
      loadText(page);
    } else if (page.picture && (index < keepFirst || index > keepLast)) {
      putAway(page);
    }
  });
}

/** Resolves when every page in the window shows its wanted picture and text (or could not be had). */
export async function visibleShown() {
  const [first, last] = pagesWithin(0);
  await Promise.all(pages.slice(first, last + 1).flatMap((page) => [loadPicture(page), loadText(page)]));
}

onLook(loadNear);
