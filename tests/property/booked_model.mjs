// Domain 5.18 and 5.19, written again from the text alone, over the arrays of beyond_graph.mjs.

import { isCancelled } from "./model.mjs";

// The next booking of an open case: the earliest of its open work orders; null: nobody is booked.
export function bookedOf(one) {
  if (isCancelled(one)) return null;
  const isOpen = (order) => order.status !== "finished" && !isCancelled(order);
  const times = one.orders.filter((order) => isOpen(order) && order.bookedTo !== null)
    .map((order) => order.bookedTo);
  return times.length ? Math.min(...times) : null;
}

// Staff wrote the newest message, and the login has not opened the case since.
export function unreadOf(login, one) {
  const newest = one.talk?.at(-1);
  return newest !== undefined && newest.from === "staff" && !newest.seen.has(login.name);
}
