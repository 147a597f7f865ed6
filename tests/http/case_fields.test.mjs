// Each field of the table of a case (src/model/case_fields.c) everywhere: both forms and both pages of a case, history,
// list columns on pages and in files, search words, import from CSV and XLSX, export, and undoing an import. A field
// needs no code of its own, so a new row is tried here without more; form_fields.test.mjs tries its limit in the forms.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { exported, fresh, load, problems, rows } from "./exchange.mjs";
import { fieldsOf } from "./fields.mjs";
import { startPortal, waitFor } from "./harness.mjs";
import { historyOf, tableOf, textOf, valueOf } from "./html.mjs";
import { readCsv, readXlsx } from "./sheets.mjs";
import { staffClient } from "./staff.mjs";
import { makeWorkbook } from "./workbooks.mjs";

const PASSWORD = "Ekollon-2026";
const wordOf = ({ name }) => `ord${name.replaceAll("_", "")}`;
// For each kind: what is typed, how it stands in files, and how a Swedish page shows it.
const VALUES = {
  TEXT: (field) => [wordOf(field), wordOf(field), wordOf(field)],
  PHONE: (field) => [wordOf(field), wordOf(field), wordOf(field)],
  POSTAL_CODE: (field) => [wordOf(field), wordOf(field), wordOf(field)],
  MULTILINE: (field) => [`${wordOf(field)}\nrad två`, `${wordOf(field)}\nrad två`, `${wordOf(field)} rad två`],
  EMAIL: () => ["kim@x.se", "kim@x.se", "kim@x.se"],
  PICKLIST: ({ name }) => [`key-${name}`, `key-${name}`, `Text av ${name}`],
  DECIMAL: () => ["3,50", "3.5", "3,5"],
  MONEY: () => ["3,5", "3.5", "3,50"],
  INTEGER: () => ["7", "7", "7"],
  DATE: () => ["2026-05-17", "2026-05-17", "2026-05-17"],
  INSTANT: () => ["2026-05-17T11:05", "2026-05-17T09:05:00Z", "2026-05-17 11:05"],
  YES_NO: () => ["yes", "yes", "Ja"],
};
const REFERENCES = ["CUSTOMER", "OBJECT", "CONTACT"];
const FIELDS = fieldsOf("case");
const EXPORTED = FIELDS.filter((field) => !field.unexported);
const LISTED = FIELDS.filter((field) => !field.unlisted);
// The fields that people fill in, with their values.
const REPORTED = FIELDS.filter((field) => !field.fixed && !REFERENCES.includes(field.kind)).map((field) => {
  assert.ok(VALUES[field.kind], `give the kind ${field.kind} a value above`);
  const [typed, cell, shown] = VALUES[field.kind](field);
  return { ...field, typed, cell, shown };
});
const OTHERS = { number: "C1", status: "finished", customer: "K1", object: "O1", primary_contact: "P1",
  contacts: "P1|P2", created: "2026-03-01T08:00:00Z", started: "2026-03-02T08:00:00Z",
  finished: "2026-03-03T08:00:00Z", cancel_reason: "", duplicate_of: "" };
const OTHERS_SHOWN = { ...OTHERS, status: "Avslutat", customer: "Brf Eken", object: "Huset",
  created: "2026-03-01 09:00", started: "2026-03-02 09:00", finished: "2026-03-03 09:00" };
const shownOf = ({ name }) => REPORTED.find((one) => one.name === name)?.shown ?? OTHERS_SHOWN[name];
const cellOf = ({ name }) => REPORTED.find((one) => one.name === name)?.cell ?? OTHERS[name];
const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
const csvOf = (fields, cells) => `${fields.map(({ name }) => name).join()}\r\n${cells.map(quoted).join()}\r\n`;
const items = REPORTED.filter(({ kind }) => kind === "PICKLIST")
  .map(({ list, name }) => `${list},key-${name},Text av ${name}\n`).join("");
const REGISTERS = {
  "picklists.csv": `list,key,label_sv\n${items}`,
  "customers.csv": "number,name\nK1,Brf Eken\n",
  "objects.csv": "number,name,customer\nO1,Huset,K1\n",
  "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\nP2,Bo,Ek,,\n",
};
const FULL = csvOf(EXPORTED, EXPORTED.map(cellOf));

let portal, kim, staff, chief;
before(async () => {
  portal = await startPortal({
    config: `[case_search]\ncolumns = ${LISTED.map(({ name }) => name).join(", ")}\n`,
    files: { ...REGISTERS, "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\n`, "cases.csv": FULL },
  });
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
  chief = (await staffClient(portal, "chef@firma.se", "administrator")).client;
  kim = portal.client();
  assert.equal((await kim.login("kim@x.se", PASSWORD)).status, 303);
});
after(() => portal?.stop());

test("an export has each field of the table in its order, and no other", async () => {
  assert.ok(REPORTED.length >= 10 && LISTED.length >= 17, "the table is read");
  assert.deepEqual(FIELDS.filter((field) => cellOf(field) === undefined), [], "each field has a value above");
  assert.deepEqual(readCsv((await exported(portal))["cases.csv"])[0], EXPORTED.map(({ name }) => name));
});

test("CSV and XLSX bring in each field, and an export gives it back", async () => {
  const other = await fresh(REGISTERS), third = await fresh(REGISTERS);
  assert.equal((await load(other, { "cases.csv": FULL })).code, 0);
  const text = (await exported(other))["cases.csv"];
  assert.deepEqual(readCsv(text), readCsv(FULL));
  const book = join(third.folder, "cases.xlsx");
  writeFileSync(book, makeWorkbook({ cases: [EXPORTED.map(({ name }) => name), EXPORTED.map(cellOf)] }));
  const run = await third.run("import", book);
  assert.equal(run.code, 0, run.stderr);
  assert.equal((await exported(third))["cases.csv"], text);
  const check = await other.run("check");
  assert.equal(check.code, 0, check.stdout + check.stderr);
});

const texts = REPORTED.filter(({ kind }) => ["TEXT", "MULTILINE", "PHONE", "POSTAL_CODE"].includes(kind));
test("a file brings in the longest text of each field, and is refused with one character more", async () => {
  const other = await fresh(REGISTERS);
  const fields = [...EXPORTED.filter(({ name }) => ["number", "created"].includes(name)), ...texts];
  const cells = (more) => fields.map((field) => (field.typed ? "å".repeat(field.limit + more) : OTHERS[field.name]));
  assert.deepEqual(await problems(other, { "cases.csv": csvOf(fields, cells(1)) }),
    texts.map(({ name, limit }) => `cases.csv:2: ${name}: longer than ${limit} characters: "${"å".repeat(60)}…"`));
  assert.equal((await load(other, { "cases.csv": csvOf(fields, cells(0)) })).code, 0);
  const [head, row] = readCsv((await exported(other))["cases.csv"]);
  for (const { name, limit } of texts) assert.equal(row[head.indexOf(name)].length, limit, name);
});

// The texts of a page that stand for the field: its fact, or the head of the page.
const SITE = "Arbetsplatsadress";
function factsOf(html, { name, label }) {
  if (name === "title" || name === "description") return textOf(html);
  return [...html.matchAll(/<dt>(.*?)<\/dt><dd[^>]*>(.*?)<\/dd>/gs)].map((m) => [textOf(m[1]), textOf(m[2])])
    .filter(([one]) => one === (name.startsWith("site_") ? SITE : label)).map(([, text]) => text).join("; ");
}
const newest = () => portal.sql("SELECT number FROM cases ORDER BY id DESC LIMIT 1")[0][0];

for (const field of REPORTED.filter((one) => one.portal)) {
  test(`a customer fills in ${field.name}, and both pages of the case show it`, async () => {
    const form = await kim.get("/cases/new");
    assert.ok(textOf(form.text).includes(field.label), `the label ${field.label}`);
    const sent = await kim.submit(form, { title: "Kran", [field.name]: field.typed }, { form: "/cases/new" });
    assert.equal(sent.status, 303, textOf(sent.text));
    const number = newest();
    assert.ok(factsOf((await kim.get(`/cases/${number}`)).text, field).includes(field.shown), "the customer's page");
    assert.ok(factsOf((await staff.get(`/staff/cases/${number}`)).text, field).includes(field.shown), "the staff page");
  });
}

for (const field of REPORTED) {
  test(`staff fill in ${field.name}, change it, and read it in the history`, async () => {
    const made = await staff.submit("/staff/cases/new", { title: "Kran", customer: "K1", [field.name]: field.typed },
      { form: "/staff/cases/new" });
    assert.equal(made.status, 303, textOf(made.text));
    const path = `/staff/cases/${newest()}`;
    assert.ok(factsOf((await staff.get(path)).text, field).includes(field.shown), "the staff page");
    const emptied = field.required ? "Annat" : field.kind === "YES_NO" ? undefined : "";
    const changed = await staff.submit(`${path}/edit`, { [field.name]: emptied }, { form: `${path}/edit` });
    assert.equal(changed.status, 303, textOf(changed.text));
    const page = (await staff.get(path)).text;
    assert.deepEqual(historyOf(page)[0].lines, [[field.label, field.shown, emptied ?? "Nej"]]);
  });
}

test("the list of cases has each field as a column: page, CSV and XLSX, for customers and staff", async () => {
  const chosen = await staff.postForm("/staff/lists/cases", { act: "save", column: LISTED.map(({ name }) => name) });
  assert.equal(chosen.status, 303, textOf(chosen.text));
  for (const [who, path] of [[kim, "/cases"], [staff, "/staff/cases"]]) {
    const page = tableOf((await who.get(`${path}?q=c1`)).text), at = page.rows.findIndex((row) => row.includes("C1"));
    const [heads, ...lines] = readCsv((await who.get(`${path}.csv?q=c1`)).text);
    const [titles, ...cells] = readXlsx((await who.get(`${path}.xlsx?q=c1`)).bytes);
    assert.ok(at >= 0, `${path} shows the case`);
    for (const field of LISTED) {
      const place = page.heads.indexOf(field.label), column = heads.indexOf(field.name);
      assert.equal(page.rows[at][place], shownOf(field), `${path}: ${field.name}`);
      assert.equal(lines[at][column], cellOf(field), `${path}.csv: ${field.name}`);
      const cell = cells[at][titles.indexOf(field.label)];
      if (typeof cell === "number") assert.ok(cell > 0, `${path}.xlsx: ${field.name}`);
      else assert.equal((cell ?? "").replace(/\s+/g, " "), shownOf(field), `${path}.xlsx: ${field.name}`);
    }
  }
  const offered = (await chief.get("/staff/configuration/search")).text;
  for (const { name } of LISTED) assert.ok(valueOf(offered, `columns_${name}`), `the settings offer ${name}`);
});

test("the word search finds the texts of the fields that are searched, and of no other", async () => {
  for (const field of texts) {
    const [, ...found] = readCsv((await kim.get(`/cases.csv?q=${wordOf(field)}`)).text);
    assert.equal(found.some((row) => row.includes("C1")), Boolean(field.searched), field.name);
  }
});

test("an import that changes each field is undone", async () => {
  const settled = (path) => waitFor(`the end of ${path}`, async () => {
    const { text } = await chief.get(path);
    return !/data-poll="\/staff/.test(text) && textOf(text);
  });
  const before = (await exported(portal))["cases.csv"];
  const changed = EXPORTED.filter(({ name }) => !["status", "created", "started", "finished"].includes(name));
  const cells = changed.map(({ name, required }) => (name === "number" ? "C1" : required ? "Annat" : ""));
  const sent = await chief.postForm("/staff/imports", {},
    [{ field: "files", name: "cases.csv", bytes: csvOf(changed, cells) }]);
  assert.equal(sent.status, 303, textOf(sent.text));
  const path = sent.headers.get("location");
  assert.match(await settled(path), /Kontrollerad\./);
  for (const [act, end] of [["run", /Importerad\./], ["undo", /Ångrad\./]]) {
    assert.equal((await chief.sure(await chief.postForm(`${path}/${act}`, {}, [], path))).status, 303);
    assert.match(await settled(path), end);
    const after = (await exported(portal))["cases.csv"];
    assert.equal(after === before, act === "undo", act);
    if (act === "run") assert.ok(rows(after).some((row) => /^C1,Annat,+(no,+)?finished,/.test(row)), "it is empty");
  }
});
