// Owns the size of the pages: the buttons, what is remembered, and keeping the same place in view. The browser's own
// Ctrl+wheel is left alone: it enlarges everything, which some readers need.

import { byId, setText } from "./dom.js";
import { currentScale, eyePlace, look, measure, restoreEye, setScale } from "./view.js";
import { remember, remembered } from "./store.js";

const FULL = 96 / 72;
const STEPS = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];
const pageArea = byId("pages");

// "auto" (nothing chosen yet) is full size, or less where the window is too narrow; "fit" is always the width.
let mode = remembered("zoom", "auto");
if (mode !== "fit" && !(typeof mode === "number" && mode >= STEPS[0] && mode <= STEPS.at(-1))) mode = "auto";
let widest = 595.28;

function wantedScale() {
  if (typeof mode === "number") return mode * FULL;
  const style = getComputedStyle(pageArea);
  const room = pageArea.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const fit = Math.max(room / widest, 0.2);
  return mode === "fit" ? fit : Math.min(fit, FULL);
}

function show() {
  const factor = currentScale() / FULL;
  const now = `${Math.round(factor * 100)}%`;
  setText(byId("zoom-full"), now);
  byId("zoom-full").setAttribute("aria-label", `今の大きさ ${now}、押すと100%`);
  byId("zoom-fit").setAttribute("aria-pressed", String(mode === "fit"));
  byId("zoom-full").setAttribute("aria-pressed", String(mode === 1));
  byId("zoom-out").disabled = factor <= STEPS[0] + 0.001;
  byId("zoom-in").disabled = factor >= STEPS.at(-1) - 0.001;
}

/** To be called where something that goes on needs the pages in the room that they have now. */
export function apply() {
  const place = eyePlace();
  const middle = (pageArea.scrollLeft + pageArea.clientWidth / 2) / pageArea.scrollWidth;
  setScale(wantedScale());
  measure();
  restoreEye(place);
  pageArea.scrollLeft = middle * pageArea.scrollWidth - pageArea.clientWidth / 2;
  show();
  look();
}

function choose(chosen) {
  mode = chosen;
  remember("zoom", mode);
  apply();
}

function step(direction) {
  const factor = currentScale() / FULL;
  const next = direction > 0
    ? STEPS.find((size) => size > factor + 0.005)
    : STEPS.findLast((size) => size < factor - 0.005);
  if (next) choose(next);
}

/** To be called before pages are updated, as a wider page changes what fits. */
export function fitTo(pages) {
  const now = pages.reduce((most, { width }) => Math.max(most, width), 0) || widest;
  if (now === widest) return;
  widest = now;
  setScale(wantedScale());
  show();
}

export function startZoom() {
  byId("zoom-in").addEventListener("click", () => step(1));
  byId("zoom-out").addEventListener("click", () => step(-1));
  byId("zoom-fit").addEventListener("click", () => choose("fit"));
  byId("zoom-full").addEventListener("click", () => choose(1));
  new ResizeObserver(apply).observe(pageArea);
  setScale(wantedScale());
  show();
}
