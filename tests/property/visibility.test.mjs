// Who sees what, over random worlds: the running server against the model, in both directions, on every read path.
// PROPERTY_GRAPHS worlds (2,000 by default, `make test` takes 150), PROPERTY_SEED to repeat a run.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "../http/harness.mjs";
import { makeGraph, toCsv } from "./graph.mjs";
import { choices, costOf, loginsOf, made, mayCase, mayObject, mayPrices, takes } from "./model.mjs";
import { Random } from "./random.mjs";

const COUNT = Number(process.env.PROPERTY_GRAPHS || 2000);
const SEED = Number(process.env.PROPERTY_SEED || Date.now() % 1e9);
const BATCH = 50;
const AT_ONCE = 4;
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

const sorted = (items) => [...items].sort();
const unescape = (html) => html.replaceAll("&#39;", "'").replaceAll("&quot;", '"').replaceAll("&lt;", "<")
  .replaceAll("&gt;", ">")
  .replaceAll("&amp;", "&");

// The values a select of that name offers, without the empty one; null when the form has no such field.
function offered(html, name) {
  const select = new RegExp(`<select[^>]*\\bname="${name}"[^>]*>(.*?)</select>`, "s").exec(html);
  if (!select) return new RegExp(`name="${name}(_search)?"`).test(html) ? undefined : null;
  return sorted([...select[1].matchAll(/<option value="([^"]+)"/g)].map((m) => unescape(m[1])));
}

const rowNumbers = (html) =>
  [...html.matchAll(/<a class="cell-link" href="\/cases\/([^"/]+)"/g)].map((m) => decodeURIComponent(unescape(m[1])));

const totalOf = (html) => Number(/<h2 id="result-title">([\d\s\u00a0]+)/.exec(html)[1].replace(/\D/g, ""));

async function listAll(client) {
  const numbers = [];
  let path = "/cases?page_size=10";
  let total = null;
  while (path) {
    const page = await client.get(path);
    assert.equal(page.status, 200);
    total ??= totalOf(page.text);
    numbers.push(...rowNumbers(page.text));
    const next = /rel="next" href="([^"]+)"/.exec(page.text);
    path = next ? unescape(next[1]) : null;
  }
  return { numbers, total };
}

const csvColumn = (text, name) => {
  const lines = text.trimEnd().split("\r\n").map((line) => line.split(","));
  const at = lines[0].indexOf(name);
  return lines.slice(1).map((line) => line[at]);
};

async function checkLists(client, visible) {
  const { numbers, total } = await listAll(client);
  assert.deepEqual(sorted(numbers), visible, "the list");
  assert.equal(total, visible.length, "the count");
  const csv = await client.get("/cases.csv");
  assert.deepEqual(sorted(csvColumn(csv.text, "number")), visible, "the CSV");
}

// Words and lists narrow what is visible, and never widen it.
async function checkSearches(client, graph, visible, random) {
  const word = random.pick(["hissen", "PORTEN", "ärend", "läcker", "bli", "isse", "kan", "RTEN", "å", "en"]);
  const folded = word.toLowerCase();
  const has = (one) => (one.title ?? "").toLowerCase().split(" ")
    .some((part) => (folded.length < 3 ? part.startsWith(folded) : part.includes(folded)));
  const customer = random.pick(graph.customers).number;
  const object = random.pick(graph.objects).number;
  for (const [criteria, fits] of [
    [{ q: word }, has],
    [{ customer }, (one) => one.customer === customer],
    [{ object }, (one) => one.object === object],
    [{ q: word, object }, (one) => has(one) && one.object === object],
  ]) {
    const wanted = sorted(visible.filter(fits).map((one) => one.number));
    const query = new URLSearchParams(criteria);
    const page = await client.get(`/cases?page_size=100&${query}`);
    assert.deepEqual(sorted(rowNumbers(page.text)), wanted, `search for ${query}`);
    assert.equal(totalOf(page.text), wanted.length, `count of ${query}`);
    const csv = await client.get(`/cases.csv?${query}`);
    assert.deepEqual(sorted(csvColumn(csv.text, "number")), wanted, `CSV of ${query}`);
  }
}

const messagesOf = (html) => [...html.matchAll(/message-body">([^<]*)</g)].map((m) => unescape(m[1]));

// Writes to a case, seen or not, and adds what came of it to the world.
async function writeMessage(client, graph, login, random) {
  const one = random.pick(graph.cases);
  const message = `Hej ${random.below(1e9)}`;
  const before = one.messages ?? [];
  const answer = await client.postForm(`/cases/${encodeURIComponent(one.number)}/messages`, { message, name: "Kim" },
    [], "/account");
  const may = mayCase(graph, login, one);
  assert.equal(answer.status, may ? 303 : 404, `message to ${one.number}`);
  if (may) one.messages = [...before, message];
}

async function checkCase(client, graph, login, one) {
  const may = mayCase(graph, login, one);
  const path = `/cases/${encodeURIComponent(one.number)}`;
  const page = await client.get(path);
  assert.equal(page.status, may ? 200 : 404, `page of ${one.number}`);
  if (may) assert.deepEqual(messagesOf(page.text), one.messages ?? [], `messages of ${one.number}`);
  const actions = await client.get(`${path}/actions.csv`);
  assert.equal(actions.status, may ? 200 : 404, `actions of ${one.number}`);
  if (may) {
    const shown = one.rows.filter((row) => row.status !== "cancelled").map((row) => row.number);
    const head = actions.text.split("\r\n")[0].split(",");
    assert.equal(head.includes("total"), mayPrices(graph, login, one), `prices of ${one.number}`);
    assert.equal(actions.text.trimEnd().split("\r\n").length - 1, shown.length, `rows of ${one.number}`);
  }
  const edit = await client.get(`${path}/edit`);
  assert.equal(edit.status, may && one.reporter === login.name ? 200 : 404, `correction of ${one.number}`);
  if (edit.status === 200)
    assert.deepEqual(offered(edit.text, "object") ?? [], choices(graph, login, true).objects ?? [],
      `objects to correct ${one.number} with`);
  for (const file of one.attachments ?? [])
    assert.equal((await client.get(file)).status, may ? 200 : 404, `attachment ${file}`);
}

async function checkForms(client, graph, login) {
  const fresh = choices(graph, login, true);
  const known = choices(graph, login, false);
  const form = (await client.get("/cases/new")).text;
  const search = (await client.get("/cases")).text;
  const some = (list) => (list?.length ? list : null); // a choice without anything to choose is not in the form
  assert.deepEqual(offered(form, "customer"), some(fresh.customers), "customers of a new case");
  assert.deepEqual(offered(form, "object"), some(fresh.objects), "objects of a new case");
  assert.deepEqual(offered(search, "customer"), known.customers, "customers to search for");
  assert.deepEqual(offered(search, "object"), known.objects, "objects to search for");
}

const casesOf = (html) => sorted([...html.matchAll(/<a class="case-link" href="\/cases\/([^"]+)"/g)]
  .map((m) => decodeURIComponent(unescape(m[1]))));
const insideOf = (html) => sorted([.../<h2 id="object-inside">.*?<\/section>/s.exec(html)?.[0]
  .matchAll(/href="\/objects\/([^"/]+)"/g) ?? []].map((m) => decodeURIComponent(unescape(m[1]))));

// The list of objects, and the page of each with its cases, the objects in it, and its cost.
async function checkObjects(client, graph, login) {
  const list = await client.get("/objects.csv?inactive=1");
  if (login.kind === "contact" && !login.contact) {
    assert.equal(list.status, 404, "objects of an account without a contact");
    return;
  }
  const visible = graph.objects.filter((one) => mayObject(graph, login, one));
  assert.deepEqual(sorted(csvColumn(list.text, "number")), sorted(visible.map((one) => one.number)), "the objects");
  for (const one of graph.objects) {
    const page = await client.get(`/objects/${encodeURIComponent(one.number)}`);
    assert.equal(page.status, visible.includes(one) ? 200 : 404, `page of ${one.number}`);
    if (!visible.includes(one)) continue;
    const cases = graph.cases.filter((own) => own.object === one.number && mayCase(graph, login, own));
    assert.deepEqual(casesOf(page.text), sorted(cases.map((own) => own.number)), `cases on ${one.number}`);
    assert.deepEqual(insideOf(page.text),
      sorted(visible.filter((inner) => inner.parent === one.number && inner.active).map((inner) => inner.number)),
      `objects in ${one.number}`);
    const cost = /object-cost">([^<]*)</.exec(page.text)?.[1].replace(/[^\d,]/g, "") ?? null;
    assert.equal(cost, costOf(graph, login, cases), `cost of ${one.number}`);
  }
}

// Reports a case with random choices, allowed or not, and adds what came of it to the world.
async function reportCase(client, graph, login, random) {
  const customer = random.chance(0.5) ? random.pick(graph.customers).number : "";
  const object = random.chance(0.5) ? random.pick(graph.objects).number : "";
  const fields = { title: `Ny ${random.below(1e9)}`, description: "x", reporter: "Kim", customer, object };
  const answer = await client.postForm("/cases/new", fields, [{ field: "attachments", name: "a.png", bytes: PIXEL }]);
  const forced = made(graph, login, customer || null, object || null);
  const chooses = choices(graph, login, true);
  const allowed = takes(graph, login, chooses.customers ? customer : "", chooses.objects ? object : "");
  assert.equal(answer.status, allowed ? 303 : 400, `new case with customer '${customer}' and object '${object}'`);
  if (!allowed) return;
  const receipt = await client.get(answer.headers.get("location"));
  const number = /\d{6}-\d{4,}/.exec(receipt.text)[0];
  const one = {
    number,
    customer: chooses.customers || login.kind !== "contact" ? forced.customer : null,
    object: chooses.objects || login.kind !== "contact" ? forced.object : null,
    primary: forced.primary,
    contacts: [],
    rows: [],
    reporter: login.name,
  };
  graph.cases.push(one);
  if (mayCase(graph, login, one)) {
    const page = await client.get(`/cases/${number}`);
    one.attachments = [...page.text.matchAll(/href="(\/cases\/[^"]+\/attachments\/[^"]+)"/g)].map((m) =>
      unescape(m[1]));
    assert.equal(one.attachments.length, 1, `attachment of ${number}`);
  }
}

async function enter(portal, graph, login) {
  const client = portal.client();
  const answer = await client.login(login.name, graph.password);
  assert.equal(answer.status, login.allowed ? 303 : 401, `login of ${login.name}`);
  return login.allowed ? client : null;
}

async function checkGraph(portal, graph, foreign, random) {
  const logins = loginsOf(graph);
  const entered = [];
  for (const login of logins) {
    const client = await enter(portal, graph, login);
    if (client) entered.push([login, client]);
  }
  for (const [login, client] of entered) {
    await checkForms(client, graph, login);
    await reportCase(client, graph, login, random);
    for (let i = 0; i < 2; i++) await writeMessage(client, graph, login, random);
  }
  for (const [login, client] of entered) {
    const visible = graph.cases.filter((one) => mayCase(graph, login, one));
    await checkLists(client, sorted(visible.map((one) => one.number)));
    await checkSearches(client, graph, visible, random);
    for (const one of graph.cases) await checkCase(client, graph, login, one);
    await checkObjects(client, graph, login);
    if (foreign) assert.equal((await client.get(`/cases/${foreign}`)).status, 404, "a case of another world");
  }
}

let portal;
const random = new Random(SEED);
const graphs = Array.from({ length: COUNT }, (_, i) => makeGraph(random, i));

before(async () => {
  portal = await startPortal({ cheapPasswords: true });
  await portal.importFiles(toCsv(graphs));
});
after(() => portal?.stop());

// Each world has a sequence of its own, so that a run repeats whichever world is done first.
async function checkWorld(i) {
  const foreign = graphs[(i + 1) % COUNT].cases[0].number;
  await checkGraph(portal, graphs[i], COUNT > 1 ? foreign : null, new Random(SEED + i + 1)).catch((error) => {
    error.message = `world ${graphs[i].name}: ${error.message}\n${JSON.stringify(graphs[i])}`;
    throw error;
  });
}

for (let first = 0; first < COUNT; first += BATCH) {
  const last = Math.min(first + BATCH, COUNT);
  test(`the model and the server agree on worlds ${first} to ${last - 1} (seed ${SEED})`, async () => {
    let next = first;
    const workers = Array.from({ length: AT_ONCE }, async () => {
      while (next < last) await checkWorld(next++);
    });
    await Promise.all(workers);
  });
}
