// Owns the state and what happens when a new one comes; the other modules own their part of the window.

import { announce, byId, element, setText } from "./dom.js";
import { remember, remembered } from "./store.js";
import { eyePlace, jumpTo, partInView, look, onLook, restoreEye } from "./view.js";
import { markChanged, pageAtIndex, updatePages, visibleShown } from "./pages.js";
import { drawMark } from "./text.js";
import { fitTo, startZoom } from "./zoom.js";
import { counts, markCurrent, startContents, updateContents } from "./contents.js";
import { updateMessages } from "./messages.js";
import { closeIfCovering, openTab, startSidebar } from "./sidebar.js";
import { isSearching, refreshSearch, startSearch } from "./search.js";
import { startProgram, updateProgram } from "./program.js";
import { forgetPicked, startSource } from "./source.js";
import { startWalk } from "./walk.js";
import { startTasks } from "./tasks.js";
import { startList, updateList } from "./list.js";
import { connect } from "./connection.js";
import { beforeUndo, startUndo, updateUndo } from "./undo.js";
import { save as saveLine } from "./edit.js";
import { startMends, updateMends } from "./mends.js";
import { startEarlier } from "./earlier.js";
import { startSettings } from "./settings.js";
import { startRemarks, updateRemarks } from "./remarks.js";

const POINT_FOR = 2600;

let state = null;
// Chapters and programs that are printed, in the order of the pages.
let places = [];
let placeOf = new Map();
let savedFile = null;
let pointerDown = false;
// What was jumped to stays current until the reader scrolls, even if something else is nearer to the eyes.
let held = null;
// The file whose pages the address asks for, until they are there.
let asked = askedFile();

function askedFile() {
  try {
    return decodeURIComponent(location.hash.slice(1)) || null;
  } catch {
    return null;
  }
}

/** Goes to the file that the address asks for; once, so that a later change does not move the reader. */
function goToAsked({ chapters }) {
  const entries = chapters.flatMap((chapter) => [...chapter.programs, chapter]);
  const entry = asked && entries.find(({ file, page }) => file === asked && page !== null);
  if (!entry) return;
  asked = null;
  goTo(entry.anchor);
}

function readPlaces({ chapters }) {
  places = chapters.flatMap((chapter) => [chapter, ...chapter.programs])
    .filter(({ page }) => page !== null)
    .map(({ anchor, page, y }) => ({ anchor, page, y }))
    .sort((one, other) => one.page - other.page || one.y - other.y);
  placeOf = new Map(places.map((place) => [place.anchor, place]));
}

function lastPlaceBefore({ page, y }) {
  return places.findLast((place) => place.page < page || (place.page === page && place.y <= y));
}

/** Remembers what is being read, and returns a function that finds it again in the new pages. */
function rememberReading() {
  const eye = eyePlace();
  const hash = pageAtIndex(eye.page)?.hash;
  const program = lastPlaceBefore(eye);
  return () => {
    if (hash === undefined) return;
    if (pageAtIndex(eye.page)?.hash === hash) return restoreEye(eye);
    // The page changed: the program being read stays where it was in the window, even if it moved to another page.
    const now = program && placeOf.get(program.anchor);
    if (!now) return restoreEye(eye);
    restoreEye({ page: eye.page + now.page - program.page, y: eye.y + now.y - program.y });
  };
}

function point(place) {
  const page = pageAtIndex(place.page);
  if (!page) return;
  const mark = drawMark(page, { x: 0, y: place.y, width: 6, height: 26 }, "here");
  setTimeout(() => mark.remove(), POINT_FOR);
}

function hold(anchor) {
  held = { anchor, top: byId("pages").scrollTop };
  markCurrent(anchor, true);
}

function showCurrent() {
  if (held && held.top !== byId("pages").scrollTop) held = null;
  markCurrent(held?.anchor ?? lastPlaceBefore(eyePlace())?.anchor ?? null);
}

/** The programs one of which a place on a page may be of: the one that began above it, and one that begins below it on the same page. */
function programsAround({ page, y }) {
  const next = places.find((place) => place.page === page && place.y > y);
  const anchors = [lastPlaceBefore({ page, y })?.anchor, next?.anchor];
  return (state?.chapters ?? []).flatMap(({ programs }) => programs).filter(({ anchor }) => anchors.includes(anchor));
}

function goTo(anchor) {
  const place = placeOf.get(anchor);
  if (!place) return;
  closeIfCovering();
  jumpTo(place);
  hold(anchor);
  point(place);
}

function mayMoveReader() {
  const selecting = pointerDown || !document.getSelection().isCollapsed;
  return byId("follow").checked && !isSearching() && !selecting;
}

function followSaved(saved) {
  if (!saved || saved.page === null || !pageAtIndex(saved.page) || !mayMoveReader()) return;
  const next = places[places.findIndex(({ anchor }) => anchor === saved.anchor) + 1];
  // Whoever reads in the middle of the program sees what was saved, or is near it.
  if (!partInView(saved, next)) jumpTo(saved);
  if (saved.anchor) hold(saved.anchor);
  point(saved);
}

function showStatus({ title, time, pages, errors, warnings, draft, problem }) {
  for (const id of ["title", "preview-title", "program-report"]) setText(byId(id), title);
  const parts = [time, `${pages.length}頁`, `エラー ${errors}`, `注意 ${warnings}`];
  if (draft) parts.push("下書き");
  // Each part stays on one line.
  const spans = parts.flatMap((part) => ["　", element("span", { class: "whole" }, part)]).slice(1);
  byId("status").replaceChildren(...spans);
  byId("status").classList.toggle("wrong", errors > 0);
  byId("toggle-count").replaceChildren(...counts(errors, warnings).filter(Boolean));
  document.title = errors > 0 ? `エラー ${errors}｜${title}` : title;
  byId("problem").hidden = problem === null;
  setText(byId("problem"), problem ?? "");
}

function spoken({ errors, warnings }, first) {
  const found = [errors > 0 && `エラー ${errors}件`, warnings > 0 && `注意 ${warnings}件`].filter(Boolean).join("、");
  return `${first ? "表示しました" : "更新しました"}。${found || "誤りはありません"}`;
}

async function onState(next) {
  // A reconnection brings the same round again.
  if (state?.serial === next.serial) return;
  const first = state === null;
  const findAgain = rememberReading();
  state = next;
  savedFile = state.saved?.file ?? savedFile;
  readPlaces(state);
  showStatus(state);
  fitTo(state.pages);
  const changed = updatePages(state.pages);
  findAgain();
  updateUndo(state);
  updateMends(state);
  updateProgram(state);
  updateContents(state, goTo);
  updateRemarks(state, closeIfCovering, () => updateContents(state, goTo));
  updateList(state);
  updateMessages(state, savedFile, (anchor) => placeOf.has(anchor), goTo);
  followSaved(first ? null : state.saved);
  goToAsked(state);
  look();
  forgetPicked();
  refreshSearch();
  if (!first) markChanged(changed);
  announce(state.problem ?? spoken(state, first));
  const { round } = state;
  await visibleShown();
  if (state.round === round) document.documentElement.dataset.round = String(round);
}

function start() {
  startZoom();
  startSidebar();
  startContents();
  startSearch();
  startSource(programsAround);
  startWalk();
  startUndo();
  beforeUndo(() => saveLine());
  startMends();
  startEarlier();
  startSettings();
  startRemarks(() => openTab("tab-remarks"));
  startTasks().then((mayWrite) => {
    byId("progress-link").hidden = mayWrite;
    if (mayWrite) startList(goTo);
  });
  startProgram(goTo);
  const follow = byId("follow");
  follow.checked = remembered("follow", true) !== false;
  follow.addEventListener("change", () => remember("follow", follow.checked));
  addEventListener("pointerdown", () => { pointerDown = true; });
  for (const end of ["pointerup", "pointercancel", "blur"]) addEventListener(end, () => { pointerDown = false; });
  onLook(showCurrent);
  // So that the space bar and Page Down scroll the pages at once.
  byId("pages").focus({ preventScroll: true, focusVisible: false });
  connect(onState);
}

start();
