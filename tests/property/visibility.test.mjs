// Who sees what, over random worlds: the running server against the model, in both directions, on every read path.
// PROPERTY_GRAPHS worlds (2,000 by default, `make test` takes 150), PROPERTY_SEED to repeat a run.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "../http/harness.mjs";
import { staffClient } from "../http/staff.mjs";
import { makeGraph, toCsv } from "./graph.mjs";
import {
  choices, costOf, isCancelled, loginsOf, made, mailedAnyway, mailedFollowers, mayCase, mayObject, mayPrices, openOn,
  takes,
} from "./model.mjs";
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

const onlyChoice = (html, name) => {
  const field = name === "customer" ? "customer_single" : name;
  const found = new RegExp(`<input type="hidden" name="${field}" value="([^"]+)"`).exec(html);
  return found ? unescape(found[1]) : undefined;
};

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
  for (const [name, list] of [["customer", fresh.customers], ["object", fresh.objects]]) {
    // nothing to choose is not in the form, and one choice is not asked for
    const sent = list?.length === 1 ? list[0] : undefined;
    assert.equal(onlyChoice(form, name), sent, `the only ${name} of a new case`);
    if (sent === undefined) assert.deepEqual(offered(form, name), list?.length ? list : null, `${name}s of a new case`);
  }
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
    // Cancelled cases stand neither among the open ones nor in the history.
    const cases = graph.cases.filter((own) =>
      own.object === one.number && !isCancelled(own) && mayCase(graph, login, own));
    assert.deepEqual(casesOf(page.text), sorted(cases.map((own) => own.number)), `cases on ${one.number}`);
    assert.deepEqual(insideOf(page.text),
      sorted(visible.filter((inner) => inner.parent === one.number && inner.active).map((inner) => inner.number)),
      `objects in ${one.number}`);
    const cost = /object-cost">([^<]*)</.exec(page.text)?.[1].replace(/[^\d,]/g, "") ?? null;
    assert.equal(cost, costOf(graph, login, cases), `cost of ${one.number}`);
  }
}

// The open cases on each object that are shown before another one is reported there: the newest five.
async function checkOpenCases(client, graph, login) {
  const shown = (html) => [...html.matchAll(/name="follow" value="([^"]+)"/g)].map((m) => unescape(m[1]));
  const objects = login.kind === "object" ? [login.object] : graph.objects;
  for (const { number } of objects) {
    const path = login.kind === "object" ? "/cases/new" : `/cases/new/known?object=${encodeURIComponent(number)}`;
    const answer = await client.get(path);
    if (login.kind === "contact" || login.kind === "customer") assert.equal(answer.status, 200, path);
    const open = openOn(graph, login, number).map((one) => one.number);
    const seen = shown(answer.text);
    assert.equal(seen.length, Math.min(open.length, 5), `open cases shown on ${number}`);
    assert.deepEqual(seen.filter((one) => !open.includes(one)), [], `open cases shown on ${number}`);
  }
}

// Follows a case, seen or not.
async function followCase(client, graph, login, random) {
  const one = random.pick(graph.cases);
  const path = `/cases/${encodeURIComponent(one.number)}/follow`;
  const answer = await client.postForm(path, { follow: "yes" }, [], "/account");
  const may = mayCase(graph, login, one);
  assert.equal(answer.status, may ? 303 : 404, `following ${one.number}`);
  if (may) one.followers = [...(one.followers ?? []), login.name];
}

async function checkFollowed(client, graph, login) {
  const wanted = graph.cases.filter((one) => one.followers?.includes(login.name) && mayCase(graph, login, one));
  const page = await client.get("/cases?status=followed&page_size=100");
  assert.deepEqual(sorted(rowNumbers(page.text)), sorted(wanted.map((one) => one.number)), "cases that are followed");
}

// The rights of one contact end; what it follows rests from then on: on its list and in the mails of a message.
async function checkRightsThatEnd(portal, graph, entered, random) {
  const contact = random.pick(graph.contacts);
  const ids = `SELECT id FROM contact WHERE number = '${contact.number}'`;
  portal.sql(`DELETE FROM contact_customer WHERE contact_id IN (${ids});`
    + `DELETE FROM contact_object WHERE contact_id IN (${ids})`);
  contact.customers = [];
  contact.objects = [];
  for (const [login, client] of entered) await checkFollowed(client, graph, login);
  for (const one of graph.cases.filter((each) => each.followers).slice(0, 3)) {
    const answer = await staffOf.get(portal)
      .submit(`/staff/cases/${encodeURIComponent(one.number)}`, { message: "Hej" });
    assert.equal(answer.status, 303);
    const mails = portal.sql(`SELECT recipient FROM mail WHERE subject LIKE '%ärende ${one.number}: %'`
      + " AND subject LIKE 'Nytt meddelande%'").map(([to]) => to.toLowerCase());
    const wanted = mailedFollowers(graph, one).map((login) => login.name.toLowerCase());
    for (const to of wanted) assert.ok(mails.includes(to), `${to} follows ${one.number} and is mailed`);
    const others = [...wanted, ...mailedAnyway(graph, one)];
    assert.deepEqual(mails.filter((to) => !others.includes(to)), [], `mails of ${one.number} to nobody else`);
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
    for (let i = 0; i < 2; i++) await followCase(client, graph, login, random);
  }
  for (const [login, client] of entered) {
    const visible = graph.cases.filter((one) => mayCase(graph, login, one));
    await checkLists(client, sorted(visible.map((one) => one.number)));
    await checkSearches(client, graph, visible, random);
    for (const one of graph.cases) await checkCase(client, graph, login, one);
    await checkObjects(client, graph, login);
    await checkOpenCases(client, graph, login);
    await checkFollowed(client, graph, login);
    if (foreign) assert.equal((await client.get(`/cases/${foreign}`)).status, 404, "a case of another world");
  }
  await checkRightsThatEnd(portal, graph, entered, random);
}

// One portal hides cancelled cases from customers, the other shows them. A world belongs to one of them.
const portals = [], staffOf = new Map();
const random = new Random(SEED);
const graphs = Array.from({ length: COUNT }, (_, i) => ({ ...makeGraph(random, i), showsCancelled: i % 2 === 1 }));

before(async () => {
  for (const shows of [false, true]) {
    const portal = await startPortal({ cheapPasswords: true,
      config: `[cases]\nshow_cancelled = ${shows ? "yes" : "no"}\n` });
    portals.push(portal);
    await portal.importFiles(toCsv(graphs.filter((graph) => graph.showsCancelled === shows)));
    staffOf.set(portal, (await staffClient(portal, "hand@firma.se", "handler")).client);
  }
});
after(() => Promise.all(portals.map((portal) => portal.stop())));

// Each world has a sequence of its own, so that a run repeats whichever world is done first.
async function checkWorld(i) {
  const foreign = graphs[(i + 2) % COUNT].cases[0].number;
  await checkGraph(portals[i % 2], graphs[i], COUNT > 2 ? foreign : null, new Random(SEED + i + 1)).catch((error) => {
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
