// Owns the words of a box that were typed and not yet sent, by the place that they are for: they come back when the same place is opened
// again, until they are sent. The file does not know them, so a draft of the server would be none of it.

const PREFIX = "report-preview-unsent-";
// Storage may be forbidden: then they stay as long as the page.
const here = new Map();

const nameOf = (place) => PREFIX + JSON.stringify(place);

/** The words that were typed for a place and not sent. */
export function unsent(place) {
  const name = nameOf(place);
  try {
    return here.get(name) ?? sessionStorage.getItem(name) ?? "";
  } catch {
    return here.get(name) ?? "";
  }
}

/** Keeps the words of a place; none once they are sent. */
export function keepUnsent(place, words) {
  const name = nameOf(place);
  here.set(name, words);
  try {
    if (words.trim() === "") sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, words);
  } catch {
    // They stay in `here`.
  }
}

/** Asks before the page goes while an open box holds words. */
export function guardUnsent(dialog, box) {
  addEventListener("beforeunload", (event) => { if (dialog.open && box.value.trim() !== "") event.preventDefault(); });
}
