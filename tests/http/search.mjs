// A company to search in, for search.test.mjs and search_result.test.mjs, and how they search.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { startPortal } from "./harness.mjs";
import { linkOf, tableOf } from "./html.mjs";

export const PASSWORD = "Ekollon-2026";
const config = `
[login]
hash_memory_kib = 64
hash_passes = 1
[case_search]
columns = number, title, status, type, priority, customer, object, site_street, extra_floor, created, actions
[field.title]
label_sv = Ort / Titel
[extra.floor]
label_sv = Våning
kind = choice
choices = 0:Entréplan|Ground floor; k:Källare|Basement
`;

const csv = (rows) =>
  rows.map((row) => row.map((cell) => (/[",\n;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(","))
  .join("\n") + "\n";
const CASE = ["number", "title", "description", "type", "priority", "status", "customer", "object", "your_reference",
  "site_street", "site_city", "extra_floor", "created"];
export const caseFile = (cases) =>
  csv([CASE, ...cases.map((one) => CASE.map((name) => one[name] ?? (name === "title" ? "Fel" : "")))]);

// What words are searched in. Every case of customer W.
const worded = [
  { number: "251123-0001", title: "Läckande kran i köket", description: "Vatten droppar på golvet",
    your_reference: "PO-4711", site_street: "Ängsgatan 4" },
  { number: "251123-0002", title: "LACKERING av dörr", site_street: "Storgatan 12B", site_city: "Örebro" },
  { number: "251124-0001", title: "Café é", description: "kran, kran och \"kran\"" },
  { number: "260101-0042", title: "OR NEAR AND", description: "100 % trasigt_rör" },
].map((one, i) => ({ ...one, customer: "W", created: `2025-11-2${i + 1}T08:00:00` }));

// What lists and dates narrow. Every case of customer L or on object A1.
const listed = [
  { number: "L1", type: "fel", priority: "akut", status: "not_started", customer: "L", object: "E1",
    created: "2026-02-28T23:59:59" },
  { number: "L2", type: "fel", priority: "normal", status: "started", customer: "L", object: "E2",
    created: "2026-03-01T00:00:00", extra_floor: "k" },
  { number: "L3", type: "besok", priority: "akut", status: "finished", customer: "L", object: "E1",
    created: "2026-03-01T23:59:59" },
  { number: "L4", type: "gammal", status: "finished", customer: "OLD", object: "A1", created: "2026-03-02T00:00:00" },
  { number: "L5", type: "fel", status: "not_started", customer: "L", created: "2026-03-29T03:30:00", title: "Hiss" },
];

// What order and pages are tried on: equal times, equal titles, three states. Every case of customer P.
const TITLES = ["Zebra", "apa", "Apa", "Ånga", "Ägg", "Öl", "Älg", "co-op", "coop", "vax", "wok", "10 st", "9 st",
  "Aa"];
export const paged = Array.from({ length: 45 }, (_, i) => ({
  number: `P${100 - i}`, title: TITLES[i % TITLES.length], customer: "P",
  status: ["finished", "not_started", "started"][i % 3],
    created: `2026-01-${String(1 + Math.floor(i / 4)).padStart(2, "0")}T10:00:00`,
}));

const masts = Array.from({ length: 60 },
  (_, i) => ({ number: `M${100 + i}`, name: `Mast ${i}`, street: `Ängsgatan ${i}` }));
export const onMasts = masts.map((mast, i) => ({ number: `B${i}`, title: `Lampa ${i % 7}`, object: mast.number,
  created: `2026-02-01T${String(i % 24).padStart(2, "0")}:00:00` }));

const files = {
  "picklists.csv": csv([["list", "key", "label_sv", "label_en", "active"],
    ["case_type", "fel", "Felanmälan", "Fault", "yes"],
    ["case_type", "besok", "Besök", "Visit", "yes"], ["case_type", "gammal", "Gammal typ", "Old type", "no"],
    ["priority", "akut", "Akut", "Urgent", "yes"], ["priority", "normal", "Normal", "Normal", "yes"]]),
  "customers.csv": csv([["number", "name", "login", "status"], ["W", "Ordbolaget", `ord/${PASSWORD}`, "active"],
    ["L", "Listbolaget", "", "active"], ["OLD", "Gamla bolaget", "", "inactive"],
      ["P", "Sidbolaget", `sid/${PASSWORD}`, "active"],
    ["M", "Mastbolaget", `mast/${PASSWORD}`, "active"], ["X", "=cmd|' /C calc'!A0", `x/${PASSWORD}`, "active"],
    ["E", "Tomma bolaget", `tom/${PASSWORD}`, "active"]]),
  "objects.csv": csv([["number", "name", "customer", "street", "city"], ["E1", "Hus 1", "L", "", ""],
    ["E2", "Hus 2", "L", "", ""],
    ["A1", "Gården", "OLD", "", ""], ...masts.map((mast) => [mast.number, mast.name, "M", mast.street, "Åmål"])]),
  "contacts.csv": csv([["number", "first_name", "last_name", "email", "customers", "objects"],
    ["K1", "Vera", "Båda", "vera@x.se", "L", "A1"], ["K2", "Maja", "Master", "maja@x.se", "M", ""],
    ["K3", "Stina", "Många", "stina@x.se", "", masts.map((mast) => mast.number).join("|")],
    ["K4", "Nisse", "Några", "nisse@x.se", "", masts.slice(0, 10).map((mast) => mast.number).join("|")],
    ["K5", "Lars", "Länklös", "lars@x.se", "", ""]]),
  "accounts.csv": csv([["email", "password", "verified"],
    ...["vera", "maja", "stina", "nisse", "lars", "ingen"].map((name) => [`${name}@x.se`, PASSWORD, "yes"])]),
  "cases.csv": caseFile([...worded, ...listed, ...paged, ...onMasts,
    { number: "X1", title: "=1+1", customer: "X", site_street: "@SUM(A1)", created: "2026-01-01T08:00:00" },
    { number: "X2", title: "rad\nbrytning, \"citat\"", customer: "X", site_street: "-5",
      created: "2026-01-02T08:00:00" },
    { number: "X3", title: "<script>alert(1)</script>", customer: "X", site_street: "\t=1",
      created: "2026-01-03T08:00:00" }]),
};

export let portal;
const clients = {};
before(async () => {
  portal = await startPortal({ config, files });
});
after(() => portal?.stop());

export async function as(name) {
  if (!clients[name]) {
    clients[name] = portal.client();
    assert.equal((await clients[name].login(name, PASSWORD)).status, 303, `login of ${name}`);
  }
  return clients[name];
}

export const query = (criteria) => `?${new URLSearchParams(criteria)}`;
export const numbers = (html) => tableOf(html).rows.map((row) => row[1]);
export const total = (html) => Number(/<h2 id="result-title">([\d\s\u00a0]+)/.exec(html)[1].replace(/\D/g, ""));

export async function search(name, criteria) {
  const page = await (await as(name)).get(`/cases${query(criteria)}`);
  assert.equal(page.status, 200, JSON.stringify(criteria));
  return page.text;
}
export const found = async (name, criteria) => numbers(await search(name, { page_size: 100, ...criteria })).sort();

// Every page from an address on, by the links of its pager.
export async function walk(client, path, text = "Nästa") {
  const pages = [];
  while (path) {
    const page = await client.get(path);
    assert.equal(page.status, 200, path);
    pages.push(numbers(page.text));
    path = linkOf(page.text, text);
  }
  return pages;
}
