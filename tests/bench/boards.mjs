// What the dashboards are measured with: a company whose cases all belong to one contact's customers, its history
// multiplied beside the program, and the bare statements of each dashboard.

import { createWriteStream, mkdirSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";

const HOUR = 3600e3;
const DAY = 24 * HOUR;
const CUSTOMERS = 40;
const OBJECTS = 2000;
const ARTICLES = 300;
const ORDERS = 2; // a case
const ROWS = 5; // an order
const TYPES = ["material", "travel", "time", "purchase", "other"];
const MONTHS = 18;

// The same numbers on every run.
function dice(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const range = (count, line) => Array.from({ length: count }, (_, i) => line(i));
const stamp = (at) => new Date(at).toISOString().slice(0, 19) + "Z";

function registers(password) {
  return {
    "picklists.csv": ["list,key,label_sv", ...range(6, (i) => `case_type,t${i},Typ ${i}`),
      ...range(5, (i) => `work_order_type,w${i},Ordertyp ${i}`),
      ...range(12, (i) => `action_code,a${i},Kod ${i}`)],
    "customers.csv": ["number,name", ...range(CUSTOMERS, (i) => `C${i},Kund ${i} AB`)],
    "objects.csv": ["number,name,customer", ...range(OBJECTS, (i) => `O${i},Objekt ${i},C${i % CUSTOMERS}`)],
    "contacts.csv": ["number,first_name,last_name,email,customers",
      `K1,Stor,Kund,stor@x.se,${range(CUSTOMERS, (i) => `C${i}`).join("|")}`],
    "accounts.csv": ["email,password,verified", `stor@x.se,${password},yes`],
    "articles.csv": ["number,name,article_type,unit,unit_price",
      ...range(ARTICLES, (i) => `A${i},Artikel ${i},${TYPES[i % 5]},st,100`)],
  };
}

async function write(folder, name, lines) {
  const out = createWriteStream(join(folder, name));
  for (const line of lines) if (!out.write(`${line}\n`)) await once(out, "drain");
  out.end();
  await once(out, "finish");
}

function* caseLines(all) {
  yield "number,title,type,customer,object,status,created,started,finished";
  for (const one of all()) yield `${one.number},Fel ${one.index},t${one.index % 6},C${one.object % CUSTOMERS},`
    + `O${one.object},${one.state},${stamp(one.created)},${one.times}`;
}

function* orderLines(all) {
  yield "number,case,type,status,booked_from,booked_to,created,started,finished";
  for (const one of all()) {
    for (let i = 1; i <= ORDERS; i++)
      yield `${one.number}-${i},${one.number},w${(one.index + i) % 5},${one.state},${stamp(one.started)},`
        + `${stamp(one.started + 8 * HOUR)},${stamp(one.created)},${one.times}`;
  }
}

function* rowLines(all) {
  yield "number,case,work_order,article,date,action_code,article_type,quantity,unit_price,status";
  const random = dice(3);
  for (const one of all()) {
    for (let i = 1; i <= ORDERS * ROWS; i++) {
      const article = Math.floor(random() * ARTICLES);
      yield `${one.number}-${i}r,${one.number},${one.number}-${1 + (i % ORDERS)},A${article},`
        + `${stamp(one.created).slice(0, 10)},a${i % 12},${TYPES[article % 5]},${1 + (i % 8)},`
        + `${(10 + random() * 4990).toFixed(2)},attested`;
    }
  }
}

// Writes a company of so many cases over 18 months into CSV files.
export async function writeCompany(folder, cases, password) {
  const end = Date.now() - HOUR;
  function* all() {
    const random = dice(7);
    for (let index = 0; index < cases; index++) {
      const created = end - MONTHS * 30.44 * DAY * (1 - index / cases);
      const object = Math.floor(random() * OBJECTS);
      const started = created - Math.log(1 - random()) * 30 * HOUR,
        finished = started - Math.log(1 - random()) * 8 * HOUR;
      const done = finished < end;
      yield { index, number: `B${index}`, object, created, started, state: done ? "finished" : "not_started",
        times: done ? `${stamp(started)},${stamp(finished)}` : "," };
    }
  }
  mkdirSync(folder);
  for (const [name, lines] of Object.entries(registers(password))) await write(folder, name, lines);
  await write(folder, "cases.csv", caseLines(all));
  await write(folder, "work_orders.csv", orderLines(all));
  await write(folder, "article_rows.csv", rowLines(all));
}

// Statements that put `times` - 1 copies of everything older than `before` further back in time.
export function multiplyHistory(times, before, span) {
  const old = `(SELECT id FROM cases WHERE created < ${before} AND number LIKE 'B%')`;
  const copies =
    `WITH RECURSIVE k (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM k WHERE i < ${times - 1})`;
  const back = (column) => `${column} - k.i * ${span}`;
  const id = (column) => `${column} + k.i * 100000000`;
  return [
    `${copies} INSERT INTO cases (id, number, title, type_id, status, customer_id, object_id, created, started,
      finished)
     SELECT ${id("c.id")}, 'H' || k.i || c.number, c.title, c.type_id, c.status, c.customer_id, c.object_id,
     ${back("c.created")}, ${back("c.started")}, ${back("c.finished")}
     FROM cases c, k WHERE c.id IN ${old}`,
    `${copies} INSERT INTO work_order (id, number, case_id, type_id, status, booked_from, booked_to, created, started,
      finished)
     SELECT ${id("w.id")}, 'H' || k.i || w.number, ${id("w.case_id")}, w.type_id, w.status, ${back("w.booked_from")},
     ${back("w.booked_to")}, ${back("w.created")}, ${back("w.started")}, ${back("w.finished")}
     FROM work_order w, k WHERE w.case_id IN ${old}`,
    `${copies} INSERT INTO article_row (id, number, case_id, work_order_id, article_id, row_date, action_code_id,
      article_type, quantity, unit_price, total, status)
     SELECT ${id("r.id")}, 'H' || k.i || r.number, ${id("r.case_id")}, ${id("r.work_order_id")}, r.article_id,
     r.row_date, r.action_code_id, r.article_type, r.quantity, r.unit_price, r.total, r.status
     FROM article_row r, k WHERE r.case_id IN ${old}`,
    `${copies} INSERT INTO case_scope (scope, created, case_id) SELECT s.scope, ${back("s.created")}, `
      + `${id("s.case_id")} FROM case_scope s, k WHERE s.case_id IN ${old}`,
    `${copies} INSERT INTO scope_event (scope, kind, at, case_id, work_order_id)
     SELECT e.scope, e.kind, ${back("e.at")}, ${id("e.case_id")},
     CASE WHEN e.work_order_id = 0 THEN 0 ELSE ${id("e.work_order_id")} END FROM scope_event e, k
     WHERE e.case_id IN ${old}`,
    "ANALYZE",
  ];
}

// The statements of each dashboard: the facts of its period, and the totals of the period before (all its cases,
// where medians are shown).
export function boardStatements(contact, [before, from, to]) {
  const scopes =
    `(SELECT ${contact * 4} UNION ALL SELECT customer_id * 4 + 1 FROM contact_customer WHERE contact_id = ${contact}
    UNION ALL SELECT customer_id * 4 + 3 FROM contact_customer WHERE contact_id = ${contact} UNION ALL
    SELECT object_id * 4 + 2 FROM contact_object WHERE contact_id = ${contact})`;
  const cases = (a, b) =>
    `(SELECT DISTINCT s.case_id FROM case_scope s WHERE s.scope IN ${scopes} AND s.created >= ${a} AND s.created < `
      + `${b}) v`;
  const events = (kind, a, b) =>
    `(SELECT DISTINCT e.case_id, e.work_order_id FROM scope_event e WHERE e.scope IN ${scopes} AND e.kind = ${kind} `
      + `AND e.at >= ${a} AND e.at < ${b}) v`;
  const price =
    `(c.customer_id IS NOT NULL AND c.customer_id IN (SELECT customer_id FROM contact_customer WHERE contact_id = `
      + `${contact}))`;
  const throughput = (a, b) =>
    `SELECT c.id, c.finished, c.created, c.started, c.customer_id, c.object_id FROM ${events(1, a, b)} JOIN cases c `
      + `ON c.id = v.case_id`;
  return {
    cases: [`SELECT c.id, c.created, c.status, c.type_id, c.customer_id, c.object_id FROM ${cases(from, to)} JOIN `
      + `cases c ON c.id = v.case_id`,
      `SELECT COUNT(*), COUNT(CASE WHEN c.status = 2 THEN 1 END) FROM ${cases(before, from)} JOIN cases c ON c.id = `
        + `v.case_id`],
    "work-orders": [`SELECT w.id, w.created, w.status, w.type_id, c.customer_id, c.object_id, w.booked_to, w.finished
      FROM ${events(2, from, to)}
      JOIN work_order w ON w.id = v.work_order_id JOIN cases c ON c.id = v.case_id`,
    `SELECT COUNT(*), COUNT(CASE WHEN w.status = 2 THEN 1 END), COUNT(CASE WHEN w.status = 2
      AND w.finished <= w.booked_to THEN 1 END) FROM ${events(2, before, from)}
      JOIN work_order w ON w.id = v.work_order_id JOIN cases c ON c.id = v.case_id`],
    throughput: [throughput(from, to), throughput(before, from)],
    "article-rows": [`SELECT r.id, c.created,
      CASE WHEN ${price} THEN r.total END, r.action_code_id, c.customer_id, c.object_id, r.article_id, r.article_type
      FROM ${cases(from, to)}
      JOIN cases c ON c.id = v.case_id JOIN article_row r ON r.case_id = c.id WHERE r.status <> 'cancelled'`,
    `SELECT COUNT(*), COUNT(CASE WHEN ${price} THEN 1 END), SUM(CASE WHEN ${price} THEN r.total END)
      FROM ${cases(before, from)}
      JOIN cases c ON c.id = v.case_id JOIN article_row r ON r.case_id = c.id WHERE r.status <> 'cancelled'`],
  };
}
