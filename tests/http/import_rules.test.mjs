// The rules of fields at import: every column of every file refuses and mends what a form refuses and mends, times
// stand in an order that can be, extra fields are what the settings say, and picklists have an order.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fieldsOf } from "./fields.mjs";
import { startPortal } from "./harness.mjs";
import { errorOf } from "./html.mjs";
import { readCsv } from "./sheets.mjs";
import { staffClient } from "./staff.mjs";

const config = `
[case_form]
fields = title, extra_area, extra_when, extra_pets, extra_floor, extra_note
[extra.area]
label_sv = Yta
kind = number
[extra.when]
label_sv = Dag
kind = date
[extra.pets]
label_sv = Husdjur
kind = yes_no
[extra.floor]
label_sv = Våning
kind = choice
choices = 0:Entréplan; k:Källare
[extra.note]
label_sv = Anteckning
kind = text
`;
const files = {
  "picklists.csv": "list,key,label_sv\ncase_type,fel,Fel\npriority,normal,Normal\nwork_order_type,jour,Jour\n"
    + "action_code,byte,Byte\n"
    + "file_category,ritning,Ritning\nobject_group,hus,Hus\n",
  "customers.csv": "number,name,login\nK1,Brf Eken,eken/Ekollon-2026\n",
  "objects.csv": "number,name,customer\nO1,Hus,K1\n",
  "contacts.csv": "number,first_name,last_name\nP1,Kim,Ek\n",
  "articles.csv": "number,name,article_type\nA1,Filter,material\n",
  "cases.csv": "number,title,created\nC1,Kran,2026-03-01T08:00:00\n",
  "work_orders.csv": "number,case,created\nC1-1,C1,2026-03-01T08:00:00\n",
  "article_rows.csv": "number,case,date,quantity\nR1,C1,2026-03-01,1\n",
  "invoice_specifications.csv": "number,customer\nS1,K1\n",
  "files.csv": "path,customer\na.txt,K1\n",
};
// Each file: what a new row needs, and its other columns by kind; a limit where the text has one.
const line = (limit) => ({ kind: "line", limit });
const FILES = {
  "picklists.csv": { needs: { list: "case_type", key: "NEW", label_sv: "x" },
    columns: { key: { kind: "key" }, label_sv: line(300),
    label_en: line(300), active: { kind: "choice", good: "no", stored: "0" }, order: { kind: "number" },
      list: { kind: "choice" } } },
  "customers.csv": { needs: { number: "NEW", name: "x" },
    columns: { number: { kind: "key" }, name: line(300), status: { kind: "choice" },
    email: { kind: "address" }, phone: line(100), street: line(300), postal_code: line(100), city: line(300) } },
  "objects.csv": { needs: { number: "NEW", name: "x" },
    columns: { number: { kind: "key" }, name: line(300), customer: { kind: "reference", good: "K1" },
    parent: { kind: "reference", good: "O1" }, group: { kind: "reference", good: "hus" }, street: line(300),
      postal_code: line(100),
    city: line(300), status: { kind: "choice" } } },
  "contacts.csv": { needs: { number: "NEW", first_name: "x", last_name: "y" },
    columns: { number: { kind: "key" }, first_name: line(300),
    last_name: line(300), email: { kind: "address" }, email_2: { kind: "address" }, email_3: { kind: "address" },
      phone: line(100),
    mobile: line(100), customers: { kind: "list", good: "K1" }, objects: { kind: "list", good: "O1" },
      status: { kind: "choice" } } },
  "articles.csv": { needs: { number: "NEW", name: "x", article_type: "other" },
    columns: { number: { kind: "key" }, name: line(300),
    article_type: { kind: "choice" }, unit: line(100), unit_price: { kind: "decimal" } } },
  "cases.csv": { needs: { number: "NEW", title: "x", created: "2026-03-01T08:00:00" },
    columns: { number: { kind: "key" }, title: line(500),
    description: { kind: "lines", limit: 100000 }, type: { kind: "reference", good: "fel" },
      priority: { kind: "reference", good: "normal" },
    status: { kind: "choice" }, customer: { kind: "reference", good: "K1" }, object: { kind: "reference", good: "O1" },
    primary_contact: { kind: "reference", good: "P1" }, contacts: { kind: "list", good: "P1" },
      your_reference: line(500), reporter: line(500),
    reporter_phone: line(100), site_street: line(300), site_postal_code: line(100), site_city: line(300),
      created: { kind: "time" },
    started: { kind: "time" }, finished: { kind: "time" }, cancel_reason: line(500),
    duplicate_of: { kind: "reference", good: "C1" }, extra_note: line(2000), extra_area: { kind: "decimal" },
    extra_when: { kind: "date" }, extra_pets: { kind: "choice" }, extra_floor: { kind: "choice" } } },
  "work_orders.csv": { needs: { number: "NEW", case: "C1", created: "2026-03-01T08:00:00" },
    columns: { number: { kind: "key" },
    case: { kind: "reference", good: "C1" }, title: line(500), type: { kind: "reference", good: "jour" },
      status: { kind: "choice" },
    resource: line(300), booked_from: { kind: "time" }, booked_to: { kind: "time" }, created: { kind: "time" },
      started: { kind: "time" },
    finished: { kind: "time" }, cancel_reason: line(500) } },
  "article_rows.csv": { needs: { number: "NEW", case: "C1", date: "2026-03-01", quantity: "1" },
    columns: { number: { kind: "key" },
    case: { kind: "reference", good: "C1" }, work_order: { kind: "reference", good: "C1-1" },
      article: { kind: "reference", good: "A1" },
    date: { kind: "date" }, title: line(500), description: { kind: "lines", limit: 100000 },
      action_code: { kind: "reference", good: "byte" },
    article_type: { kind: "choice" }, quantity: { kind: "decimal" }, unit: line(100), unit_price: { kind: "decimal" },
    discount: { kind: "decimal" }, status: { kind: "choice" }, resource: line(300) } },
  "invoice_specifications.csv": { needs: { number: "NEW", customer: "K1" }, columns: { number: { kind: "key" },
    customer: { kind: "reference", good: "K1" }, title: line(500), period_from: { kind: "date" },
      period_to: { kind: "date" },
    status: { kind: "choice" }, your_reference: line(500), rows: { kind: "list", good: "R1" }, decided_by: line(300),
    decided_at: { kind: "time" }, comment: { kind: "lines", limit: 100000 } } },
  "files.csv": { needs: { path: "a.txt", customer: "K1" },
    columns: { name: line(120), category: { kind: "reference", good: "ritning" },
    visible: { kind: "choice" } } },
};
// A field that is new in a table has the rule of its kind.
const RULES = { TEXT: "line", PHONE: "line", POSTAL_CODE: "line", MULTILINE: "lines", EMAIL: "address",
  CHOICE: "choice", YES_NO: "choice", DECIMAL: "decimal", MONEY: "decimal", DISCOUNT: "decimal", INTEGER: "number",
  DATE: "date", INSTANT: "time", PICKLIST: "reference" };
const ITEMS = { case_type: "fel", priority: "normal", work_order_type: "jour", action_code: "byte",
  file_category: "ritning", object_group: "hus" };
for (const [file, entity] of Object.entries({ "customers.csv": "customer", "objects.csv": "object",
  "contacts.csv": "contact", "articles.csv": "article", "cases.csv": "case", "work_orders.csv": "work_order",
  "article_rows.csv": "article_row", "invoice_specifications.csv": "specification", "files.csv": "file" })) {
  for (const { name, exported_as: as, kind, limit, list } of fieldsOf(entity).filter((one) => !one.unexported)) {
    if (RULES[kind]) FILES[file].columns[as ?? name] ??= { kind: RULES[kind], good: ITEMS[list],
      limit: RULES[kind].startsWith("line") ? limit : undefined };
  }
}
const cell = (text) => `"${text.replaceAll('"', '""')}"`;
const csv = (row) => `${Object.keys(row).join(",")}\n${Object.values(row).map(cell).join(",")}\n`;

let portal, staff;
before(async () => {
  portal = await startPortal({ config });
  await importing(portal, files);
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
});
after(() => portal?.stop());

async function load(to, given, ...options) {
  const folder = mkdtempSync(join(to.folder, "in-"));
  for (const [name, bytes] of Object.entries(given)) writeFileSync(join(folder, name), bytes);
  if (given["files.csv"]) writeFileSync(join(folder, "a.txt"), "text");
  return to.run("import", ...options, folder);
}
async function importing(to, given) {
  const run = await load(to, given);
  assert.equal(run.code, 0, run.stderr);
}
// The faults of a refused import.
async function faults(given) {
  const run = await load(portal, given, "--dry-run");
  return run.code ? run.stderr.trimEnd().split("\n").slice(0, -1) : [];
}
async function exported(from) {
  const folder = join(mkdtempSync(join(from.folder, "out-")), "export");
  const run = await from.run("export", folder);
  assert.equal(run.code, 0, run.stderr);
  return Object.fromEntries(readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())
    .map(({ name }) => [name, readFileSync(join(folder, name), "utf8")]));
}
const table = (text) => {
  const [head, ...rows] = readCsv(text);
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i]])));
};

test("the test knows every column of every file", async () => {
  const out = await exported(portal);
  for (const [file, { columns }] of Object.entries(FILES)) {
    const known = [...Object.keys(columns), "path", "login", "customer", "object", "case"];
    for (const column of readCsv(out[file])[0]) assert.ok(known.includes(column), `${file}: ${column}`);
  }
});

// What each kind of column refuses: a value, and the fault after `FILE:2: COLUMN: `.
const REFUSED = {
  key: [["a|b", /^\| is not allowed here: "a\|b"$/], ["x".repeat(101), /^longer than 100 characters/],
    [" \u00a0\u200b", /^must not be empty$/]],
  choice: [["nonsense", /^(must be one of .*|Choose one from the list|Answer yes or no): "nonsense"$/]],
  address: [["nonsense", /^is not an e-mail address: "nonsense"$/], [`${"x".repeat(301)}@x.se`, /^longer than 300/]],
  reference: [["nowhere", /^(no .* has this number|the list .* has no such key): "nowhere"$/],
    ["x".repeat(101), /^longer than 100/]],
  list: [["nowhere", /^no .* has this number: "nowhere"$/], ["x".repeat(101), /^longer than 100/]],
  decimal: [["12x", /^(must be a number .*|Write a number, such as 12 or 3\.5): "12x"$/]],
  number: [["-1", /^must be a whole number: "-1"$/], ["2,5", /^must be a whole number/]],
  date: [["2026-02-30", /^(must be a date, YYYY-MM-DD|Write a date .*): "2026-02-30"$/]],
  time: [["soon", /^must be a time, .*: "soon"$/]],
};
for (const [file, { needs, columns }] of Object.entries(FILES)) {
  test(`every column of ${file} refuses what its field refuses, with line and column`, async () => {
    for (const [column, { kind, limit }] of Object.entries(columns)) {
      const tries = limit ? [["å".repeat(limit + 1), new RegExp(`^longer than ${limit} characters`)]] : REFUSED[kind];
      for (const [value, fault] of tries) {
        const told = (await faults({ [file]: csv({ ...needs, [column]: value }) }))
          .filter((one) => one.startsWith(`${file}:2: ${column}: `))
            .map((one) => one.slice(`${file}:2: ${column}: `.length));
        assert.equal(told.length, 1, `${file} ${column} ${value.slice(0, 20)}`);
        assert.match(told[0], fault, `${file} ${column}`);
      }
      if (limit) assert.deepEqual(await faults({ [file]: csv({ ...needs, [column]: "å".repeat(limit) }) }), [],
        `${file} ${column} as long as it may be`);
    }
  });
}

// Typed, and what is kept of it: on one line, and in a text of several.
const TYPED = "\u00a0 A\u030angstro\u0308m\u200b\u00ad a\tb\u0007\r\nc \u2028d\u3000";
const KEPT = { line: "Ångström a b c d", lines: "Ångström a\tb \nc \nd" };

test("what is typed with blanks, look-alike and invisible characters is mended alike in every text of every file",
  async () => {
  const given = {};
  for (const [file, { needs, columns }] of Object.entries(FILES)) {
    const row = { ...needs };
    for (const [column, { kind, good }] of Object.entries(columns)) {
      if (kind === "line" || kind === "lines") row[column] = TYPED;
      if (kind === "reference" || kind === "list") row[column] = `\u200b${good}\u00a0`;
      if (kind === "decimal") row[column] = column === "discount" ? " 0,50" : "\u00a03,50 ";
      if (kind === "key") row[column] = "NY A\u030a\u200b\n1 ";
      if (kind === "address") row[column] = " \u200bkim@x.se\u00a0";
    }
    delete row[file === "files.csv" ? "object" : ""];
    given[file] = csv(row);
  }
  given["cases.csv"] = given["cases.csv"].replace("\n", ",extra_other\n").replace(/\n$/, ',"a  b"\n');
  await importing(portal, given);
  const out = await exported(portal);
  for (const [file, { columns }] of Object.entries(FILES)) {
    const row = table(out[file])
      .find((one) => (one.number ?? one.key ?? one.path) === (file === "files.csv" ? "a.txt" : "NY Å 1"));
    assert.ok(row, file);
    for (const [column, { kind, good }] of Object.entries(columns)) {
      const expected = kind === "decimal" ? (column === "discount" ? "0.5" : "3.5") : kind === "address" ? "kim@x.se"
        : kind === "key" ? "NY Å 1"
        : good && kind !== "choice" ? good : KEPT[kind];
      if (expected) assert.equal(row[column], file === "files.csv" && column === "name" ? `${expected}.txt` : expected,
        `${file} ${column}`);
    }
  }
  // Files with logins would take them away: they are exported empty.
  const again = await load(portal, Object.fromEntries(Object.entries(out)
    .filter(([name]) => !["files.csv", "customers.csv", "objects.csv"].includes(name))));
  assert.equal(again.code, 0, again.stderr);
  assert.match(again.stdout, /cases\.csv: 0 new, 0 changed/);
  await importing(portal, { "articles.csv": csv({ number: "NY A\u030a 1", name: "Filter" }) });
  assert.deepEqual(portal.sql("SELECT count(*) FROM article WHERE number LIKE 'NY%'").flat().map(Number), [1],
    "one key, however it is typed");
});

test("a form keeps and refuses the same as import does", async () => {
  for (const [path, file] of [["/staff/customers/new", "customers.csv"], ["/staff/objects/new", "objects.csv"],
    ["/staff/contacts/new", "contacts.csv"]]) {
    const { needs, columns } = FILES[file];
    for (const [column, { kind, limit }] of Object.entries(columns)) {
      if (kind === "line") {
        const long = await staff.submit(path, { ...needs, [column]: "å".repeat(limit + 1) }, { form: path });
        assert.equal(long.status, 400, `${file} ${column}`);
        assert.ok(errorOf(long.text, column), `${file} ${column} is too long`);
      } else if (kind === "address") {
        const wrong = await staff.submit(path, { ...needs, [column]: "nonsense" }, { form: path });
        assert.ok(errorOf(wrong.text, column), `${file} ${column}`);
      }
    }
  }
  const client = portal.client();
  assert.equal((await client.login("eken", "Ekollon-2026")).status, 303);
  const answer = await client.submit("/cases/new",
    { title: TYPED, extra_note: TYPED, extra_area: "\u00a03,50 ", extra_when: "2026-02-28",
    reporter: "Bo" }, { form: "/cases/new" });
  assert.equal(answer.status, 303, answer.text);
  const made = table((await exported(portal))["cases.csv"])
    .find((one) => one.title === KEPT.line && one.number !== "NY Å 1");
  assert.deepEqual([made.title, made.extra_note, made.extra_area, made.extra_when],
    [KEPT.line, KEPT.line, "3.5", "2026-02-28"]);
  const long = await client.submit("/cases/new",
    { title: "å".repeat(501), extra_note: "x".repeat(2001), extra_area: "många" }, { form: "/cases/new" });
  assert.equal(long.status, 400);
  for (const column of ["title", "extra_note", "extra_area"]) assert.ok(errorOf(long.text, column), column);
});

test("extra fields are checked at import as they are configured", async () => {
  const row = { number: "E1", title: "x", created: "2026-03-01T08:00:00" };
  for (const [column, value] of [["extra_area", "många"], ["extra_when", "2026-02-30"], ["extra_pets", "kanske"],
    ["extra_floor", "vinden"],
    ["extra_note", "x".repeat(2001)]]) {
    const told = await faults({ "cases.csv": csv({ ...row, [column]: value }) });
    assert.equal(told.length, 1, column);
    assert.ok(told[0].startsWith(`cases.csv:2: ${column}: `), told[0]);
  }
  await importing(portal,
    { "cases.csv": csv({ ...row, extra_area: "3,50", extra_when: "2026-02-28", extra_pets: "Ja", extra_floor: " k ",
    extra_note: "a\nb", extra_unknown: "any\ntext" }) });
  const [stored] = table((await exported(portal))["cases.csv"]).filter((one) => one.number === "E1");
  assert.deepEqual([stored.extra_area, stored.extra_when, stored.extra_pets, stored.extra_floor, stored.extra_note,
    stored.extra_unknown],
    ["3.5", "2026-02-28", "yes", "k", "a b", "any\ntext"]);
});

const T = (hour) => `2026-03-02T${String(hour).padStart(2, "0")}:00:00`;
// Column by column: the row, the column that the fault names, the end of the fault.
const DISORDER = [
  ["cases.csv", { started: T(7) }, "started", /started before it was created/],
  ["cases.csv", { finished: T(7), status: "finished" }, "finished", /finished before it was created/],
  ["cases.csv", { started: T(10), finished: T(9), status: "finished" }, "finished", /finished before it was started/],
  ["cases.csv", { finished: T(9), status: "not_started" }, "finished", /is not started/],
  ["work_orders.csv", { started: T(7) }, "started", /started before it was created/],
  ["work_orders.csv", { finished: T(7), status: "finished" }, "finished", /finished before it was created/],
  ["work_orders.csv", { started: T(10), finished: T(9), status: "finished" }, "finished",
    /finished before it was started/],
  ["work_orders.csv", { finished: T(9), status: "not_started" }, "finished", /is not started/],
  ["work_orders.csv", { booked_from: T(10), booked_to: T(9) }, "booked_to", /ends before it begins/],
  ["invoice_specifications.csv", { period_from: "2026-02-02", period_to: "2026-02-01" }, "period_to",
    /ends before it begins/],
];
const BASE = { "cases.csv": { number: "T1", title: "x", created: T(8) },
  "work_orders.csv": { number: "T1-1", case: "C1", created: T(8) },
  "invoice_specifications.csv": { number: "T1", customer: "K1" } };

test("times in the wrong order are refused at import with line and column", async () => {
  for (const [file, wrong, column, problem] of DISORDER) {
    const told = await faults({ [file]: csv({ ...BASE[file], ...wrong }) });
    assert.equal(told.length, 1, `${file} ${column} ${told}`);
    assert.ok(told[0].startsWith(`${file}:2: ${column}: `), told[0]);
    assert.match(told[0], problem);
  }
});

test("times in the wrong order are refused when one is in the file and the other is stored", async () => {
  const sound = { "cases.csv": { started: T(10), finished: T(12), status: "finished" },
    "work_orders.csv": { started: T(10), finished: T(12), status: "finished", booked_from: T(9), booked_to: T(12) },
    "invoice_specifications.csv": { period_from: "2026-02-02", period_to: "2026-02-03" } };
  await importing(portal,
    Object.fromEntries(Object.entries(sound).map(([file, times]) => [file, csv({ ...BASE[file], ...times })])));
  for (const [file, column, value] of [["cases.csv", "created", T(11)], ["cases.csv", "started", T(13)],
    ["cases.csv", "finished", T(9)],
    ["cases.csv", "status", "not_started"], ["work_orders.csv", "created", T(11)],
      ["work_orders.csv", "started", T(13)],
    ["work_orders.csv", "finished", T(9)], ["work_orders.csv", "status", "not_started"],
      ["work_orders.csv", "booked_from", T(13)],
    ["work_orders.csv", "booked_to", T(8)], ["invoice_specifications.csv", "period_from", "2026-02-04"],
    ["invoice_specifications.csv", "period_to", "2026-02-01"]]) {
    const told = await faults({ [file]: csv({ number: BASE[file].number, [column]: value }) });
    assert.equal(told.length, 1, `${file} ${column}`);
    assert.ok(told[0].startsWith(`${file}:2: ${column}: `), told[0]);
  }
});

// An end alone is a time to be done by.
test("a booking may have an end without a beginning, at import as in the form", async () => {
  await importing(portal, { "work_orders.csv": csv({ ...BASE["work_orders.csv"], number: "T3-1", booked_from: "",
    booked_to: T(9) }) });
  const path = "/staff/cases/C1/work-orders/T3-1";
  const form = await staff.submit(path, { booked_from: "", booked_to: "2036-03-02T10:00" }, { form: path });
  assert.equal(form.status, 303);
  assert.deepEqual(portal.sql("SELECT number FROM work_order WHERE booked_from IS NULL AND booked_to IS NOT NULL"),
    [["T3-1"]]);
});

test("times of a case that follow its work orders are no fault of the file", async () => {
  await importing(portal, { "cases.csv": csv({ number: "T2", title: "x", created: T(9), started: T(8) }),
    "work_orders.csv": csv({ number: "T2-1", case: "T2", created: T(8), started: T(8), status: "started" }) });
});

// The times of its work orders take the place of those of the case, but not where the work orders have no time.
test("a case that its work orders finish before its start is refused at import with line and column", async () => {
  const made = { number: "T4", title: "x", created: T(8) };
  const order = { number: "T4-1", case: "T4", created: T(8), status: "finished" };
  const told = async (cases, orders) => (await faults({ ...cases && { "cases.csv": csv(cases) },
    ...orders && { "work_orders.csv": csv(orders) } })).map((one) => one.split(": the case would be")[0]);
  assert.deepEqual(await told({ ...made, status: "finished", started: T(10), finished: T(12) },
    { ...order, finished: T(9) }), ["cases.csv:2: started"], "the start in the file of cases");
  await importing(portal, { "cases.csv": csv({ ...made, status: "started", started: T(10) }),
    "work_orders.csv": csv({ ...order, status: "started" }) });
  assert.deepEqual(await told(null, { number: "T4-1", status: "finished", finished: T(9) }),
    ["work_orders.csv:2: finished"], "the start that is stored");
  assert.deepEqual(await told(null, { ...order, number: "T4-2", finished: T(9) }), [], "one is not finished");
  await importing(portal, { "work_orders.csv": csv({ number: "T4-1", status: "finished", finished: T(11) }) });
  assert.deepEqual(await told({ number: "T4", started: T(12) }), ["cases.csv:2: started"], "one column of the case");
  assert.deepEqual(await told({ number: "T4", title: "ny" }, { number: "T4-1", finished: T(9) }),
    ["work_orders.csv:2: finished"], "the case is in the file for another column");
  await importing(portal, { "work_orders.csv": csv({ ...order, number: "T4-2", finished: T(10) }) });
  await importing(portal, { "cases.csv": csv({ ...made, number: "T5", started: T(12) }) });
  assert.deepEqual(await told(null, { number: "T4-2", case: "T5" }), ["work_orders.csv:2: case"], "it moves");
  assert.equal((await portal.run("check")).code, 0);
  const path = "/staff/cases/T4/work-orders/T4-1";
  const form = await staff.submit(path, { finished: "2026-03-02T09:00" }, { form: path });
  assert.equal(form.status, 303, "the last of two decides");
  const other = "/staff/cases/T4/work-orders/T4-2";
  const refused = await staff.submit(other, { finished: "2026-03-02T09:00" }, { form: other });
  assert.equal(refused.status, 400);
  assert.match(errorOf(refused.text, "finished"), /avslutat innan det påbörjades/);
});

test("a case that is finished before its start already hinders no other change, and is reported", async () => {
  portal.sql("UPDATE cases SET started = finished + 1 WHERE number = 'T4'");
  assert.match((await portal.run("check")).stderr, /case T4: its times are in the wrong order/);
  await importing(portal, { "cases.csv": csv({ number: "T4", title: "nyare" }),
    "work_orders.csv": csv({ number: "T4-1", title: "ny" }) });
  await importing(portal, { "work_orders.csv": csv({ number: "T4-1", title: "nyare" }) });
  const path = "/staff/cases/T4/work-orders/T4-1";
  assert.equal((await staff.submit(path, { title: "nyast" }, { form: path })).status, 303);
  portal.sql("UPDATE cases SET started = finished WHERE number = 'T4'");
});

test("stored times in the wrong order are reported by check, left out of dashboards, and hinder no other change",
  async () => {
  const own = await startPortal();
  try {
    await importing(own,
      { ...files, "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\n",
      "accounts.csv": "email,password,verified\nkim@x.se,Ekollon-2026,yes\n",
      "cases.csv": `number,title,customer,status,created,started,finished\nD1,x,K1,finished,${T(8)},${T(9)},${T(10)}\n`
        + `D2,x,K1,finished,${T(8)},${T(9)},${T(10)}\n`,
      "work_orders.csv": "number,case,status,created\n", "article_rows.csv": "number,case,date,quantity\n" });
    assert.equal((await own.run("check")).code, 0);
    own.sql("UPDATE cases SET finished = created - 3600000000 WHERE number = 'D2'");
    own.sql("UPDATE invoice_specification SET period_from = '2026-02-02', period_to = '2026-02-01' "
      + "WHERE number = 'S1'");
    const check = await own.run("check");
    assert.equal(check.code, 1);
    assert.match(check.stdout + check.stderr,
      /case D2: its times are in the wrong order\n(.*\n)*invoice specification S1: its times/);
    await importing(own, { "cases.csv": csv({ number: "D2", title: "ny titel" }) });
    const client = own.client();
    assert.equal((await client.login("kim@x.se", "Ekollon-2026")).status, 303);
    const page = (await client.get("/dashboards/throughput?from=2026-03-01&to=2026-03-31")).text;
    assert.match(page, /1 rad är inte med: dess tider står i fel ordning\./);
  } finally {
    await own.stop();
  }
});

test("picklists have an order that import and export carry, and without one the order of the rows", async () => {
  const items = () => table(order["picklists.csv"])
    .filter((one) => one.list === "priority" && one.key !== "normal" && one.key !== "NY Å 1");
  await importing(portal,
    { "picklists.csv": "list,key,label_sv\npriority,o-akut,Akut\npriority,o-hog,Hög\npriority,o-lag,Låg\n" });
  let order = await exported(portal);
  const first = items().map((one) => [one.key, Number(one.order)]).sort((a, b) => a[1] - b[1]).map(([key]) => key);
  assert.deepEqual(first, ["o-akut", "o-hog", "o-lag"]);
  await importing(portal,
    { "picklists.csv": "list,key,order\npriority,o-akut,30\npriority,o-hog,20\npriority,o-lag,\n" });
  order = await exported(portal);
  const positions = Object.fromEntries(items().map((one) => [one.key, one.order]));
  assert.deepEqual([positions["o-akut"], positions["o-hog"]], ["30", "20"]);
  assert.ok(Number(positions["o-lag"]) < 20, "an empty cell leaves the place");
});

test("the demonstration's priorities are Akut, Hög, Normal, Låg in this order", async () => {
  const own = await startPortal();
  try {
    assert.equal((await own.run("demo", "--cases", "20")).code, 0);
    assert.deepEqual(own.sql("SELECT label_sv FROM picklist_item WHERE list = 'priority' ORDER BY position").flat(),
      ["Akut", "Hög", "Normal", "Låg"]);
  } finally {
    await own.stop();
  }
});
