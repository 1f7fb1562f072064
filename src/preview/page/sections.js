// Owns the sections of a program: where each stands, and for each the boxes that its kind asks for.

import { arrange, byId, element } from "./dom.js";
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
      Object.assign(box, { choices, standard, isNeeded });
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

/** A section with its heading, which may be what is wrong. */
function unknown(owner, section) {
  const made = prose(owner, section);
  made.savers()[0].holdsHeadings = true;
  return made;
}

function table(owner, section) {
  const caption = makeText(owner, "表の題（なくてもよい）", true);
  const view = makeGrid(owner, section.name);
  const found = element("ul", { class: "found" });
  return {
    nodes: [caption.node, view.node, found],
    savers: () => [...(caption.box.piece ? [caption.box] : []), view],
    places: () => [...(caption.box.piece ? [caption.place()] : []), ...rowPlaces(view, found),
      headPlace(view, found, view.body.querySelector("textarea"))],
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
    // The one cell of the line that a message speaks of, or that it misses.
    cellOf: (message) => (LACKING.has(message.code) && emptyCell(row)) || row.node.querySelector(`[data-at="${columnOf(message, view.table.grid.columns)}"]`),
  }));
}

// A row with too few cells.
const LACKING = new Set(["J020", "J023", "J025"]);

/** The first cell of a row in which nothing is typed. */
const emptyCell = ({ node }) => [...node.querySelectorAll("textarea")].find(({ at, value }) => at >= 0 && value.trim() === "");

/** The column of the one cell that a message speaks of, −1 for the row's name; null where it speaks of several. */
function columnOf({ source, start, end }, columns) {
  const bars = (text) => text.match(/[｜|│]/g)?.length ?? 0;
  if (bars(source.slice(start, end)) > 1) return null;
  const at = bars(source.slice(0, end)) - 1;
  // What is worked out need not stand in the file.
  const typed = columns.map((column, index) => ({ ...column, index })).filter(({ is_computed: isComputed }) => !isComputed);
  return at >= 0 && bars(source) < columns.length ? typed[at]?.index ?? at : at;
}

/** The heading above rows, where it stands in the file: it leads to the first box. */
const headPlace = ({ table: { grid }, node }, found, input) => {
  const line = grid?.insert.line;
  return { from: line, to: line, is: line !== undefined, isHead: true, found, node, input };
};

function photos(owner, section) {
  const view = makePhotos(owner, section.name);
  const found = element("ul", { class: "found" });
  return {
    nodes: [view.node, found],
    savers: () => [view],
    places: () => [...rowPlaces(view, found), headPlace(view, found, view.input)],
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

const KINDS = { prose, choice, grades, table, photos, case: caseOf, memo, unknown };
const FOLDED = new Set(["memo"]);

/** A section. One that need not be there and is not stands folded. */
function makeSection(owner, section) {
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
  const it = { key: section.key, name: section.name, kind, node, is_first: section.is_required || section.is_there, body, savers: body.savers };
  it.places = () => body.places().filter(({ isHead }) => !isHead || it.isThere);
  another.addEventListener("click", () => owner.insert(it.another, it.seen, section.name));
  it.update = (next, seen) => {
    Object.assign(it, { another: next.another, isThere: next.is_there, seen });
    another.hidden = next.another === null;
    body.update(next.body, seen);
  };
  return it;
}

/** The parts of a form in their order, before anything is in them. */
export const emptyParts = () => [
  element("ul", { id: "program-found", class: "found" }),
  element("div", { id: "program-title-field" }),
  element("div", { id: "program-fields" }),
  element("details", {}, element("summary", {}, "ほかの項目"), element("div", { id: "program-extras" })),
  element("div", { id: "program-others" }),
  element("div", { id: "program-sections" }),
  element("div", { id: "program-optional", hidden: true }, element("h3", { class: "rest" }, "ほかに書ける見出し"), element("div", { id: "program-others-sections" })),
];

const isUnsaved = (section) => section.savers().some((saver) => saver.isUnsaved());

/** Shows the sections of a form, and gives all that are shown. They stand where they stood when the program was opened: one that is begun
    does not jump away from under the hands. */
export function showSections(owner, sections, form) {
  form.sections.forEach((section) => {
    const known = sections.find(({ key, kind }) => key === section.key && kind === section.body.kind);
    if (known) return known.update(section, form.seen);
    const old = sections.findIndex(({ key }) => key === section.key);
    if (old >= 0 && !isUnsaved(sections[old])) sections.splice(old, 1)[0].node.remove();
    const made = makeSection(owner, section);
    placeSection(made, section.name, sections);
    sections.push(made);
    made.update(section, form.seen);
  });
  const keys = new Set(form.sections.map(({ key, body }) => `${body.kind} ${key}`));
  return sections.filter((section) => {
    const stays = keys.has(`${section.kind} ${section.key}`) || isUnsaved(section);
    if (!stays) section.node.remove();
    return stays;
  });
}

/** What must be there, and what is, stands first; a further one of a name right behind the last. */
function placeSection(made, name, sections) {
  const sister = sections.findLast(({ key }) => key.startsWith(`${name}#`));
  if (sister) sister.node.after(made.node);
  else byId(made.is_first && made.kind !== "memo" ? "program-sections" : "program-others-sections").append(made.node);
  byId("program-optional").hidden = byId("program-others-sections").children.length === 0;
}
