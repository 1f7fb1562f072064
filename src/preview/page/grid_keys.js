// Owns the keys of a grid: as in a spreadsheet, arrows leave a cell at the edge of its text, Enter goes down, Tab goes on. While the
// input method composes no key is ours.

const TOOL_KEYS = { ArrowRight: "child", ArrowLeft: "parent", ArrowUp: "up", ArrowDown: "down", KeyG: "group", KeyN: "note" };

/** Whether the caret is at the edge of the text to which an arrow points. */
function isAtEdge({ value, selectionStart, selectionEnd }, key) {
  if (selectionStart !== selectionEnd) return false;
  if (key === "ArrowLeft") return selectionStart === 0;
  if (key === "ArrowRight") return selectionEnd === value.length;
  return key === "ArrowUp" ? !value.slice(0, selectionStart).includes("\n") : !value.slice(selectionEnd).includes("\n");
}

const boxesOf = (row) => [...row.querySelectorAll("textarea")];

/** The box above or below in the same column, or the nearest left of it. */
function beside(view, box, step, at) {
  const rows = [...view.body.rows];
  for (let index = rows.indexOf(box.closest("tr")) + step; rows[index]; index += step) {
    const boxes = boxesOf(rows[index]);
    if (boxes.length > 0) return boxes.find((other) => other.at === at) ?? boxes.findLast((other) => other.at < at) ?? boxes[0];
  }
  return null;
}

function go(box, isWhole) {
  box.focus();
  if (isWhole) box.select();
}

function next(view, box, step) {
  const boxes = [...view.body.querySelectorAll("textarea")];
  return boxes[boxes.indexOf(box) + step] ?? null;
}

function breakLine(event) {
  event.preventDefault();
  document.execCommand("insertText", false, "\n");
}

function onEnter(view, event, box) {
  if (event.altKey || (event.shiftKey && !event.ctrlKey)) return breakLine(event);
  event.preventDefault();
  if (event.ctrlKey) return view.tools.run(event.shiftKey ? "above" : "below");
  const below = beside(view, box, 1, view.startColumn ?? box.at);
  if (below) go(below, true);
  else view.leave();
}

function onArrow(view, event, box) {
  if (event.shiftKey || event.ctrlKey || event.metaKey || !isAtEdge(box, event.key)) return;
  const step = event.key === "ArrowUp" || event.key === "ArrowLeft" ? -1 : 1;
  const target = event.key === "ArrowUp" || event.key === "ArrowDown" ? beside(view, box, step, box.at) : next(view, box, step);
  if (!target) return;
  event.preventDefault();
  view.startColumn = target.at;
  go(target, false);
  const end = step < 0 ? target.value.length : 0;
  target.setSelectionRange(end, end);
}

function onKey(view, event) {
  const box = event.target;
  if (box.row === undefined || event.isComposing || event.keyCode === 229) return;
  const tool = TOOL_KEYS[event.code];
  if (event.altKey && event.shiftKey && tool) {
    event.preventDefault();
    view.tools.run(tool);
  } else if (event.altKey && event.key === "Delete") {
    event.preventDefault();
    view.tools.run("remove");
  } else if (event.altKey && event.key === "ArrowDown") {
    event.preventDefault();
    view.tools.picks.querySelector("button")?.focus();
  } else if (event.key === "Enter") {
    onEnter(view, event, box);
  } else if (event.key.startsWith("Arrow") && !event.altKey) {
    onArrow(view, event, box);
  } else if (event.key === "Escape" && view.takeBack(box)) {
    event.preventDefault();
    event.stopPropagation();
  }
}

export function startGridKeys(view) {
  view.body.addEventListener("keydown", (event) => onKey(view, event));
  // Enter goes back to the column in which a run of Tabs began.
  view.body.addEventListener("keydown", ({ key }) => { view.byTab = key === "Tab"; }, true);
  view.body.addEventListener("pointerdown", () => { view.byTab = false; }, true);
  view.body.addEventListener("focusin", ({ target }) => {
    if (!view.byTab) view.startColumn = target.at;
  });
}
