// Owns how the table of a view is saved: as one stretch of all that was changed. The view draws its boxes in `boxes`, and says what else
// is to be done when nothing is left to save (`closed`) and when a conflict is shown elsewhere (`handedOver`).

import { sayIn } from "./boxes.js";
import { adopt, faultIn, isChanged, isTypedOn, markSent, reset, stretchOf } from "./table.js";
import { end, isDirty, keepSoon, startStretch } from "./stretch.js";

const newStretch = (view) => startStretch(() => stretchOf(view.table), (words) => view.say(words));

/** What the queue of saves asks of a view with a table. */
export const tableSaver = (view) => ({
  fault: () => faultIn(view.table),
  say: (words, again = null) => sayIn(view.said, words, again),
  isUnsaved: () => view.stretch !== null && isDirty(view.stretch),
  leave: () => (view.stretch ? view.owner.save(view) : undefined),
  sending: () => markSent(view.table),
  saved: ({ seen }, value, it) => {
    view.own = seen;
    // What was typed meanwhile is kept before the old draft goes; as it was seen, until the rows' new places are known.
    view.stretch = isTypedOn(view.table) ? newStretch(view) : null;
    end(it, view.stretch);
  },
  close: () => {
    view.stretch = null;
    view.say("");
    view.closed?.();
  },
  handOver: () => {
    clearTimeout(view.stretch.timer);
    view.stretch = null;
    view.handedOver?.();
    reset(view.table);
  },
});

/** Something of the table is other than in the file. */
export function touched(view) {
  view.stretch ??= newStretch(view);
  keepSoon(view.stretch);
}

/** Takes over the table as the file has it now; `drawn` is called before what was typed meanwhile is saved. */
export function takeOver(view, grid, seen, drawn = () => {}) {
  const isOwn = view.own === seen;
  view.own = null;
  const isSent = adopt(view.table, grid, seen, isOwn);
  drawn();
  if (view.stretch ? !isSent : !isChanged(view.table)) return;
  // What was typed while it was saved is still to be saved.
  touched(view);
  if (!view.boxes.contains(document.activeElement)) view.leave();
}
