// Domain 5 to 8, written again from the text alone, over the arrays of beyond_graph.mjs: sets and loops only.

import { isCancelled, mayCase, mayPrices } from "./model.mjs";

const linked = (login) => login.kind === "contact" && login.contact;

// Contract 4: quantity × unit_price × (1 − discount), rounded half away from zero to öre. In whole numbers throughout.
export function rowTotal(row) {
  const scaled = BigInt(row.quantity) * BigInt(row.price) * BigInt(100 - row.discount); // ten-thousandths of an öre
  const magnitude = scaled < 0n ? -scaled : scaled;
  const rounded = (magnitude + 5000n) / 10000n;
  return Number(scaled < 0n ? -rounded : rounded);
}

export const mayHaveSpecifications = (login) => Boolean(linked(login) && login.contact.customers.length);

// Domain 6.
export function maySpecification(graph, login, specification) {
  return mayHaveSpecifications(login) && specification.status !== "draft"
    && login.contact.customers.includes(specification.customer);
}

// The rows that are shown to everybody who sees the specification, and their cases.
export function specificationRows(graph, specification) {
  const shown = (row) => specification.rows.includes(row.number) && row.status !== "cancelled";
  return { rows: graph.cases.flatMap((one) => one.rows).filter(shown),
    cases: graph.cases.filter((one) => one.rows.some(shown)) };
}

export const specificationTotal = (graph, specification) =>
  specificationRows(graph, specification).rows.reduce((sum, row) => sum + rowTotal(row), 0);

// Domain 7.
export function mayFile(graph, login, file) {
  if (!linked(login) || !file.visible) return false;
  const { customers, objects } = login.contact;
  if (file.customer) return customers.includes(file.customer);
  if (file.object) {
    const owner = graph.objects.find((object) => object.number === file.object).customer;
    return objects.includes(file.object) || customers.includes(owner);
  }
  return mayCase(graph, login, graph.cases.find((one) => one.number === file.case));
}

// --- dashboards, domain 8 --------------------------------------------------------------------------------------------

export const mayHaveDashboards = (login) => Boolean(linked(login));

const zone = new Intl.DateTimeFormat("sv-SE",
  { timeZone: "Europe/Stockholm", year: "numeric", month: "2-digit", day: "2-digit" });
const day = (at) => zone.format(at);
const within = (at, filter) => at !== null && day(at) >= filter.from && day(at) <= filter.to;
const fits = (one, filter) =>
  (!filter.customer || one.customer === filter.customer) && (!filter.object || one.object === filter.object);

// What each dashboard counts, with the key of every breakdown.
// A work order that has only a time of finish can finish its case before the start that the file of cases gave it; a
// case with times in such an order has no throughput time.
const inOrder = (one) => one.finished >= one.created
  && (one.started === null || (one.created <= one.started && one.started <= one.finished));

export function facts(graph, login, board, filter) {
  const cases = graph.cases.filter((one) => !isCancelled(one) && mayCase(graph, login, one) && fits(one, filter));
  if (board === "cases")
    return cases
      .filter((one) => within(one.created, filter) && (!filter.type || one.type === filter.type))
      .map((one) =>
        ({ number: one.number, type: one.type, status: one.status, customer: one.customer, object: one.object,
        finished: one.status === "finished", day: day(one.created) }));
  if (board === "work-orders")
    return cases.flatMap((one) => one.orders
      .filter((order) => !isCancelled(order) && within(order.created, filter)
        && (!filter.work_order_type || order.type === filter.work_order_type))
      .map((order) =>
        ({ number: order.number, type: order.type, status: order.status, customer: one.customer, object: one.object,
        finished: order.status === "finished", punctuality: punctuality(order), day: day(order.created) })));
  if (board === "throughput")
    return cases
      .filter((one) => one.status === "finished" && within(one.finished, filter) && inOrder(one))
      .map((one) => ({ number: one.number, object: one.object, finished: true, took: one.finished - one.created,
        duration: duration(one.finished - one.created), day: day(one.finished),
        waiting: one.started === null ? null : one.started - one.created,
        working: one.started === null ? null : one.finished - one.started }));
  return cases
    .filter((one) => within(one.created, filter))
    .flatMap((one) => one.rows
      .filter((row) => row.status !== "cancelled" && (!filter.action_code || row.code === filter.action_code) &&
        (!filter.article_type || row.type === filter.article_type))
      .map((row) =>
        ({ number: row.number, article_type: row.type, action_code: row.code, article: row.article, object: one.object,
        day: day(one.created), total: mayPrices(graph, login, one) ? rowTotal(row) : null })));
}

function punctuality(order) {
  if (order.status !== "finished") return "not_finished";
  if (order.bookedTo === null || order.finished === null) return "not_booked";
  return order.finished <= order.bookedTo ? "on_time" : "late";
}

function duration(took) {
  const below = { "0-4h": 4, "4-8h": 8, "8-24h": 24, "1-2d": 48, "2-4d": 96, "4-7d": 168, "1-2w": 336, "2-4w": 672,
    "4w-": Infinity };
  return Object.keys(below).find((code) => took < below[code] * 3600e3);
}

const ascending = (values) => [...values].sort((a, b) => a - b);

export function median(values) {
  const sorted = ascending(values);
  const middle = Math.floor(sorted.length / 2);
  if (!sorted.length) return null;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

// The smallest value that at least nine of ten do not exceed.
export function percentile90(values) {
  const sorted = ascending(values);
  return sorted.length
    ? sorted.find((value) => sorted.filter((other) => other <= value).length * 10 >= sorted.length * 9) : null;
}

export const mean = (values) => (values.length ? values.reduce((a, b) => a + b, 0) / values.length : null);
