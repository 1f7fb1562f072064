// Owns the one way elements are made here. Text goes in as text nodes only: what officers write in their files must
// never be read as markup.

export const byId = (id) => document.getElementById(id);

/** An element with attributes and children; strings become text, null and false are left out. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== false));
  return made;
}

/** Sets text only when it differs, so that screen readers and the layout are not disturbed for nothing. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Puts `wanted` into `parent` in that order, moving only what is out of place (a moved element loses its focus). */
export function arrange(parent, wanted) {
  const keep = new Set(wanted);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  let place = parent.firstElementChild;
  for (const child of wanted) {
    if (child === place) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
  }
}

/** Announces one short sentence to screen readers. */
export function announce(sentence) {
  const live = byId("announcement");
  // The same words twice in a row are only spoken again if the text changes in between.
  live.textContent = "";
  setTimeout(() => { live.textContent = sentence; }, 50);
}

// So long a sentence is seen.
const SEEN_FOR = 6000;
let fading = 0;

/** The time of the clock on the wall, as 14:05. */
export const clockTime = (date = new Date()) => date.toLocaleTimeString("ja-JP", { hour: "2-digit", minute: "2-digit" });

/** That something was saved, with the time. */
export const tellSaved = () => tellDone("保存しました", `保存しました　${clockTime()}`);

/** Announces what became of an act, and shows it for a while: above the pages and in the form of a program. */
export function tellDone(sentence, shown = sentence) {
  announce(sentence);
  showLately(shown);
  clearTimeout(fading);
  fading = setTimeout(tellNothing, SEEN_FOR);
}

function showLately(words) {
  for (const node of document.querySelectorAll(".lately")) {
    setText(node, words);
    node.title = words;
  }
}

/** What was shown speaks of what is not before the reader any more. */
export const tellNothing = () => showLately("");

export const isTyping = (target) => target instanceof Element && target.matches("input, textarea, select");
