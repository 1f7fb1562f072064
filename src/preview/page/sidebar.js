// Owns the frame of the sidebar: its tabs, and opening and closing it: in narrow windows by hand, and where a program's form needs the room;
// and what that form covers.

import { byId } from "./dom.js";

const tabs = [...document.querySelectorAll('[role="tab"]')];
const sidebar = byId("sidebar");
const toggle = byId("sidebar-toggle");
// In em, so that enlarged text also gets the narrow layout.
const narrow = matchMedia("(max-width: 56em)");
// Here pages and form stand side by side, without room for the list. As in program.css.
const tight = matchMedia("(min-width: 75em) and (max-width: 93.99em)");
// Elsewhere the form lies over the pages.
const beside = matchMedia("(min-width: 75em)");

let isFormOpen = false;
// Whether it was closed for the form, and comes back after it.
let isAside = false;

function select(tab, focus) {
  for (const each of tabs) {
    const chosen = each === tab;
    each.setAttribute("aria-selected", String(chosen));
    each.tabIndex = chosen ? 0 : -1;
    byId(each.getAttribute("aria-controls")).hidden = !chosen;
  }
  if (focus) tab.focus();
}

function setOpen(open) {
  sidebar.hidden = !open;
  toggle.setAttribute("aria-expanded", String(open));
}

/** The form of a program is opened or closed. */
export function makeRoom(isOpen) {
  isFormOpen = isOpen;
  settle();
  cover();
}

/** Where the form lies over the pages, nobody reaches what is below it, and it is what the window is about. */
function cover() {
  const isOver = isFormOpen && !beside.matches;
  document.querySelector(".page-area").inert = isOver;
  byId("program").setAttribute("role", isOver ? "main" : "complementary");
  byId("program-report").hidden = !isOver;
}

function settle() {
  if (narrow.matches) return;
  if (isFormOpen && tight.matches && !sidebar.hidden) {
    isAside = true;
    setOpen(false);
  } else if (isAside && !(isFormOpen && tight.matches)) {
    isAside = false;
    setOpen(true);
  }
}

/** In a narrow window the sidebar covers the pages, so it closes once a place has been chosen. */
export function closeIfCovering() {
  if (narrow.matches && !sidebar.hidden) {
    setOpen(false);
    byId("pages").focus({ preventScroll: true });
  }
}

/** Shows a tab, opening the sidebar where it is closed. */
export function openTab(id) {
  isAside = false;
  setOpen(true);
  select(byId(id), false);
}

export function startSidebar() {
  for (const tab of tabs) {
    tab.addEventListener("click", () => select(tab, false));
    tab.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      event.preventDefault();
      const shown = tabs.filter((each) => !each.hidden);
      const by = event.key === "ArrowRight" ? 1 : -1;
      select(shown.at((shown.indexOf(tab) + by) % shown.length), true);
    });
  }
  toggle.addEventListener("click", () => {
    const open = sidebar.hidden;
    isAside = false;
    setOpen(open);
    if (open && narrow.matches) tabs.find((tab) => tab.tabIndex === 0).focus();
  });
  const leave = () => {
    setOpen(false);
    toggle.focus();
  };
  sidebar.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !narrow.matches) return;
    event.stopPropagation();
    leave();
  });
  byId("sidebar-close").addEventListener("click", leave);
  // Beside it lies a curtain of the body's own: what is below does not act.
  document.body.addEventListener("click", ({ target }) => { if (target === document.body && narrow.matches && !sidebar.hidden) leave(); });
  narrow.addEventListener("change", () => {
    isAside = false;
    setOpen(!narrow.matches);
    settle();
  });
  tight.addEventListener("change", settle);
  beside.addEventListener("change", cover);
  setOpen(!narrow.matches);
}
