// Se åtgärder over HTTP (domain 5): the rows of a case, without cancelled ones, with prices only for those who may see
// them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { linkOf, tableOf, textOf, withoutToken } from "./html.mjs";
import { readCsv, readXlsx } from "./sheets.mjs";

const PASSWORD = "Ekollon-2026";
const REST = "title,description,action_code,article_type,quantity,unit,unit_price,discount,status,resource";
const files = {
  "picklists.csv": "list,key,label_sv,label_en\naction_code,byte,Byte,Replacement\n",
  "customers.csv": `number,name,login
K1,Brf Eken,eken/${PASSWORD}
K2,Brf Aspen,aspen/${PASSWORD}
`,
  "objects.csv": `number,name,customer,login
O1,Storgatan 1,K1,hus/${PASSWORD}
`,
  "contacts.csv": `number,first_name,last_name,email,customers,objects
P1,Kim,Kund,kim@x.se,K1,
P2,Olle,Objekt,olle@x.se,,O1
P3,Petra,Primär,petra@x.se,,
`,
  "accounts.csv": ["kim", "olle", "petra"].reduce((text, name) => `${text}${name}@x.se,${PASSWORD},yes\n`,
    "email,password,verified\n"),
  "articles.csv": "number,name,article_type,unit,unit_price\nA1,Filter,material,st,100\n",
  "cases.csv": `number,title,customer,object,primary_contact,created
OWN,Kran,K1,O1,P3,2026-03-01T08:00:00
OVER,Port,K2,O1,,2026-03-01T08:00:00
FREE,Lampa,,O1,,2026-03-01T08:00:00
NONE,Tom,K1,,,2026-03-01T08:00:00
GONE,Makulerad,K1,,,2026-03-01T08:00:00
HALF,Avrundad,K1,,,2026-03-01T08:00:00
BARE,Namnlös,K1,,,2026-03-01T08:00:00
`,
  "work_orders.csv": "number,case,title,status,created\nOWN-1,OWN,Laga,not_started,2026-03-02T08:00:00\n",
  "article_rows.csv": `number,case,work_order,article,date,${REST}
R3,OWN,OWN-1,A1,2026-03-04,Filter,"Bytt, ""nytt""",byte,material,2.5,st,100,0.125,attested,Ali
R1,OWN,,,2026-03-02,Resa,,,travel,1,,250,,editable,
R2,OWN,,,2026-03-03,Fel,,,material,1,,9999,,cancelled,
R4,OWN,,,2026-03-05,=cmd,,,other,-1,,50.5,,invoiced,
V1,OVER,,,2026-03-02,Resa,,,travel,1,,250,,editable,
F1,FREE,,,2026-03-02,Resa,,,travel,1,,250,,editable,
G1,GONE,,,2026-03-02,Resa,,,travel,1,,250,,cancelled,
H1,HALF,,,2026-03-02,Upp,,,material,3,,0.335,,editable,
H2,HALF,,,2026-03-03,Ned,,,material,-3,,0.335,,editable,
B1,BARE,,A1,2026-03-02,,,,,2,,7,,editable,
B2,BARE,,A1,2026-03-03,Eget,,,,2,m,7,,editable,
B3,BARE,,,2026-03-04,,,,other,2,,7,,editable,
`,
};
const COLUMNS = ["Datum", "Titel", "Beskrivning", "Åtgärdskod", "Artikeltyp", "Antal", "Enhet"];
const PRICES = ["À-pris", "Rabatt", "Summa (exkl. moms)"];

const portals = {};
before(async () => {
  portals.customer = await startPortal({ files });
  portals.always = await startPortal({ files, config: "[actions]\nprices = always\n" });
  portals.never = await startPortal({ files,
    config: "[actions]\nprices = never\ncolumns = number, work_order, article, title, status, resource, total\n" });
});
after(() => Promise.all(Object.values(portals).map((portal) => portal.stop())));

const clients = {};
async function as(name, prices = "customer") {
  const key = `${name} ${prices}`;
  if (!clients[key]) {
    clients[key] = portals[prices].client();
    assert.equal((await clients[key].login(name, PASSWORD)).status, 303, key);
  }
  return clients[key];
}
async function actions(name, number, prices) {
  const page = await (await as(name, prices)).get(`/cases/${number}/actions`);
  assert.equal(page.status, 200, `${number} for ${name}`);
  return page.text;
}
const plain = (text) => text.replaceAll("\u00a0", " ");

test("the rows stand by date, without cancelled ones", async () => {
  const { heads, rows } = tableOf(await actions("eken", "OWN"));
  assert.deepEqual(heads, [...COLUMNS, ...PRICES]);
  assert.deepEqual(rows.map((row) => row.map(plain)), [
    ["2026-03-02", "Resa", "", "", "Resa", "1", "", "250,00", "", "250,00 kr"],
    ["2026-03-04", "Filter", "Bytt, \"nytt\"", "Byte", "Material", "2,5", "st", "100,00", "12,5 %", "218,75 kr"],
    ["2026-03-05", "=cmd", "", "", "Övrigt", "−1", "", "50,50", "", "−50,50 kr"]]);
});

test("the sum is that of the rows shown", async () => {
  const foot = /<tfoot>.*?<\/tfoot>/s.exec(await actions("eken", "OWN"))[0];
  assert.equal(plain(textOf(foot)), "Summa (exkl. moms)418,25 kr");
});

test("a row without a title or unit has its article's", async () => {
  const { rows } = tableOf(await actions("eken", "BARE"));
  assert.deepEqual(rows.map((row) => [row[1], row[6]]), [["Filter", "st"], ["Eget", "m"], ["", ""]]);
  const csv = readCsv((await (await as("eken")).get("/cases/BARE/actions.csv")).text);
  assert.deepEqual(csv.slice(1).map((row) => [row[1], row[6]]), [["Filter", "st"], ["Eget", "m"], ["", ""]]);
});

test("totals are rounded half away from zero", async () => {
  const { rows } = tableOf(await actions("eken", "HALF"));
  assert.deepEqual(rows.map((row) => plain(row.at(-1))), ["1,01 kr", "−1,01 kr"]);
});

for (const [name, number, shown, why] of [
  ["eken", "OWN", true, "a customer login on its case"],
  ["kim@x.se", "OWN", true, "a contact of the case's customer"],
  ["kim@x.se", "OVER", false, "a contact whose customer owns the object but not the case"],
  ["kim@x.se", "FREE", false, "a contact whose customer owns the object of a case without customer"],
  ["olle@x.se", "OWN", false, "a contact of the object only"],
  ["petra@x.se", "OWN", false, "the primary contact without links"],
  ["hus", "OWN", false, "an object login"],
]) {
  test(`prices are ${shown ? "shown" : "kept"}: ${why}`, async () => {
    const html = await actions(name, number);
    assert.deepEqual(tableOf(html).heads, shown ? [...COLUMNS, ...PRICES] : COLUMNS);
    assert.equal(/250,00|<tfoot>/.test(html), shown);
    const client = await as(name);
    assert.equal(readCsv((await client.get(`/cases/${number}/actions.csv`)).text)[0].includes("unit_price"), shown);
    assert.equal(readXlsx((await client.get(`/cases/${number}/actions.xlsx`)).bytes)[0].includes("À-pris"), shown);
  });
}

test("prices = always shows them to every login that sees the case", async () => {
  for (const name of ["hus", "olle@x.se"]) assert.deepEqual(tableOf(await actions(name, "OVER", "always")).heads,
    [...COLUMNS, ...PRICES]);
});

test("prices = never shows them to nobody, and the columns are those of the settings", async () => {
  const { heads, rows } = tableOf(await actions("eken", "OWN", "never"));
  assert.deepEqual(heads, ["Radnummer", "Arbetsorder", "Artikel", "Titel", "Radstatus", "Tekniker"]);
  assert.deepEqual(rows[1], ["R3", "OWN-1", "A1", "Filter", "Attesterad", "Ali"]);
});

test("the CSV has codes and exact figures, and no formulas", async () => {
  const answer = await (await as("eken")).get("/cases/OWN/actions.csv");
  assert.match(answer.headers.get("content-disposition"), /^attachment; filename="?actions\.csv/);
  assert.deepEqual(readCsv(answer.text), [
    ["date", "title", "description", "action_code", "article_type", "quantity", "unit", "unit_price", "discount",
      "total"],
    ["2026-03-02", "Resa", "", "", "travel", "1", "", "250", "0", "250.00"],
    ["2026-03-04", "Filter", "Bytt, \"nytt\"", "byte", "material", "2.5", "st", "100", "0.125", "218.75"],
    ["2026-03-05", "'=cmd", "", "", "other", "-1", "", "50.5", "0", "-50.50"]]);
});

test("the workbook has figures to reckon with", async () => {
  const answer = await (await as("eken")).get("/cases/OWN/actions.xlsx");
  assert.deepEqual(readXlsx(answer.bytes)[2],
    ["2026-03-04", "Filter", "Bytt, \"nytt\"", "Byte", "Material", 2.5, "st", 100, 0.125, 218.75]);
});

test("a case without rows, or with cancelled ones only, says so", async () => {
  for (const number of ["NONE", "GONE"]) {
    const html = await actions("eken", number);
    assert.match(html, /class="empty-state"/, number);
    assert.equal(linkOf(html, "CSV"), undefined, number);
  }
});

test("the page of the case links to the actions when there are rows that are shown", async () => {
  assert.equal(linkOf((await (await as("eken")).get("/cases/OWN")).text, "Se åtgärder"), "/cases/OWN/actions");
  assert.equal(linkOf((await (await as("eken")).get("/cases/GONE")).text, "Se åtgärder"), undefined);
});

test("the actions of a case one may not see answer as those of none", async () => {
  const client = await as("aspen");
  for (const ending of ["", ".csv", ".xlsx"]) {
    const other = await client.get(`/cases/OWN/actions${ending}`);
    const none = await client.get(`/cases/NIX/actions${ending}`);
    assert.equal(other.status, 404);
    assert.equal(withoutToken(other.text), withoutToken(none.text));
  }
});
