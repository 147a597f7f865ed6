// make bench: speed and size of the portal as ratios to bare programs in the same run, on both engines.
//
// For each page: requests per second and latency with 64 connections, processor time for one request (the portal's and,
// on PostgreSQL, the database server's), the same of bare HTTP with a page of that size and of bare SQL that reads the
// same rows, and the ratio of the portal to the sum of the two. BENCH_CASES (100000), BENCH_SECONDS (8), BENCH_LARGE
// (1000000; 0 leaves the growth test out), BENCH_ENGINES (sqlite,postgres), BENCH_BOARDS (100000 cases of the
// dashboards; 0 leaves them out), BENCH_HISTORY (10).
//
// BENCH_AGAINST=path/to/kundportal compares with another build of the program instead: against.mjs.

import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { boardStatements, multiplyHistory, writeCompany } from "./boards.mjs";
import { bareHttp, bareSql, pages } from "./floors.mjs";
import { measureAgainst } from "./against.mjs";
import { cpuOf, load, peakMemory } from "./measure.mjs";
import { PASSWORD, ask, fill, findWho, login, newDatabase, serve, work } from "./portal.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const PROGRAM = process.env.KUNDPORTAL_PROGRAM ?? join(ROOT, "build/kundportal");
const CASES = Number(process.env.BENCH_CASES ?? 100000);
const LARGE = Number(process.env.BENCH_LARGE ?? 1000000);
const BOARDS = Number(process.env.BENCH_BOARDS ?? 100000);
const HISTORY = Number(process.env.BENCH_HISTORY ?? 10);
const SMALL = 10000;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 8);
const ENGINES = (process.env.BENCH_ENGINES ?? "sqlite,postgres").split(",");

function compile(name, libraries) {
  const out = join(work, name);
  execFileSync("cc",
    ["-O2", "-D_GNU_SOURCE", "-I/usr/include/postgresql", join(ROOT, `tests/bench/${name}.c`), "-o", out,
    ...libraries]);
  return out;
}

const fixed = (value, digits = 0) => value.toFixed(digits).padStart(8);

async function measurePage(name, portal, path, who, database, engine, programs) {
  const url = `${portal.address}${path}`;
  const bytes = (await (await fetch(url, { headers: { cookie: portal.cookie } })).arrayBuffer()).byteLength;
  await load(url, portal.cookie, 1);
  const before = cpuOf(portal.server.pid, engine === "postgres");
  const result = await load(url, portal.cookie, SECONDS);
  const cost = (cpuOf(portal.server.pid, engine === "postgres") - before) / result.requests;
  const http = await bareHttp(programs.http, bytes, Math.min(SECONDS, 4));
  const sql = await bareSql(programs.sql, database, pages[name](who, engine), 2);
  console.log(`${engine.padEnd(10)} ${name.padEnd(7)} ${fixed(result.rps)} ${fixed(result.p50, 1)} `
    + `${fixed(result.p99, 1)} ` +
    `${fixed(cost)} ${fixed(http.cost)} ${fixed(sql)} ${fixed(cost / (http.cost + sql), 2)} ${fixed(bytes / 1024, 1)}`);
  return cost;
}

const PATHS = { search: () => "/cases", words: (who) => `/cases?q=${who.word}`, case: (who) => `/cases/${who.number}`,
  form: () => "/cases/new" };

async function withPortal(engine, cases, body) {
  const { database, data } = newDatabase(engine);
  const seconds = fill(PROGRAM, database, data, "demo", "--cases", String(cases));
  const portal = await serve(PROGRAM, database, data);
  try {
    const who = findWho(database);
    portal.cookie = await login(portal.address, who.name);
    return await body({ database, portal, who, seconds });
  } finally {
    await portal.stop();
  }
}

async function measureEngine(engine, programs) {
  await withPortal(engine, CASES, async ({ database, portal, who, seconds }) => {
    console.log(`\n${engine}: ${CASES} cases made in ${seconds.toFixed(1)} s`);
    console.log("engine     page       req/s   p50 ms   p99 ms  cpu us  http us   sql us    ratio  page KiB");
    for (const name of Object.keys(PATHS)) await measurePage(name, portal, PATHS[name](who), who, database, engine,
      programs);
    console.log(`${engine}: server memory at most ${peakMemory(portal.server.pid).toFixed(1)} MiB`);
  });
}

// The cost of the same page in a small and in a large database: it must follow what is shown.
async function measureGrowth(engine) {
  const costs = [];
  for (const cases of [SMALL, LARGE]) {
    await withPortal(engine, cases, async ({ portal }) => {
      const url = `${portal.address}/cases`;
      await load(url, portal.cookie, 1);
      const before = cpuOf(portal.server.pid, engine === "postgres");
      const result = await load(url, portal.cookie, SECONDS);
      costs.push((cpuOf(portal.server.pid, engine === "postgres") - before) / result.requests);
    });
  }
  console.log(`${engine}: the search result costs ${(costs[1] / costs[0]).toFixed(2)} times as much with ${LARGE} `
    + `cases as with ${SMALL}` +
    ` (${costs[0].toFixed(0)} and ${costs[1].toFixed(0)} us)`);
}

// --- dashboards ------------------------------------------------------------------------------------------------------

const DAY_US = 24 * 3600 * 1e6;
const dateOf = (us) => new Date(us / 1000).toISOString().slice(0, 10);

// Three months up to today and the three before, as the first instants of days.
function periods() {
  const today = Math.floor((Date.now() * 1000) / DAY_US) * DAY_US;
  return [today - 183 * DAY_US, today - 91 * DAY_US, today + DAY_US];
}

async function measureBoards(engine, database, portal, programs, what) {
  const [before, from, to] = periods();
  const [[contact]] = ask(database, "SELECT id FROM contact WHERE number = 'K1'");
  const costs = {};
  for (const [name, statements] of Object.entries(boardStatements(Number(contact), [before, from, to]))) {
    const url = `${portal.address}/dashboards/${name}?from=${dateOf(from)}&to=${dateOf(to - DAY_US)}`;
    await load(url, portal.cookie, 1, 2);
    const begin = cpuOf(portal.server.pid, engine === "postgres");
    const result = await load(url, portal.cookie, SECONDS, 2);
    const cost = (cpuOf(portal.server.pid, engine === "postgres") - begin) / result.requests;
    const sql = await bareSql(programs.sql, database, statements, Math.max(2, SECONDS / 2));
    costs[name] = cost;
    console.log(`${engine.padEnd(10)} ${name.padEnd(13)} ${what.padEnd(12)} ${fixed(result.p50, 1)} `
      + `${fixed(cost / 1000, 1)} ${fixed(sql / 1000, 1)} ${fixed(cost / sql, 2)}`);
  }
  return costs;
}

function multiply(database) {
  const [before] = periods();
  for (const statement of multiplyHistory(HISTORY, before - 30 * DAY_US, 548 * DAY_US)) {
    if (!database.startsWith("sqlite:")) execFileSync("psql", ["-q", database, "-c", statement]);
    else execFileSync("sqlite3", [database.slice(7), `PRAGMA cache_size = -400000; ${statement}`]);
  }
}

async function measureDashboards(engine, programs, folder) {
  const { database, data } = newDatabase(engine);
  const seconds = fill(PROGRAM, database, data, "import", folder);
  console.log(`\n${engine}: ${BOARDS} cases, ${2 * BOARDS} work orders, ${10 * BOARDS} article rows imported in `
    + `${seconds.toFixed(0)} s`);
  console.log("engine     dashboard     history        p50 ms   cpu ms   sql ms    ratio");
  const portal = await serve(PROGRAM, database, data);
  try {
    portal.cookie = await login(portal.address, "stor@x.se");
    const small = await measureBoards(engine, database, portal, programs, "once");
    if (HISTORY < 2) return;
    multiply(database);
    const large = await measureBoards(engine, database, portal, programs, `${HISTORY} times`);
    for (const name of Object.keys(small))
      console.log(`${engine}: ${name} costs ${(large[name] / small[name]).toFixed(2)} times as much with ${HISTORY} `
        + `times the history`);
  } finally {
    await portal.stop();
  }
}

async function measureAllDashboards(programs) {
  const folder = join(work, "company");
  await writeCompany(folder, BOARDS, PASSWORD);
  for (const engine of ENGINES) await measureDashboards(engine, programs, folder);
}

async function measureAll() {
  const programs = { http: compile("bare_http", ["-lmicrohttpd"]), sql: compile("bare_sql", ["-lsqlite3", "-lpq"]) };
  if (CASES) for (const engine of ENGINES) await measureEngine(engine, programs);
  if (BOARDS) await measureAllDashboards(programs);
  if (LARGE) for (const engine of ENGINES) await measureGrowth(engine);
}

try {
  if (process.env.BENCH_AGAINST) await measureAgainst(PROGRAM, process.env.BENCH_AGAINST, ENGINES,
    compile("bare_http", ["-lmicrohttpd"]));
  else await measureAll();
} finally {
  rmSync(work, { recursive: true, force: true });
}
