// Owns the fields of a program's head: a labelled box for each value.

import { arrange, element } from "./dom.js";
import { makeBox, match, newName, update } from "./boxes.js";
import { wordList } from "./suggest.js";

const HAS_WORDS = new Set(["number", "amount", "year", "period", "department"]);

const oneLine = (name) => (text) => (/[\n]/.test(text) ? `「${name}」は1行で書いてください。` : "");

function makeInput(field, id, described) {
  if (field.kind === "choice") return element("select", { id, "aria-describedby": described });
  return element("input", {
    id, type: "text", class: `value-${field.kind}`, autocomplete: "off", spellcheck: "false", "aria-describedby": described,
    inputmode: null, list: HAS_WORDS.has(field.kind) ? `${id}-words` : null,
  });
}

/** A value of a field, with its label. */
function makeValue(owner, field, ordinal) {
  const id = newName();
  const input = makeInput(field, id, `${id}-hint ${id}-found`);
  const box = makeBox(owner, input, oneLine(field.name));
  const words = HAS_WORDS.has(field.kind) ? wordList(`${id}-words`) : null;
  const nameAt = (at) => (at === 0 ? field.name : `${field.name}　${at + 1}つ目`);
  const label = element("label", { for: id }, nameAt(ordinal), " ", field.is_required && ordinal === 0 && element("span", { class: "need" }, "必須"));
  const found = element("ul", { id: `${id}-found`, class: "found" });
  const unit = field.unit && element("span", { class: "unit" }, field.unit);
  // An amount that brings its own unit is not given another one.
  const showUnit = () => { if (unit) unit.hidden = /円[）)]?\s*$/.test(input.value); };
  input.addEventListener("input", showUnit);
  const line = element("span", { class: "line-of" }, input, unit);
  const hint = element("p", { id: `${id}-hint`, class: "hint" }, ordinal === 0 ? field.hint : "");
  const node = element("div", { class: "field" }, label, line, hint, box.said, found, words?.list ?? null);
  const value = { node, box, found };
  value.update = (next, piece, seen, at) => {
    if (label.firstChild.data !== nameAt(at)) label.firstChild.data = nameAt(at);
    Object.assign(box, { choices: next.choices, standard: next.standard });
    words?.update(next.suggestions);
    update(box, piece, seen);
    showUnit();
  };
  value.place = () => ({ from: box.piece.line, to: box.piece.last_line, is: box.piece.is_there, found, input });
  return value;
}

/** A field with all its values, and a further one where it may be repeated. */
export function makeField(owner, field) {
  const values = [];
  const node = element("div", { class: "values" });
  const more = element("button", { type: "button", class: "more-values" }, `${field.name}をもう1つ`);
  let wanted = false;
  more.addEventListener("click", () => {
    wanted = true;
    more.hidden = true;
    const last = values[values.length - 1];
    last.node.hidden = false;
    last.box.input.focus();
  });
  const it = { name: field.name, node, values, is_extra: field.is_extra };
  it.update = (next, seen) => {
    const pieces = next.add ? [...next.values, next.add] : next.values;
    if (wanted && pieces.length > values.length) wanted = false;
    const { found, left, gone } = match(values, pieces);
    for (const value of gone) value.node.remove();
    const shown = found.map((value, at) => value ?? makeValue(owner, next, at));
    values.splice(0, values.length, ...shown, ...left);
    arrange(node, [...values.map((value) => value.node), ...(more.isConnected ? [more] : [])]);
    shown.forEach((value, at) => value.update(next, pieces[at], seen, at));
    const isFurther = next.may_repeat && next.add !== null && (next.values.at(-1)?.text ?? "") !== "";
    if (isFurther && !more.isConnected) node.append(more);
    const last = values[values.length - 1];
    if (last) last.node.hidden = isFurther && !wanted && !last.node.contains(document.activeElement) && !last.box.stretch;
    more.hidden = !isFurther || wanted;
    it.isFilled = next.values.length > 0;
  };
  it.savers = () => values.map(({ box }) => box);
  it.places = () => values.map((value) => value.place());
  return it;
}
