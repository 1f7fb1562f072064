// Owns where a message of a program stands in its form: below the box that holds its line, with the box or the cell marked; what is new
// of a box or row in use waits until it is left.

import { arrange, byId, setText } from "./dom.js";
import { wordsInForm } from "./form_words.js";
import { lookOf, makeMessage } from "./messages.js";

/** The smallest of the places that hold a line. What is said of a heading stands at what is written right below it. */
function placeOf(places, line, source = "") {
  const holding = (at) => places.filter(({ from, to }) => from <= at && at <= to)
    .sort((one, other) => (one.to - one.from) - (other.to - other.from))[0];
  return holding(line) ?? (source.trimStart().startsWith("【") ? holding(line + 1) : undefined);
}

/** Where one writes at a line of a program, or what a message of it speaks of. Undefined where nothing is. */
export function inputFor(places, line, message) {
  const place = placeOf(places, line, message?.source);
  return (message && place?.cellOf?.(message)) ?? place?.input;
}

// What is said of the whole program stands at its heading.
const isOfAll = ({ source, end }) => source.startsWith("【事業】") && end <= "【事業】".length;

/** Where one begins to write in a part of the form: of a table its first cell. */
export const firstBox = (node) => node.querySelector(".grid tbody textarea") ?? node.querySelector("input, select, textarea");

/** The part of the form that a message says is not there, by its name: said of the whole program, or of its title. */
function missingPart(message, parts) {
  const lacks = ({ name }) => ["", "「", "【"].some((open) => {
    const rest = message.message.startsWith(open + name) && message.message.slice(open.length + name.length).replace(/^[」】]/, "");
    return rest && (isOfAll(message) || (message.source.startsWith("【事業】") && /^が(ない|ありません)/.test(rest)));
  });
  return parts.filter(lacks).toSorted((one, other) => other.name.length - one.name.length)[0];
}

/** Where one writes what a message says is not there; of the whole program in the first box that must be filled and is not, where it
    names none. Undefined where it is of a line. */
export function missingBox(panel, message, parts) {
  const named = missingPart(message, parts);
  if (named) return firstBox(named.node);
  if (!isOfAll(message)) return undefined;
  return [...panel.querySelectorAll(".program-body .field:has(.need) :is(input, select)")].find(({ value }) => value === "");
}

/** Whether somebody writes just there; of a table the row counts, not the others of it. */
const isInHand = ({ row, input, node }) => (row ?? node ?? input)?.contains(document.activeElement) ?? false;

/** Where one writes what stands below the heading that a message speaks of, whether anything stands there or not. Undefined where the form
    has no such part. */
export function boxBelow({ source }, parts) {
  const heading = source.match(/^\s*【([^】]+)】/)?.[1];
  const part = parts.find(({ name }) => name === heading);
  return part && firstBox(part.node);
}

/** Where a message stands that belongs to a part which is not there: in it, unless that is folded away. */
function placeIn(part) {
  const found = part?.node.querySelector(".found");
  return found?.closest("details:not([open])") === null ? { found, input: firstBox(part.node) } : undefined;
}

/** Shows the messages of a file; what belongs to no box stands above all. True where some wait for whoever writes just there. */
export function tellIn(panel, messages, places, parts) {
  let isWaiting = false;
  const lists = new Map([...panel.querySelectorAll(".found")].map((list) => [list, []]));
  for (const node of panel.querySelectorAll(".wrong, .doubtful")) node.classList.remove("wrong", "doubtful");
  for (const message of messages) {
    const missing = missingPart(message, parts);
    const place = missing || isOfAll(message) ? placeIn(missing) : placeOf(places, message.line, message.source);
    const list = place?.found ?? byId("program-found");
    if (place && isInHand(place) && ![...list.children].some((item) => sayingOf(item.message) === sayingOf(message))) {
      isWaiting = true;
      continue;
    }
    lists.get(list).push({ message, words: wordsInForm(message, place) });
    (place?.cellOf?.(message) ?? place?.row ?? place?.input)?.classList.add(message.severity === "error" ? "wrong" : "doubtful");
  }
  for (const [list, own] of lists) fill(list, own);
  return isWaiting;
}

/** What a message says, wherever its line is by now. */
const sayingOf = ({ code, message, file }) => JSON.stringify([code, message, file]);

/** The messages of a list. What stays the same keeps its element, and so does the one in use: a reason may be half typed there. */
function fill(list, told) {
  const messages = told.map(({ message }) => message);
  const left = [...list.children];
  const claim = (fits) => {
    const at = left.findIndex(fits);
    return at < 0 ? null : left.splice(at, 1)[0];
  };
  const isInUse = (item) => item.contains(document.activeElement);
  const kept = messages.map((message) => claim((item) => lookOf(item.message) === lookOf(message)));
  const items = messages.map((message, at) => {
    const item = kept[at] ?? claim((other) => isInUse(other) && sayingOf(other.message) === sayingOf(message));
    if (!item) return makeMessage(message, null, told[at].words);
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
