// Owns the tools above the list of chapters and programs, of a page that may write.

import { byId, element } from "./dom.js";
import { startAdd, updateAdd } from "./add.js";
import { startOrder, updateOrder } from "./order.js";

let last = null;
let mayWrite = false;

/** After the list shows a new state. */
export function updateList(state) {
  last = state;
  if (!mayWrite) return;
  updateOrder(state);
  updateAdd(state);
}

/** `jump` goes to an anchor. */
export function startList(jump) {
  mayWrite = true;
  const tools = element("p", { class: "actions list-tools" });
  byId("contents").prepend(tools);
  startAdd(tools, jump);
  startOrder(tools);
  if (last) updateList(last);
}
