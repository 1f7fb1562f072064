// Owns the sections of a program: for each the boxes that its kind asks for.

import { arrange, element } from "./dom.js";
import { makeBox, match, newName, update } from "./boxes.js";
import { makeGrid, updateGrid } from "./grid.js";
import { makePhotos, updatePhotos } from "./photos.js";

/** A labelled text area. */
function makeText(owner, name, isOneLine = false) {
  const id = newName();
  const found = element("ul", { id: `${id}-found`, class: "found" });
  const input = isOneLine
    ? element("input", { id, type: "text", autocomplete: "off", "aria-describedby": `${id}-found` })
    : element("textarea", { id, rows: "2", "aria-describedby": `${id}-found` });
  const box = makeBox(owner, input);
  const node = element("div", { class: "wording" }, element("label", { for: id }, name), input, box.said, found);
  const place = () => ({ from: box.piece.line, to: box.piece.last_line, is: box.piece.is_there, found, input });
  return { node, box, place, update: (piece, seen) => update(box, piece, seen) };
}

function makeChoice(owner, name) {
  const id = newName();
  const found = element("ul", { id: `${id}-found`, class: "found" });
  const input = element("select", { id, "aria-describedby": `${id}-found` });
  const box = makeBox(owner, input);
  const node = element("div", { class: "wording" }, element("label", { for: id }, name), input, box.said, found);
  const place = () => ({ from: box.piece.line, to: box.piece.last_line, is: box.piece.is_there, found, input });
  return {
    node, box, place,
    update: (piece, seen, choices, standard = null, isNeeded = false) => {
      Object.assign(box, { choices, isNeeded });
      box.empty = standard ? `（書かなければ ${standard}）` : "選んでください";
      update(box, piece, seen);
    },
  };
}

/** What a list of parts is to the panel. */
const together = (parts, nodes = parts.map(({ node }) => node)) => ({
  nodes,
  savers: () => parts.map(({ box }) => box),
  places: () => parts.map(({ place }) => place()),
});

function prose(owner, section) {
  const text = makeText(owner, section.name);
  text.node.querySelector("label").classList.add("unseen");
  return { ...together([text]), update: ({ text: piece }, seen) => text.update(piece, seen) };
}

function choice(owner, section) {
  const chosen = makeChoice(owner, section.name);
  const reason = makeText(owner, "説明");
  return {
    ...together([chosen, reason]),
    update: (body, seen) => {
      // Without a choice the reason's first line would be taken for it.
      chosen.update(body.choice, seen, body.choices, body.standard, body.reason.is_there);
      reason.update(body.reason, seen);
      // What is written first would be taken for the choice.
      reason.box.input.readOnly = body.waits;
      reason.box.input.placeholder = body.waits ? "先に上の欄で選んでください" : "";
    },
  };
}

function grades(owner) {
  const rows = new Map();
  const others = [];
  const node = element("div", { class: "grades" });
  const all = () => [...rows.values()].flatMap(({ grade, reason }) => [grade, reason]).concat(others);
  return {
    nodes: [node],
    savers: () => all().map(({ box }) => box),
    places: () => all().map(({ place }) => place()),
    update: (body, seen) => {
      for (const { name, choices, grade, reason } of body.rows) {
        if (!rows.has(name)) {
          const made = { grade: makeChoice(owner, name), reason: makeText(owner, `${name}の理由`) };
          rows.set(name, made);
          node.append(element("div", { class: "criterion" }, made.grade.node, made.reason.node));
        }
        rows.get(name).grade.update(grade, seen, choices);
        rows.get(name).reason.update(reason, seen);
      }
      updateOthers(owner, node, others, body.others, seen);
    },
  };
}

/** Lines that belong to no box of their own stay in sight; a box stays until what is typed in it is saved. */
export function updateOthers(owner, node, boxes, pieces, seen) {
  const { found, left, gone } = match(boxes, pieces);
  for (const text of gone) text.node.remove();
  const shown = found.map((text) => text ?? makeText(owner, "そのほかの行"));
  boxes.splice(0, boxes.length, ...shown, ...left);
  const others = [...node.children].filter((child) => !boxes.some((text) => text.node === child));
  arrange(node, [...others, ...boxes.map((text) => text.node)]);
  shown.forEach((text, at) => text.update(pieces[at], seen));
}

/** Nothing of a memo is read but what ends it. */
function memo(owner, section) {
  const made = prose(owner, section);
  made.savers()[0].isMemo = true;
  return made;
}

function table(owner, section) {
  const caption = makeText(owner, "表の題（なくてもよい）", true);
  const view = makeGrid(owner, section.name);
  const found = element("ul", { class: "found" });
  return {
    nodes: [caption.node, view.node, found],
    savers: () => [...(caption.box.piece ? [caption.box] : []), view],
    places: () => (caption.box.piece ? [caption.place()] : []).concat(rowPlaces(view, found)),
    update: (body, seen) => {
      caption.node.hidden = body.caption === null;
      if (body.caption) caption.update(body.caption, seen);
      view.tools.showFor(body.grid);
      updateGrid(view, body.grid, seen);
    },
  };
}

/** The rows of a grid, for messages: all of them are told below the table. */
function rowPlaces(view, found) {
  return view.table.rows.filter(({ base, node }) => base && node).map((row) => ({
    from: row.base.line, to: row.base.last_line, is: true, found, row: row.node,
    input: row.node.querySelector("textarea"),
    // The one cell of the line that a message speaks of.
    cellOf: ({ source, start, end }) => {
      const bars = (text) => text.match(/[｜|│]/g)?.length ?? 0;
      const at = bars(source.slice(0, end)) - 1;
      return bars(source.slice(start, end)) > 1 ? null : row.node.querySelector(`[data-at="${at}"]`);
    },
  }));
}

function photos(owner, section) {
  const view = makePhotos(owner, section.name);
  const found = element("ul", { class: "found" });
  return {
    nodes: [view.node, found],
    savers: () => [view],
    places: () => rowPlaces(view, found),
    update: (body, seen) => updatePhotos(view, body.grid, seen),
  };
}

function caseOf(owner) {
  const title = makeText(owner, "事例の題", true);
  const text = makeText(owner, "事例の文");
  return {
    ...together([title, text]),
    update: (body, seen) => {
      title.update(body.title, seen);
      text.update(body.text, seen);
    },
  };
}

const KINDS = { prose, choice, grades, table, photos, case: caseOf, memo, unknown: prose };
const FOLDED = new Set(["memo"]);

/** A section. One that need not be there and is not stands folded. */
export function makeSection(owner, section) {
  const { kind } = section.body;
  const body = KINDS[kind](owner, section);
  const isFolded = FOLDED.has(kind) || (!section.is_required && !section.is_there);
  const name = element("h3", {}, section.name, " ", section.is_required && element("span", { class: "need" }, "必須"));
  const hint = element("p", { class: "hint" }, section.hint);
  const node = isFolded
    ? element("details", { class: "section" }, element("summary", {}, name), hint, ...body.nodes)
    : element("section", { class: "section" }, name, hint, ...body.nodes);
  const another = element("button", { type: "button", hidden: true }, `【${section.name}】をもう1つ`);
  node.append(another);
  node.addEventListener("toggle", () => node.dispatchEvent(new CustomEvent("fit", { bubbles: true })));
  const it = { key: section.key, kind, node, is_first: section.is_required || section.is_there, body, savers: body.savers, places: body.places };
  another.addEventListener("click", () => owner.insert(it.another, it.seen, section.name));
  it.update = (next, seen) => {
    Object.assign(it, { another: next.another, seen });
    another.hidden = next.another === null;
    body.update(next.body, seen);
  };
  return it;
}
