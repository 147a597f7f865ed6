// What pages and a new case cost against another build of the program, as ratios in one run: each build fills a
// database of its own with the same demonstration company, both serve at the same time, and rounds of load alternate
// between them. Of the ratios of the rounds the median counts, so that a noisy machine disturbs one round and not the
// result.
//
// BENCH_CASES (10000), BENCH_SECONDS (1: of one round), BENCH_ROUNDS (7), BENCH_PAGES (parts of names, separated by
// commas).

import { bareHttp } from "./floors.mjs";
import { cpuOf, load } from "./measure.mjs";
import { fill, findWho, login, newDatabase, serve } from "./portal.mjs";

const CASES = Number(process.env.BENCH_CASES ?? 10000);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 1);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const ONLY = process.env.BENCH_PAGES?.split(",");
const CONNECTIONS = 8;
const CROWD = 64;
const CASES_A_ROUND = 40;
const HANDLER = "jonas.lind@bjorkshiss.example";

// Paths by name, with the most that each may cost of what it did in the other build.
const PAGES = [
  ["result of 50 rows", 0.6, () => "/cases?page_size=50"],
  ["result of 20 rows", 0.65, () => "/cases?page_size=20"],
  ["case page", 0.8, (who) => `/cases/${who.number}`],
  ["form of a new case", 0.8, () => "/cases/new"],
  ["start page", 1, () => "/"],
  ["search by a word", 1, (who) => `/cases?q=${who.word}`],
  ["sorted by title", 1, () => "/cases?sort=title"],
  ["actions", 1, (who) => `/cases/${who.number}/actions`],
  ["specifications", 1, () => "/invoices"],
  ["files", 1, () => "/files"],
  ["dashboard", 1, () => "/dashboards/cases"],
  ["account", 1, () => "/account"],
  ["list as CSV", 1, () => "/cases.csv"],
  ["staff: start page", 1, () => "/staff", true],
  ["staff: cases", 1, () => "/staff/cases", true],
  ["staff: case", 1, (who) => `/staff/cases/${who.number}`, true],
  ["staff: customers", 1, () => "/staff/customers", true],
  ["staff: contacts", 1, () => "/staff/contacts", true],
  ["staff: objects", 1, () => "/staff/objects", true],
  ["staff: specifications", 1, () => "/staff/invoices", true],
  ["staff: accounts", 1, () => "/staff/accounts", true],
  ["staff: edit a case", 1, (who) => `/staff/cases/${who.number}/edit`, true],
];

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const cell = (value, width = 9) => String(value).padStart(width);
const verdict = (ratio, aim) => (ratio <= aim ? "" : `  above ${aim}`);

async function open(program, engine) {
  const { database, data } = newDatabase(engine);
  fill(program, database, data, "demo", "--cases", String(CASES));
  const portal = await serve(program, database, data);
  const who = findWho(database);
  const cookie = await login(portal.address, who.name), staff = await login(portal.address, HANDLER, "/staff");
  return { engine, database, who, ...portal, cookie, staff };
}

// Microseconds of processor time for one request, and the answers per second.
async function costOf(portal, url, cookie, connections) {
  const postgres = portal.engine === "postgres" && new URL(portal.database).pathname.slice(1);
  const before = cpuOf(portal.server.pid, postgres);
  const result = await load(url, cookie, SECONDS, connections);
  return { ...result, cost: (cpuOf(portal.server.pid, postgres) - before) / result.requests };
}

async function comparePage(pair, [name, aim, path, staff]) {
  const targets = pair.map((portal) =>
    [portal, portal.address + path(portal.who), staff ? portal.staff : portal.cookie]);
  for (const [, url, cookie] of targets) {
    const { status } = await fetch(url, { redirect: "manual", headers: { cookie } });
    if (status !== 200) return console.log(`${name}: ${status}`);
    await load(url, cookie, 1, CONNECTIONS);
  }
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    const both = [];
    for (const i of round % 2 ? [1, 0] : [0, 1]) both[i] = await costOf(...targets[i], CONNECTIONS);
    rounds.push(both);
  }
  const ratio = median(rounds.map(([own, other]) => own.cost / other.cost));
  const [own, other] = [0, 1].map((i) => median(rounds.map((both) => both[i].cost)));
  console.log(`${name.padEnd(24)} ${cell(own.toFixed(0))} ${cell(other.toFixed(0))} `
    + `${cell(ratio.toFixed(2))}${verdict(ratio, aim)}`);
}

// The first page with its form, then what a browser sends: all hidden fields, the title and the text. Milliseconds of
// each sending.
async function sendCases(portal, count) {
  const headers = { cookie: portal.cookie }, times = [];
  for (let i = 0; i < count; i++) {
    const page = await (await fetch(`${portal.address}/cases/new`, { headers })).text();
    const hidden = (field) => new RegExp(`name="${field}" value="([^"]*)"`).exec(page)[1];
    const body = new URLSearchParams({ csrf_token: hidden("csrf_token"), submission: hidden("submission"),
      title: `Hissen står ${Date.now()} ${i}`, description: "Den stannar mellan två plan. ".repeat(10),
        site_street: "Storgatan 1",
      site_city: "Åmål" });
    const begin = performance.now();
    const answer = await fetch(`${portal.address}/cases/new`, { method: "POST", redirect: "manual", headers, body });
    times.push(performance.now() - begin);
    await answer.arrayBuffer();
    if (answer.status !== 303) throw new Error(`a new case: ${answer.status}`);
  }
  return median(times);
}

async function compareNewCase(pair) {
  for (const portal of pair) await sendCases(portal, 10);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    const both = [];
    for (const i of round % 2 ? [1, 0] : [0, 1]) both[i] = await sendCases(pair[i], CASES_A_ROUND);
    rounds.push(both);
  }
  const ratio = median(rounds.map(([own, other]) => own / other));
  const [own, other] = [0, 1].map((i) => median(rounds.map((both) => both[i])));
  const figures = [own, other, ratio].map((value) => cell(value.toFixed(2))).join(" ");
  console.log(`${"a new case, ms of time".padEnd(24)} ${figures}${verdict(ratio, 0.6)}`);
}

async function measureCrowd(pair, bareProgram) {
  const url = (portal) => `${portal.address}/cases?page_size=50`;
  const bytes = (await (await fetch(url(pair[0]), { headers: { cookie: pair[0].cookie } })).arrayBuffer()).byteLength;
  const bare = await bareHttp(bareProgram, bytes, 2);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    const both = [];
    for (const portal of pair) both.push(await load(url(portal), portal.cookie, 3, CROWD));
    rounds.push(both);
  }
  const figure = (name, digits) => [0, 1].map((i) => median(rounds.map((both) => both[i][name])).toFixed(digits))
    .join(" against ");
  console.log(`${CROWD} connections, 50 rows: p99 ${figure("p99", 1)} ms, ${figure("rps", 0)} pages/s; the bare `
    + `server gives ${bare.rps.toFixed(0)}`);
}

const wanted = (name) => !ONLY || ONLY.some((part) => name.includes(part));

export async function measureAgainst(program, other, engines, bareProgram) {
  for (const engine of engines) {
    const pair = [];
    try {
      for (const each of [program, other]) pair.push(await open(each, engine));
      console.log(`\n${engine}, ${CASES} cases, ${CONNECTIONS} connections: processor time of a page in us`);
      console.log(`${"page".padEnd(24)} ${cell("this")} ${cell("other")} ${cell("ratio")}`);
      for (const page of PAGES) if (wanted(page[0])) await comparePage(pair, page);
      if (wanted("a new case")) await compareNewCase(pair);
      if (wanted("crowd")) await measureCrowd(pair, bareProgram);
    } finally {
      for (const portal of pair) await portal.stop();
    }
  }
}
