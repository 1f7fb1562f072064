// Owns the frame of the sidebar: its tabs and, in narrow windows, opening and closing it.

import { byId } from "./dom.js";

const tabs = [...document.querySelectorAll('[role="tab"]')];
const sidebar = byId("sidebar");
const toggle = byId("sidebar-toggle");
// In em, so that enlarged text also gets the narrow layout.
const narrow = matchMedia("(max-width: 56em)");

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

/** In a narrow window the sidebar covers the pages, so it closes once a place has been chosen. */
export function closeIfCovering() {
  if (narrow.matches && !sidebar.hidden) {
    setOpen(false);
    byId("pages").focus({ preventScroll: true });
  }
}

/** Shows a tab, opening the sidebar where it is closed. */
export function openTab(id) {
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
    setOpen(open);
    if (open && narrow.matches) tabs.find((tab) => tab.tabIndex === 0).focus();
  });
  sidebar.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !narrow.matches) return;
    event.stopPropagation();
    setOpen(false);
    toggle.focus();
  });
  narrow.addEventListener("change", () => setOpen(!narrow.matches));
  setOpen(!narrow.matches);
}
