// Bookings, unread messages and saved searches over random worlds: when somebody comes to which case, what a login has
// not read, and what it keeps by name, against the model. PROPERTY_GRAPHS worlds (a quarter as many as of cases),
// PROPERTY_SEED to repeat a run.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "../http/harness.mjs";
import { staffClient } from "../http/staff.mjs";
import { beyondCsv, enrich } from "./beyond_graph.mjs";
import { bookedOf, unreadOf } from "./booked_model.mjs";
import { makeGraph, toCsv } from "./graph.mjs";
import { isCancelled, loginsOf, mayCase } from "./model.mjs";
import { Random } from "./random.mjs";

const COUNT = Math.ceil(Number(process.env.PROPERTY_GRAPHS || 2000) / 4);
const SEED = Number(process.env.PROPERTY_SEED || Date.now() % 1e9);
const BATCH = 25;
const AT_ONCE = 4;
const SHOWN = 10; // messages on the start page
const checked = { bookings: 0, unread: 0, saved: 0 }; // to see that there was something to check

const unescape = (html) => html.replaceAll("&#39;", "'").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
const sorted = (items) => [...items].sort();
const pathOf = (one) => `/cases/${encodeURIComponent(one.number)}`;
const numbersIn = (html, pattern) => [...html.matchAll(pattern)].map((m) => decodeURIComponent(unescape(m[1])));

function table(text) {
  const [head, ...lines] = text.replace(/^\ufeff/, "").trimEnd().split("\r\n").map((line) => line.split(","));
  return lines.map((line) => Object.fromEntries(head.map((name, i) => [name, line[i]])));
}

// The list of booked cases with the next booking of each, in its order, and the number on the chip.
async function checkBookings(client, visible) {
  const booked = visible.filter((one) => bookedOf(one) !== null);
  const rows = table((await client.get("/cases.csv?status=booked&sort=booked")).text);
  assert.deepEqual(sorted(rows.map((row) => row.number)), sorted(booked.map((one) => one.number)), "booked cases");
  for (const row of rows) {
    const one = booked.find((other) => other.number === row.number);
    assert.equal(Date.parse(row.booked), bookedOf(one), `booking of ${row.number}`);
    checked.bookings++;
  }
  const times = rows.map((row) => Date.parse(row.booked));
  assert.deepEqual(times, [...times].sort((a, b) => a - b), "the order of bookings");
  const page = (await client.get("/cases")).text;
  const chip = /href="[^"]*status=booked[^"]*"[^>]*>(.*?)<\/a>/s.exec(page)?.[1].replace(/<[^>]*>/g, " ");
  assert.equal(Number(/\d+/.exec(chip ?? "0")?.[0] ?? 0), booked.length, `the chip of booked cases: ${chip}`);
}

// The number in the menu, and the messages on the start page.
async function checkUnread(client, login, visible) {
  const unread = visible.filter((one) => unreadOf(login, one));
  const page = (await client.get("/")).text;
  const menu = /<nav class="site-menu.*?<\/nav>/s.exec(page)[0];
  const told = /href="\/cases"[^>]*>.*?(?:<span class="menu-count">(\d+)<\/span>)?<\/span><\/a>/s.exec(menu)?.[1];
  assert.equal(Number(told ?? 0), unread.length, "unread messages in the menu");
  const tasks = /<section class="home-tasks.*?<\/section>/s.exec(page)?.[0] ?? "";
  const shown = numbersIn(tasks, /<a class="case-link" href="\/cases\/([^"#]+)#/g);
  assert.equal(shown.length, Math.min(SHOWN, unread.length), "unread messages on the start page");
  for (const number of shown) assert.ok(unread.some((one) => one.number === number), `${number} has a new message`);
  checked.unread += unread.length;
}

const write = (one, from) => (one.talk ??= []).push({ from, seen: new Set() });

// Staff and customers write, and customers read, in a random order.
async function talk(staff, entered, graph, random) {
  for (let i = 0; i < 6; i++) {
    const one = random.pick(graph.cases), message = `Hej ${random.below(1e9)}`;
    const [login, client] = random.pick(entered);
    const what = random.below(3);
    if (what === 0) {
      const answer = await staff.postForm(`/staff/cases/${encodeURIComponent(one.number)}/messages`, { message });
      assert.equal(answer.status, 303, `staff write to ${one.number}`);
      write(one, "staff");
    } else if (mayCase(graph, login, one)) {
      if (what === 1) {
        const form = `${pathOf(one)}/messages`;
        const answer = await client.postForm(form, { message, name: "Kim" }, [], "/account");
        assert.equal(answer.status, 303, `message to ${one.number}`);
        write(one, login.name);
      }
      assert.equal((await client.get(pathOf(one))).status, 200);
      for (const said of one.talk ?? []) said.seen.add(login.name);
    }
  }
}

// Each login keeps a search; it finds only its own, and opening it finds what the criteria find.
async function checkSaved(entered, graph, random) {
  for (const [login, client] of entered) {
    login.saved = { name: `Sökning ${random.below(1e9)}`, status: random.pick(["open", "booked", "finished"]) };
    const sent = await client.postForm("/cases/saved",
      { search: `status=${login.saved.status}`, name: login.saved.name }, [], "/account");
    assert.equal(sent.status, 303, "a search is kept");
  }
  for (const [login, client] of entered) {
    const bar = /<nav class="saved .*?<\/nav>/s.exec((await client.get("/cases")).text)[0];
    const links = [...bar.matchAll(/<a href="([^"]*)"[^>]*>(Sökning[^<]*)</g)];
    assert.deepEqual(links.map((m) => m[2]), [login.saved.name], "the searches of a login");
    const fits = { open: (one) => one.status !== "finished" && !isCancelled(one),
      finished: (one) => one.status === "finished",
      booked: (one) => bookedOf(one) !== null }[login.saved.status];
    const wanted = graph.cases.filter((one) => mayCase(graph, login, one) && fits(one)).map((one) => one.number);
    const rows = table((await client.get(unescape(links[0][1]).replace("/cases?", "/cases.csv?"))).text);
    assert.deepEqual(sorted(rows.map((row) => row.number)), sorted(wanted), `the saved search ${login.saved.status}`);
    checked.saved++;
  }
}

async function checkWorldOf(portal, staff, graph, random) {
  const entered = [];
  for (const login of loginsOf(graph).filter((one) => one.allowed && (one.kind !== "contact" || one.contact))) {
    const client = portal.client();
    assert.equal((await client.login(login.name, graph.password)).status, 303, `login of ${login.name}`);
    entered.push([login, client]);
  }
  if (!entered.length) return;
  for (let round = 0; round < 2; round++) {
    await talk(staff, entered, graph, random);
    for (const [login, client] of entered) {
      const visible = graph.cases.filter((one) => mayCase(graph, login, one));
      await checkUnread(client, login, visible);
      if (round === 0) await checkBookings(client, visible);
    }
  }
  await checkSaved(entered, graph, random);
}

let portal, staff;
const random = new Random(SEED);
// Whether customers see cancelled cases follows from the seed.
const SHOWN_CANCELLED = SEED % 2 === 1;
const graphs = Array.from({ length: COUNT },
  (_, i) => enrich(random, { ...makeGraph(random, i), showsCancelled: SHOWN_CANCELLED }));

before(async () => {
  portal = await startPortal({ cheapPasswords: true, config: "[case_search]\ncolumns = number, status, booked\n"
    + `[cases]\nshow_cancelled = ${SHOWN_CANCELLED ? "yes" : "no"}\n` });
  await portal.importFiles({ ...toCsv(graphs), ...beyondCsv(graphs) });
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
});
after(() => portal?.stop());

async function checkWorld(i) {
  await checkWorldOf(portal, staff, graphs[i], new Random(SEED + i + 1)).catch((error) => {
    error.message = `world ${graphs[i].name}: ${error.message}\n${JSON.stringify(graphs[i])}`;
    throw error;
  });
}

for (let first = 0; first < COUNT; first += BATCH) {
  const last = Math.min(first + BATCH, COUNT);
  test(`bookings, messages and saved searches agree on worlds ${first} to ${last - 1} (seed ${SEED})`, async () => {
    let next = first;
    const workers = Array.from({ length: AT_ONCE }, async () => {
      while (next < last) await checkWorld(next++);
    });
    await Promise.all(workers);
    for (const [what, count] of Object.entries(checked)) assert.ok(count > 0, `${what} that were checked`);
  });
}
