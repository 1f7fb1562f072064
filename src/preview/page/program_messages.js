// Owns where a message of a program stands in its form: below the box that holds its line, with the box or the cell marked.

import { arrange, byId, setText } from "./dom.js";
import { lookOf, makeMessage } from "./messages.js";

/** The smallest of the places that hold a line. */
export const placeOf = (places, line) => places.filter(({ from, to }) => from <= line && line <= to)
  .sort((one, other) => (one.to - one.from) - (other.to - other.from))[0];

// What is said of the whole program stands at its heading.
const isOfAll = ({ source, end }) => source.startsWith("【事業】") && end <= "【事業】".length;

/** Shows the messages of a file; what belongs to no box stands above all. */
export function tellIn(panel, messages, places) {
  const lists = new Map([...panel.querySelectorAll(".found")].map((list) => [list, []]));
  for (const node of panel.querySelectorAll(".wrong")) node.classList.remove("wrong");
  for (const message of messages) {
    const place = isOfAll(message) ? undefined : placeOf(places, message.line);
    lists.get(place?.found ?? byId("program-found")).push(message);
    (place?.cellOf?.(message) ?? place?.row ?? place?.input)?.classList.add("wrong");
  }
  for (const [list, own] of lists) fill(list, own);
}

/** What a message says, wherever its line is by now. */
const sayingOf = ({ code, message, file }) => JSON.stringify([code, message, file]);

/** The messages of a list. What stays the same keeps its element, and so does the one in use: a reason may be half typed there. */
function fill(list, messages) {
  const left = [...list.children];
  const claim = (fits) => {
    const at = left.findIndex(fits);
    return at < 0 ? null : left.splice(at, 1)[0];
  };
  const isInUse = (item) => item.contains(document.activeElement);
  const kept = messages.map((message) => claim((item) => lookOf(item.message) === lookOf(message)));
  const items = messages.map((message, at) => {
    const item = kept[at] ?? claim((other) => isInUse(other) && sayingOf(other.message) === sayingOf(message));
    if (!item) return makeMessage(message, null);
    item.message = message;
    const line = item.querySelector(".where .whole");
    if (line) setText(line, `${message.line}行目`);
    return item;
  });
  const place = left.some(isInUse) ? [...list.children].findIndex(isInUse) : -1;
  arrange(list, items);
  // Where the message that had the focus is gone, the one in its place has it.
  if (place >= 0) (items[Math.min(place, items.length - 1)] ?? list.parentElement).querySelector("button, input, textarea, select")?.focus();
}
