// Marks and overrides of writing direction make a text look like another (`gpj.exe` like `exe.jpg`). None is stored,
// whichever way a text comes in: files of an import, forms of customers and staff, names of uploads, settings.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { formsOf } from "./form.mjs";
import { ENGINE, startPortal } from "./harness.mjs";
import { staffClient } from "./staff.mjs";

const MARKS = [0x061c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069]
  .map((code) => String.fromCodePoint(code));
const marked = (text) => `${text.slice(0, 1)}${MARKS.join("")}${text.slice(1)}`;
const PASSWORD = "Ekollon-2026";

// The cells of a row: names and texts with marks; times, addresses, passwords, codes and amounts as they are.
const row = (...cells) => cells.map((cell) => (/^\d{4}-|\/|@|^[a-z_]+$|^[\d.]*$/.test(cell) ? cell : marked(cell)))
  .join(",");
const files = {
  "picklists.csv": ["list,key,label_sv,label_en", row("case_type", "fel", "Fel på något", "Fault")],
  "customers.csv": ["number,name,email,phone,street,postal_code,city,login",
    row("K1", "Brf Eken", "", "08-1", "Gatan", "111", "Staden", `${marked("eken")}/${PASSWORD}`)],
  "objects.csv": ["number,name,customer,street,city", row("H1", "Hus Ett", "K1", "Gatan", "Staden")],
  "contacts.csv": ["number,first_name,last_name,email,phone,mobile,customers,objects",
    row("P1", "Kim", "Ek", "kim@x.se", "08-2", "070-1", "K1", "H1")],
  "accounts.csv": ["email,password,verified", `kim@x.se,${PASSWORD},yes`],
  "articles.csv": ["number,name,article_type,unit,unit_price", row("T1", "Timme", "time", "Tim", "100")],
  "cases.csv": ["number,title,description,customer,object,your_reference,reporter,site_street,created",
    row("C1", "Kran läcker", "Vatten", "K1", "H1", "Ref", "Kim Ek", "Gatan 1", "2026-03-01T08:00:00")],
  "work_orders.csv": ["number,case,title,resource,created", row("W1", "C1", "Byt kran", "Maja", "2026-03-01T09:00:00")],
  "article_rows.csv": ["number,case,date,title,description,quantity,unit,unit_price,status,resource",
    row("R1", "C1", "2026-03-02", "Rad Ett", "Om raden", "1", "St", "10", "attested", "Maja")],
  "invoice_specifications.csv": ["number,customer,title,status,your_reference,rows",
    row("F1", "K1", "Mars", "awaiting_approval", "Ref", "R1")],
};

let portal, kim, eken, staff;
before(async () => {
  portal = await startPortal({ files });
  kim = portal.client();
  eken = portal.client();
  assert.equal((await kim.login("kim@x.se", PASSWORD)).status, 303);
  assert.equal((await eken.login("eken", PASSWORD)).status, 303, "the name without the marks");
  staff = (await staffClient(portal, "anna@firma.se", "administrator")).client;
});
after(() => portal?.stop());

const columns = () => portal.sql(ENGINE === "sqlite"
  ? `SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p
     WHERE m.type = 'table' AND p.type = 'TEXT' AND m.sql NOT LIKE 'CREATE VIRTUAL%'`
  : `SELECT table_name, column_name FROM information_schema.columns
     WHERE table_schema = 'public' AND data_type = 'text'`);

// The columns in which some text has a mark: `table.column`, and how many.
function findMarks() {
  const like = (column) => MARKS.map((mark) => `"${column}" LIKE '%${mark}%'`).join(" OR ");
  const all = columns();
  assert.ok(all.length > 100, "all tables are looked at");
  const counts = all.map(([table, column]) =>
    `SELECT '${table}.${column}' AS place, COUNT(*) AS marks FROM "${table}" WHERE ${like(column)}`);
  return portal.sql(`SELECT * FROM (${counts.join(" UNION ALL ")}) found WHERE marks > 0`);
}

// Fields that take no free text.
const KEPT = new RegExp(["position", "quantity", "price", "discount", "number", "article", "date", "booked", "period",
  "parent", "customer", "object", "contact", "colour", "key"].join("|"));

// Sends a form of a page with marks in each text that it lets write, except where `fields` says otherwise.
async function fillIn(client, path, fields = {}, action = path) {
  const page = await client.get(path);
  assert.equal(page.status, 200, path);
  const form = formsOf(page.text).find((one) => one.action === action && one.method === "post");
  assert.ok(form, `${path} has no form ${action}`);
  const texts = form.controls
    .filter((one) => ["text", "textarea", "tel"].includes(one.kind) && !KEPT.test(one.name));
  const filled = Object.fromEntries(texts.map((one) => [one.name, marked(`Text ${one.name}`)]));
  const answer = await client.submit(page, { ...filled, ...fields }, { form: action });
  assert.ok(answer.status < 400, `${path}: ${answer.status} ${answer.text.match(/<[^>]*error[^>]*>[^<]*/g)}`);
  return answer;
}

test("nothing that is imported keeps a mark", () => {
  assert.equal(portal.sql("SELECT title FROM cases WHERE number = 'C1'")[0][0], "Kran läcker");
  assert.deepEqual(findMarks(), []);
});

test("no form of customers keeps a mark, and no name of an upload", async () => {
  const sent = await kim.submit("/cases/new", { title: marked("Ny kran"), description: marked("Vatten\növerallt"),
    your_reference: marked("Min"), reporter: marked("Kim"), site_street: marked("Gatan") }, { form: "/cases/new",
    files: [{ field: "attachments", name: marked("exe.txt"), bytes: "text", type: "text/plain" }] });
  assert.equal(sent.status, 303, sent.text);
  await fillIn(kim, "/cases/C1", {}, "/cases/C1/messages");
  await fillIn(eken, "/cases/C1", {}, "/cases/C1/messages");
  const decided = await kim.submit("/invoices/F1/approve", { your_reference: marked("Vår"), comment: marked("Tack") },
    { form: "/invoices/F1/approve" });
  assert.equal(decided.status, 303, decided.text);
  assert.equal(portal.sql("SELECT COUNT(*) FROM file WHERE name = 'exe.txt'")[0][0], "1");
  assert.deepEqual(findMarks(), []);
});

test("no form of staff keeps a mark", async () => {
  await fillIn(staff, "/staff/customers/new", { number: marked("K9") });
  await fillIn(staff, "/staff/objects/new", { number: marked("H9") });
  await fillIn(staff, "/staff/contacts/new", { number: marked("P9") });
  await fillIn(staff, "/staff/articles/new", { number: marked("T9"), article_type: "time" });
  await fillIn(staff, "/staff/cases/new");
  await fillIn(staff, "/staff/cases/C1/edit");
  await fillIn(staff, "/staff/cases/C1", {}, "/staff/cases/C1/notes");
  await fillIn(staff, "/staff/cases/C1", {}, "/staff/cases/C1/messages");
  await fillIn(staff, "/staff/cases/C1/work-orders/new");
  await fillIn(staff, "/staff/cases/C1/rows/new", { date: "2026-03-05", quantity: "1", title: marked("Rad") });
  await fillIn(staff, "/staff/picklists/case_type", { key: "ny" });
  await fillIn(staff, "/staff/customers/K1", { login: `${marked("ekens")}/${PASSWORD}` }, "/staff/customers/K1/login");
  await fillIn(staff, "/staff/view-as", { login: "kim@x.se" });
  await fillIn(staff, "/staff/users", { email: "bo@firma.se" });
  assert.deepEqual(findMarks(), []);
});

test("no setting keeps a mark", async () => {
  await fillIn(staff, "/staff/configuration/look", { portal_contact_sv: marked("Ring oss"),
    portal_phone: marked("0200-12 34 50"), portal_emergency_phone: marked("0200-12 34 56") });
  await fillIn(staff, "/staff/configuration/form/title", { default: "" });
  assert.deepEqual(findMarks(), []);
});

test("an address with a mark is no address", async () => {
  const refused = await staff.submit("/staff/users", { email: marked("ida@firma.se") }, { form: "/staff/users" });
  assert.ok(refused.status < 500, `${refused.status}`);
  const added = await portal.run("staff", "add", marked("siv@firma.se"), "--role", "handler");
  assert.notEqual(added.code, 0);
  assert.deepEqual(findMarks(), []);
});
