// Domain 5.18 and 5.19, written again from the text alone, over the arrays of beyond_graph.mjs.

// The next booking of an open case: the earliest of its work orders that are not finished; null: nobody is booked.
export function bookedOf(one) {
  const times = one.orders.filter((order) => order.status !== "finished" && order.bookedTo !== null)
    .map((order) => order.bookedTo);
  return times.length ? Math.min(...times) : null;
}

// Staff wrote the newest message, and the login has not opened the case since.
export function unreadOf(login, one) {
  const newest = one.talk?.at(-1);
  return newest !== undefined && newest.from === "staff" && !newest.seen.has(login.name);
}
