// Specifications, files and dashboards over random worlds: who sees which, and that every number of a dashboard is the
// model's and leads to exactly the rows that add up to it. PROPERTY_GRAPHS worlds (half as many as of cases),
// PROPERTY_SEED to repeat a run.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "../http/harness.mjs";
import { beyondCsv, CODES, enrich, ARTICLE_TYPES, ORDER_TYPES, TYPES } from "./beyond_graph.mjs";
import * as model from "./beyond_model.mjs";
import { makeGraph, toCsv } from "./graph.mjs";
import { loginsOf, mayCase } from "./model.mjs";
import { Random } from "./random.mjs";

const COUNT = Math.ceil(Number(process.env.PROPERTY_GRAPHS || 2000) / 2);
const SEED = Number(process.env.PROPERTY_SEED || Date.now() % 1e9);
const BATCH = 25;
const AT_ONCE = 4;
const BOARDS = ["cases", "work-orders", "throughput", "article-rows"];
const FOLLOWED = 6; // numbers of a page whose rows are fetched
const checked = { specifications: 0, files: 0, lines: 0, numbers: 0 }; // to see that there was something to check

const sorted = (items) => [...items].sort();
const unescape = (html) => html.replaceAll("&#39;", "'").replaceAll("&quot;", '"').replaceAll("&lt;", "<")
  .replaceAll("&gt;", ">")
  .replaceAll("&amp;", "&");

// A line of RFC 4180; names of these worlds have no line breaks.
function cells(line) {
  const found = [""];
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '"' && quoted && line[i + 1] === '"') found[found.length - 1] += line[++i];
    else if (line[i] === '"') quoted = !quoted;
    else if (line[i] === "," && !quoted) found.push("");
    else found[found.length - 1] += line[i];
  }
  return found;
}

// CSV into objects by the head's names.
function parse(text) {
  const [head, ...lines] = text.replace(/^\ufeff/, "").trimEnd().split("\r\n").map(cells);
  return lines.map((line) => Object.fromEntries(head.map((name, i) => [name, line[i]])));
}

const ore = (text) => Math.round(Number(text) * 100);

// The customer pays for all rows; a case that they may not see has neither link nor title.
async function checkSpecification(client, graph, login, one) {
  const { rows, cases } = model.specificationRows(graph, one);
  checked.specifications++;
  const found = parse((await client.get(`/invoices/${one.number}.csv`)).text);
  assert.deepEqual(sorted(found.map((row) => `${row.number} ${ore(row.total)}`)),
    sorted(rows.map((row) => `${row.number} ${model.rowTotal(row)}`)), `rows of ${one.number}`);
  const page = (await client.get(`/invoices/${one.number}`)).text;
  const links = [...page.matchAll(/href="\/cases\/([^"/]+)"/g)].map((m) => decodeURIComponent(unescape(m[1])))
    .filter((number) => number !== "new");
  assert.deepEqual(sorted(links), sorted(cases.filter((own) => mayCase(graph, login, own)).map((own) => own.number)),
    `links of ${one.number}`);
  assert.equal(page.match(/class="spec-case-title"/g)?.length ?? 0, links.length, `titles of ${one.number}`);
}

async function checkSpecifications(client, graph, login) {
  const list = await client.get("/invoices.csv");
  if (!model.mayHaveSpecifications(login)) {
    assert.equal(list.status, 404, "specifications of a login that has none");
    for (const one of graph.specifications) assert.equal((await client.get(`/invoices/${one.number}`)).status, 404);
    return;
  }
  const visible = graph.specifications.filter((one) => model.maySpecification(graph, login, one));
  const rows = parse(list.text);
  assert.deepEqual(sorted(rows.map((row) => row.number)), sorted(visible.map((one) => one.number)),
    "the list of specifications");
  for (const row of rows) {
    const one = visible.find((candidate) => candidate.number === row.number);
    assert.equal(ore(row.total), model.specificationTotal(graph, one), `sum of ${row.number}`);
    assert.equal(row.status, one.status, `status of ${row.number}`);
  }
  for (const one of visible) await checkSpecification(client, graph, login, one);
  for (const one of graph.specifications) {
    const status = visible.includes(one) ? 200 : 404;
    for (const ending of ["", ".csv", "/specification.pdf"])
      assert.equal((await client.get(`/invoices/${one.number}${ending}`)).status, status, `${one.number}${ending}`);
  }
}

async function checkFiles(client, graph, login) {
  const list = await client.get("/files.csv");
  const visible = graph.files.filter((file) => model.mayFile(graph, login, file));
  if (login.kind !== "contact") {
    assert.equal(list.status, 404, "files of a shared login");
    return;
  }
  assert.equal(list.status, 200);
  assert.deepEqual(sorted(parse(list.text).map((row) => row.name)), sorted(visible.map((file) => file.name)),
    "the list of files");
  const page = await client.get("/files?page_size=100");
  const shown = [...page.text.matchAll(/href="\/files\/([^"?/]+)\/[^"?]+"/g)].map((m) => m[1]);
  assert.deepEqual(sorted(new Set(shown)), sorted(visible.map((file) => keys.get(file.name))),
    "the addresses of files");
}

// Addresses are unguessable, but who has one from another must not get further with it.
async function checkContents(client, graph, login) {
  for (const file of graph.files) {
    const status = model.mayFile(graph, login, file) ? 200 : 404;
    const answer = await client.get(`/files/${keys.get(file.name)}/x`);
    assert.equal(answer.status, status, `content of ${file.name}`);
    if (status === 200) assert.equal(answer.text, `Innehåll i ${file.name}\n`);
    if (status === 200) checked.files++;
    assert.equal((await client.get(`/files.zip?id=${keys.get(file.name)}`)).status, status, `zip of ${file.name}`);
  }
}

// --- dashboards ------------------------------------------------------------------------------------------------------

function randomFilter(random, graph, board) {
  const months = ["2026-05-01", "2026-06-15", "2026-08-20", "2026-10-25", "2026-11-20", "2026-12-31"];
  const first = random.below(5);
  const filter = { from: months[first], to: months[first + 1 + random.below(5 - first)] };
  if (random.chance(0.2)) filter.customer = random.pick(graph.customers).number;
  if (random.chance(0.2)) filter.object = random.pick(graph.objects).number;
  if (board === "cases" && random.chance(0.2)) filter.type = random.pick(TYPES);
  if (board === "work-orders" && random.chance(0.2)) filter.work_order_type = random.pick(ORDER_TYPES);
  if (board === "article-rows" && random.chance(0.2)) filter.action_code = random.pick(CODES);
  if (board === "article-rows" && random.chance(0.2)) filter.article_type = random.pick(ARTICLE_TYPES);
  return filter;
}

const sum = (values) => values.reduce((a, b) => a + b, 0);
const near = (text, us, what) => {
  if (us === null) return assert.equal(text, "", what);
  assert.ok(Math.abs(Number(text) - us / 3600e3) < 0.0001, `${what}: ${text} hours, and ${us / 3600e3} by the model`);
};

// One line of a chart's CSV against the facts of that group.
function checkGroup(line, group, what) {
  if ("count" in line) assert.equal(Number(line.count), group.length, `count of ${what}`);
  if ("finished" in line) assert.equal(Number(line.finished), group.filter((fact) => fact.finished).length,
    `finished of ${what}`);
  if ("open" in line) assert.equal(Number(line.open), group.filter((fact) => !fact.finished).length, `open of ${what}`);
  const priced = group.filter((fact) => fact.total !== null && fact.total !== undefined);
  if ("total" in line && priced.length) assert.equal(ore(line.total), sum(priced.map((fact) => fact.total)),
    `sum of ${what}`);
  const halves = group.filter((fact) => fact.waiting !== null);
  if ("median" in line) near(line.median, model.median(group.map((fact) => fact.took)), `median of ${what}`);
  if ("mean" in line) near(line.mean, model.mean(group.map((fact) => fact.took)), `mean of ${what}`);
  if ("percentile_90" in line) near(line.percentile_90, model.percentile90(group.map((fact) => fact.took)),
    `90th percentile of ${what}`);
  if ("waiting" in line) near(line.waiting, model.median(halves.map((fact) => fact.waiting)), `waiting of ${what}`);
  if ("working" in line) near(line.working, model.median(halves.map((fact) => fact.working)), `work of ${what}`);
}

// Breakdowns whose groups have codes of their own; the lines without a code are "none" and "others".
async function checkChart(client, board, query, id, all) {
  const answer = await client.get(`/dashboards/${board}.csv?chart=${id}&${query}`);
  assert.equal(answer.status, 200, `chart ${id} of ${board}`);
  const lines = parse(answer.text);
  const key = Object.keys(lines[0] ?? { [id]: "" })[0];
  if (lines.length && "count" in lines[0]) assert.equal(sum(lines.map((line) => Number(line.count))), all.length,
    `lines of ${id} of ${board}`);
  const within = (fact, i) => fact.day >= lines[i].time && (i + 1 === lines.length || fact.day < lines[i + 1].time);
  for (const [i, line] of lines.entries()) {
    if (!line[key]) continue;
    const group = all.filter((fact) => (key === "time" ? within(fact, i) : fact[key] === line[key]));
    checked.lines++;
    checkGroup(line, group, `${key} ${line[key]} of ${board}`);
  }
}

// A number of hours is that of exactly the rows it leads to.
const STATISTICS = { "Hälften klara inom": ["throughput_time", model.median],
  "I genomsnitt": ["throughput_time", model.mean], "9 av 10 klara inom": ["throughput_time", model.percentile90],
  "Typisk väntan": ["waiting_time", model.median], "Typisk arbetstid": ["work_time", model.median] };
function checkStatistic(rows, head, text, href) {
  if (head === "Avslutade ärenden") return assert.equal(Number(text), rows.length, `rows of ${href}`);
  const [column, statistic] = STATISTICS[head];
  for (const row of rows) assert.notEqual(row[column], "", `${row.number} of ${href}`);
  near(text, statistic(rows.map((row) => Number(row[column]) * 3600e3)), `${head} of ${href}`);
}

// The number of a cell, and the rows its link leads to.
async function followNumber(client, board, { head, text, href }) {
  const rows = parse((await client.get(href.replace("/rows?", "/rows.csv?"))).text);
  checked.numbers++;
  const page = await client.get(href);
  assert.equal(page.status, 200, href);
  const told = Number(/<h2 id="result-title">(\d[\d\s\u00a0]*)/.exec(page.text)[1].replace(/\D/g, ""));
  assert.equal(told, rows.length, `rows that ${href} counts`);
  if (board === "throughput") return checkStatistic(rows, head, text, href);
  if (/^-?\d+$/.test(text)) assert.equal(Number(text), rows.length, `rows of ${href}`);
  else if (board === "article-rows") assert.equal(ore(text), sum(rows.map((row) => ore(row.total || "0"))),
    `sum of ${href}`);
}

// The numbers of all tables that lead to rows, each with the head of its column.
const numbersOf = (html) => [...html.matchAll(/<table.*?<\/table>/gs)].flatMap(([table]) => {
  const heads = [...table.matchAll(/<th scope="col"[^>]*>(.*?)<\/th>/gs)].map((m) => m[1].trim()).slice(1);
  return [...table.matchAll(/<tr>.*?<\/tr>/gs)].flatMap(([row]) =>
    [...row.matchAll(/<td class="cell-number".*?<\/td>/gs)].flatMap(([cell], i) => {
    const found = /data-value="([^"]+)"><a href="([^"]+)"/.exec(cell);
    return found ? [{ head: heads[i], text: found[1], href: unescape(found[2]) }] : [];
  }));
});

const CHARTS = {
  cases: ["type", "status", "object", "customer", "time"],
  "work-orders": ["type", "status", "punctuality", "object", "customer", "time"],
  throughput: ["time", "distribution", "halves", "object"],
  "article-rows": ["article_type", "action_code", "object", "article", "time"],
};

async function checkDashboard(client, graph, login, board, random) {
  const filter = randomFilter(random, graph, board);
  const query = new URLSearchParams(filter).toString();
  const page = await client.get(`/dashboards/${board}?${query}`);
  if (!model.mayHaveDashboards(login)) {
    assert.equal(page.status, 404, `${board} of a login that has none`);
    assert.equal((await client.get(`/dashboards/${board}.csv?${query}`)).status, 404);
    return;
  }
  const all = model.facts(graph, login, board, filter);
  assert.equal(page.status, 200);
  const rows = parse((await client.get(`/dashboards/${board}.csv?${query}`)).text);
  assert.deepEqual(sorted(rows.map((row) => row.number)), sorted(all.map((fact) => fact.number)),
    `rows of ${board} with ${query}`);
  for (const fact of board === "article-rows" ? all : []) {
    const row = rows.find((one) => one.number === fact.number);
    assert.equal(row.total === "" ? null : ore(row.total), fact.total, `total of ${fact.number}`);
  }
  for (const id of CHARTS[board]) await checkChart(client, board, query, id, all);
  const links = numbersOf(page.text);
  for (let i = 0; i < FOLLOWED && links.length; i++) await followNumber(client, board, random.pick(links));
}

// --- the worlds ------------------------------------------------------------------------------------------------------

async function enter(portal, graph, login) {
  const client = portal.client();
  const answer = await client.login(login.name, graph.password);
  assert.equal(answer.status, 303, `login of ${login.name}`);
  return client;
}

async function checkWorldOf(portal, graph, random) {
  const entered = [];
  for (const login of loginsOf(graph)
    .filter((one) => one.allowed)) entered.push([login, await enter(portal, graph, login)]);
  for (const [login, client] of entered) {
    await checkSpecifications(client, graph, login);
    await checkFiles(client, graph, login);
    for (const board of BOARDS) await checkDashboard(client, graph, login, board, random);
  }
  for (const [login, client] of entered) await checkContents(client, graph, login);
}

let portal;
const keys = new Map(); // the unguessable part of the address of each file, by its name
// Whether customers see cancelled cases follows from the seed.
const SHOWN = SEED % 2 === 1;
const random = new Random(SEED);
const graphs = Array.from({ length: COUNT },
  (_, i) => enrich(random, { ...makeGraph(random, i), showsCancelled: SHOWN }));

before(async () => {
  const config = `[cases]\nshow_cancelled = ${SHOWN ? "yes" : "no"}\n`;
  portal = await startPortal({ cheapPasswords: true, config });
  await portal.importFiles({ ...toCsv(graphs), ...beyondCsv(graphs) });
  for (const [name, key] of portal.sql("SELECT name, key FROM file")) keys.set(name, key);
});
after(() => portal?.stop());

async function checkWorld(i) {
  await checkWorldOf(portal, graphs[i], new Random(SEED + i + 1)).catch((error) => {
    error.message = `world ${graphs[i].name}: ${error.message}\n${JSON.stringify(graphs[i])}`;
    throw error;
  });
}

for (let first = 0; first < COUNT; first += BATCH) {
  const last = Math.min(first + BATCH, COUNT);
  test(`beyond cases, the model and the server agree on worlds ${first} to ${last - 1} (seed ${SEED})`, async () => {
    let next = first;
    const workers = Array.from({ length: AT_ONCE }, async () => {
      while (next < last) await checkWorld(next++);
    });
    await Promise.all(workers);
    for (const [what, count] of Object.entries(checked)) assert.ok(count > 0, `${what} that were checked`);
  });
}
