// A company with dashboards, for dashboards.test.mjs, and how its pages are read.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { startPortal } from "./harness.mjs";
import { linkOf, textOf, unescape } from "./html.mjs";
import { readCsv } from "./sheets.mjs";

export const PASSWORD = "Ekollon-2026";
export const BOARDS = ["cases", "work-orders", "throughput", "article-rows"];
export const MARCH = "from=2026-03-01&to=2026-03-31";

// --- a company -------------------------------------------------------------------------------------------------------

const zone = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm" });
// The same day so many calendar months back, held to the end of a shorter month.
export function monthsBack(date, months) {
  const [year, month, day] = date.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(day, last))).toISOString().slice(0, 10);
}
export const dayBefore = (date) => new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
const today = () => zone.format(new Date());
// Checks what depends on the day, again when midnight came in between.
export async function onOneDay(check) {
  for (;;) {
    const day = today();
    try {
      return await check(day);
    } catch (error) {
      if (today() === day) throw error;
    }
  }
}

export const range = (count, make) => Array.from({ length: count }, (_, i) => make(i));
const table = (head, rows) => [head.join(","), ...rows.map((row) => head.map((name) => {
  const cell = String(row[name] ?? "");
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}).join(","))].join("\n") + "\n";

// What Karin sees in March 2026: nine cases; E1 and E4 lie a second outside of it. V1 is of another customer, on an
// object of hers.
const march = [
  { number: "F1", type: "fel", status: "finished", customer: "A", object: "H1", created: "2026-03-02T08:00:00",
    started: "2026-03-02T10:00:00", finished: "2026-03-03T08:00:00",
    primary_contact: "K1", contacts: "K1|K5" },
  { number: "F2", type: "fel", status: "finished", customer: "A", object: "H1", created: "2026-03-03T08:00:00",
    finished: "2026-03-05T08:00:00" },
  { number: "F3", type: "best", status: "not_started", customer: "A", object: "H2", created: "2026-03-10T08:00:00" },
  { number: "F4", status: "started", customer: "A", created: "2026-03-20T08:00:00" },
  { number: "V1", title: "=1+1", status: "finished", customer: "B", object: "X1", created: "2026-03-11T08:00:00",
    started: "2026-03-11T09:00:00", finished: "2026-03-11T11:30:00" },
  { number: "W1", customer: "A", object: "H2", created: "2026-03-04T08:00:00" },
  { number: "W2", customer: "A", object: "H1", created: "2026-02-10T08:00:00" },
  { number: "E1", customer: "A", created: "2026-02-28T22:59:59Z" },
  { number: "E2", customer: "A", created: "2026-02-28T23:30:00Z" },
  { number: "E3", customer: "A", created: "2026-03-31T21:59:59Z" },
  { number: "E4", customer: "A", created: "2026-03-31T22:00:00Z" },
  { number: "C1", title: "Hemligt", customer: "C", object: "Y1", created: "2026-03-12T08:00:00", status: "finished",
    finished: "2026-03-13T08:00:00" },
];
// For Doris: around the ends of the default period.
export const aroundThePeriod = (day) => table(["number", "title", "customer", "created"], [
  { number: "D1", created: `${dayBefore(monthsBack(day, 3))}T23:59:59` },
  { number: "D2", created: `${monthsBack(day, 3)}T00:00:00` },
  { number: "D3", created: `${day}T00:00:00` },
].map((one) => ({ title: `Ärende ${one.number}`, customer: "D", ...one })));
// For Maja: more objects than a chart shows, and more rows than a page.
export const many = range(120, (i) =>
  ({ number: `M${100 + i}`, customer: "M", object: `M${1 + Math.min(Math.floor(i / 8), 13)}`, type: i % 2 ? "fel" : "",
  created: `2026-01-${String(1 + (i % 31)).padStart(2, "0")}T10:00:00` }));

const orders = [
  { number: "W1-1", case: "W1", type: "jour", status: "finished", booked_to: "2026-03-05T16:00:00",
    created: "2026-03-04T09:00:00", finished: "2026-03-05T16:00:00" },
  { number: "W1-2", case: "W1", type: "jour", status: "finished", booked_to: "2026-03-05T16:00:00",
    created: "2026-03-04T09:00:00", finished: "2026-03-05T16:00:01" },
  { number: "W1-3", case: "W1", type: "plan", status: "finished", created: "2026-03-31T21:59:59Z",
    finished: "2026-04-02T08:00:00" },
  { number: "W1-4", case: "W1", status: "not_started", booked_to: "2026-03-05T16:00:00",
    created: "2026-03-06T08:00:00" },
  { number: "W2-1", case: "W2", status: "started", created: "2026-03-07T08:00:00" },
  { number: "W2-2", case: "W2", status: "started", created: "2026-03-31T22:00:00Z" },
];
const articleRows = [
  { number: "R1", case: "F1", article: "100", date: "2026-03-02", quantity: "2", unit_price: "100",
    action_code: "byte" },
  { number: "R2", case: "F1", date: "2026-03-02", title: 'Rör, "böjt"', article_type: "material", quantity: "1",
    unit: "m", unit_price: "50.5", discount: "0.125" },
  { number: "R3", case: "F1", date: "2026-03-02", title: "Fel", article_type: "material", quantity: "1",
    unit_price: "9999", status: "cancelled" },
  { number: "R4", case: "F3", date: "2026-06-30", title: "=cmd", article_type: "other", quantity: "-1",
    unit_price: "10.005" },
  { number: "R5", case: "V1", date: "2026-03-11", title: "Resa", article_type: "travel", quantity: "1",
    unit_price: "250" },
  { number: "R6", case: "E4", date: "2026-03-31", title: "Resa", article_type: "travel", quantity: "1",
    unit_price: "250" },
  { number: "R8", case: "M100", date: "2026-01-01", title: "Öre", article_type: "other", quantity: "1",
    unit_price: "0.01" },
  { number: "R9", case: "M101", date: "2026-01-02", title: "Miljarder", article_type: "other", quantity: "1000000",
    unit_price: "900000" },
  { number: "R7", case: "C1", article: "900", date: "2026-03-12", quantity: "1", unit_price: "7" },
];

const people = { karin: "A", tom: "T", olle: "", doris: "D", maja: "M" };
export const files = {
  "picklists.csv": `list,key,label_sv,label_en
case_type,fel,Felanmälan,Fault
case_type,best,Beställning,Order
work_order_type,jour,Jour,Emergency
work_order_type,plan,Planerat,
action_code,byte,Byte,Replacement
`,
  "customers.csv": table(["number", "name", "login"],
    [{ number: "A", name: "Brf Aspen", login: `kund/${PASSWORD}` }, { number: "B", name: "Brf Björken" },
    { number: "C", name: "Hemliga bolaget" }, { number: "D", name: "Dagens" }, { number: "M", name: "Många" },
      { number: "T", name: "Tomma" }]),
  "objects.csv": table(["number", "name", "customer", "login"],
    [{ number: "H1", name: "Ängsgatan 1", customer: "A", login: `objekt/${PASSWORD}` },
    { number: "H2", name: "Ängsgatan 2", customer: "A" }, { number: "X1", name: "Porten", customer: "B" },
      { number: "Y1", name: "Hemliga huset", customer: "C" },
    ...range(60, (i) => ({ number: `M${1 + i}`, name: `Mast ${1 + i}`, customer: "M" }))]),
  "contacts.csv": table(["number", "first_name", "last_name", "email", "customers", "objects"], [
    ...Object.entries(people).map(([name, customers], i) =>
      ({ number: `K${1 + i}`, first_name: name, last_name: "Ek", email: `${name}@x.se`, customers,
      objects: { karin: "X1|H1", olle: "X1" }[name] }))]),
  "accounts.csv": table(["email", "password", "verified"],
    [...Object.keys(people), "ensam"].map((name) => ({ email: `${name}@x.se`, password: PASSWORD, verified: "yes" }))),
  "articles.csv": "number,name,article_type,unit,unit_price\n100,Tekniker,time,tim,100\n"
    + "900,Hemlig artikel,material,st,7\n",
  "cases.csv": table(["number", "title", "type", "status", "customer", "object", "primary_contact", "contacts",
    "created", "started", "finished"],
    [...march, ...many].map((one) => ({ title: `Ärende ${one.number}`, ...one }))),
  "work_orders.csv": table(["number", "case", "title", "type", "status", "booked_from", "booked_to", "created",
    "finished"], orders.map((one) =>
    ({ title: "Laga", booked_from: one.booked_to ? "2026-03-05T08:00:00" : "", ...one }))),
  "article_rows.csv": table(["number", "case", "article", "date", "title", "action_code", "article_type", "quantity",
    "unit", "unit_price", "discount", "status"], articleRows),
};

export let portal;
const clients = {};
before(async () => {
  portal = await startPortal({ files });
});
after(() => portal?.stop());

export async function as(name, where = portal) {
  const key = `${where.url} ${name}`;
  if (!clients[key]) {
    clients[key] = where.client();
    assert.equal((await clients[key].login(name, PASSWORD)).status, 303, `login of ${name}`);
  }
  return clients[key];
}
export const karin = (where) => as("karin@x.se", where);

export async function page(path, client) {
  const answer = await (client ?? (await karin())).get(path);
  assert.equal(answer.status, 200, path);
  return answer.text;
}

// A page without tokens of forms and names of styles and scripts, which may have any digits.
export const withoutChance = (html) =>
  html.replace(/(name="csrf_token" value=|(?:href|src)="\/(?:assets|theme)\/)"?[^"]*"/g, "");

// --- reading a dashboard ---------------------------------------------------------------------------------------------

// Label → value, change and link of the figures on top.
export const figures = (html) => Object.fromEntries([...html.matchAll(/<div class="figure">(.*?)<\/div>/gs)].map((m) =>
  [textOf(/<dt>(.*?)<\/dt>/s.exec(m[1])[1]), {
  value: textOf(/class="figure-value"[^>]*>(.*?)<\//s.exec(m[1])[1]),
    change: textOf(/figure-change[^>]*>(.*?)<\/span>/s.exec(m[1])?.[1] ?? ""),
  href: unescape(/href="([^"]*)"/.exec(m[1])?.[1] ?? "") }]));
export const values = (html) =>
  Object.fromEntries(Object.entries(figures(html)).map(([label, { value }]) => [label, value]));

// The headings of the charts.
export const titles = (html) => [...html.matchAll(/<h2 id="[\w]+-title">(.*?)<\/h2>/g)].map((m) => textOf(m[1]));
// The table under the chart: headings, rows of texts, the links of the numbers of each row, and the sum.
export function chart(html, id) {
  const section = new RegExp(`<section class="chart-block" id="chart-${id}".*?</section>`, "s").exec(html)[0];
  const rows = (part) => [...part.matchAll(/<tr>(.*?)<\/tr>/gs)].map((m) => m[1]);
  const cells = (row) => [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map((m) => textOf(m[1]));
  const body = rows(/<tbody>(.*?)<\/tbody>/s.exec(section)[1]);
  return { heads: cells(/<thead>.*?<\/thead>/s.exec(section)[0]), rows: body.map(cells),
    sum: cells(/<tfoot>.*?<\/tfoot>/s.exec(section)[0]),
    links: body.map((row) => [...row.matchAll(/<td[^>]*><a href="([^"]*)"/g)].map((m) => unescape(m[1]))),
      csv: linkOf(section, "CSV") };
}
export const csv = async (path, client) => readCsv(await page(path, client));
export const numbersOf = async (path, client) => (await csv(path, client)).slice(1).map((row) => row[0]).sort();
export const told = (html) => Number(/<h2 id="result-title">([\d\s\u00a0]+)/.exec(html)[1].replace(/\D/g, ""));
export const rowsCsv = (href) => href.replace("/rows?", "/rows.csv?");
