// A word that very many cases have (domain 5.10): the count stops, pages and files do not, however a page is found.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { linkOf, tableOf, textOf } from "./html.mjs";
import { readCsv } from "./sheets.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
const COMMON = 1150, PUMPS = 60;
// The oldest cases have `fönster`, the newest do not: there is nothing to find among those that are tried first.
const cases = Array.from({ length: COMMON + 700 }, (_, i) => ({
  number: `N${i}`, title: i < COMMON ? `Takfönster ${i}` : i < COMMON + PUMPS ? `Värmepump ${i}` : `Dörr ${i}`,
  status: i % 2 ? "started" : "not_started",
  created: new Date(Date.UTC(2026, 0, 1) + i * 60000).toISOString().slice(0, 19),
}));
const wanted = (part) => cases.filter((one) => one.title.includes(part)).map((one) => one.number).reverse();

let portal, client, staff;
before(async () => {
  portal = await startPortal({ files: {
    "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\n`,
    "cases.csv": "number,title,status,customer,created\n"
      + cases.map((one) => `${one.number},${one.title},${one.status},K1,${one.created}\n`).join(""),
  } });
  client = portal.client();
  await client.login("eken", PASSWORD);
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
});
after(() => portal?.stop());

const numbersOf = (html) => tableOf(html).rows.map((row) => row.find((cell) => /^N\d+$/.test(cell)));
const headingOf = (html) => textOf(/<h2 id="result-title">(.*?)<\/h2>/s.exec(html)[1]).replace(/\u00a0/g, " ").trim();
const QUESTIONS = [["fönster", "fönster"], ["takf", "Takf"], ["fön tak", "Takf"]];

async function walk(who, path) {
  const found = [];
  for (let pages = 0; path && pages < 50; pages++) {
    const { text } = await who.get(path);
    found.push(...numbersOf(text));
    path = linkOf(text, "Nästa");
  }
  return found;
}

for (const [q, part] of QUESTIONS) {
  test(`the count of ${q} stops, and every page follows`, async () => {
    const path = `/cases?q=${encodeURIComponent(q)}`;
    assert.match(headingOf((await client.get(path)).text), /^Fler än 1 000 ärenden/);
    assert.deepEqual(await walk(client, `${path}&page_size=100`), wanted(part));
    const [head, ...rows] = readCsv((await client.get(`/cases.csv?q=${encodeURIComponent(q)}`)).text);
    assert.deepEqual(rows.map((row) => row[head.indexOf("number")]), wanted(part));
  });
}

test("the newest of many are found among those tried first, and turned back to", async () => {
  const first = (await client.get("/cases?q=fönster&page_size=10&to=2026-01-01")).text;
  const second = (await client.get(linkOf(first, "Nästa"))).text;
  assert.deepEqual(numbersOf(first), wanted("fönster").slice(0, 10));
  assert.deepEqual(numbersOf(second), wanted("fönster").slice(10, 20));
  assert.deepEqual(numbersOf((await client.get(linkOf(second, "Föregående"))).text), numbersOf(first));
});

test("a filter beside a common word is kept", async () => {
  const found = await walk(client, "/cases?q=fönster&status=started&page_size=100");
  assert.deepEqual(found, wanted("fönster").filter((number) => Number(number.slice(1)) % 2));
});

test("fewer are counted to the last", async () => {
  assert.match(headingOf((await client.get("/cases?q=pump")).text), new RegExp(`^${PUMPS} ärenden`));
  assert.match(headingOf((await client.get("/cases")).text), /^1 850 ärenden/);
});

test("staff see the same in their list, and the newest in the field at the top", async () => {
  assert.match(headingOf((await staff.get("/staff/cases?q=fönster")).text), /^Fler än 1 000 ärenden/);
  assert.deepEqual(await walk(staff, "/staff/cases?q=fönster&page_size=100"), wanted("fönster"));
  const { text } = await staff.get("/staff/find?q=fönster");
  const hits = [...text.matchAll(/href="\/staff\/cases\/(N\d+)"/g)].map((match) => match[1]);
  assert.deepEqual([...new Set(hits)], wanted("fönster").slice(0, 10));
});
