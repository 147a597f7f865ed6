// Writes the newest schema with data in every table to NNNN.ENGINE.sql, and its export to NNNN.ENGINE/. Before a
// migration is added, run for both engines and commit the results:
//   tools/build build
//   KP_TEST_ENGINE=sqlite tools/with-postgres node tests/schema/dump.mjs
//   KP_TEST_ENGINE=postgres tools/with-postgres node tests/schema/dump.mjs
// Dumps that are there are never changed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ENGINE, startPortal } from "../http/harness.mjs";
import { staffClient } from "../http/staff.mjs";
import { countRows } from "./tables.mjs";

const HERE = new URL(".", import.meta.url).pathname;
const VERSION = String(readdirSync(new URL("../../src/db/schema", import.meta.url)).length).padStart(4, "0");
const TARGET = join(HERE, `${VERSION}.${ENGINE}`);
const PASSWORD = "Ekollon-2026";
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

const HEADS = {
  "picklists.csv": "list,key,label_sv,label_en,active",
  "customers.csv": "number,name,status,email,phone,street,postal_code,city,login",
  "objects.csv": "number,name,customer,parent,group,street,postal_code,city,status",
  "contacts.csv": "number,first_name,last_name,email,email_2,email_3,phone,mobile,customers,objects,status",
  "accounts.csv": "email,password,verified,language",
  "articles.csv": "number,name,article_type,unit,unit_price",
  "cases.csv": "number,title,description,type,priority,status,customer,object,primary_contact,your_reference,reporter,"
    + "reporter_phone,site_street,site_postal_code,site_city,created,started,finished",
  "work_orders.csv": "number,case,title,type,status,resource,booked_from,booked_to,created,started,finished",
  "article_rows.csv": "number,case,work_order,article,date,title,description,action_code,article_type,quantity,unit,"
    + "unit_price,discount,status,resource",
  "invoice_specifications.csv": "number,customer,title,period_from,period_to,status,your_reference,rows",
};
const ROWS = {
  "picklists.csv": ["case_type,fel,Felanmälan,Fault,yes", "priority,hog,Hög,High,yes",
    "work_order_type,service,Service,Service,yes", "action_code,byte,Byte,Replacement,no",
    "file_category,ritning,Ritning,Drawing,yes", "object_group,hiss,Hissar,Lifts,yes"],
  "customers.csv": [`K1,Brf Äpplet,active,k@x.se,031-1,Gatan 1,411 38,Göteborg,applet/${PASSWORD}`,
    "K2,Vilande,inactive,,,,,,"],
  "objects.csv": ["O1,Lgh 2,K1,,,Gatan 1,411 38,Göteborg,active", "O2,Lgh 10,K1,O1,hiss,,,,active"],
  "contacts.csv": ["P1,Bo,Ek,bo@x.se,b2@x.se,,031-2,070-1,K1,O2,active"],
  "accounts.csv": [`bo@x.se,${PASSWORD},yes,sv`],
  "articles.csv": ["A1,Arbete,time,tim,520.5"],
  "cases.csv": ['260301-0001,Läckande kran,"Rad ett\nRad två",fel,hog,finished,K1,O2,P1,Ref 1,Bo,070-1,Gatan 1,'
    + "411 38,Göteborg,2026-03-01T08:00:00Z,2026-03-02T08:00:00Z,2026-03-02T10:00:00Z",
    "260301-0002,Öppet,,,,not_started,K1,,P1,,,,,,,2026-03-01T09:00:00Z,,"],
  "work_orders.csv": ["260301-0001-1,260301-0001,Byt,service,finished,Maja,2026-03-02T08:00:00Z,2026-03-02T10:00:00Z,"
    + "2026-03-01T10:00:00Z,2026-03-02T08:00:00Z,2026-03-02T10:00:00Z"],
  "article_rows.csv": [
    "R1,260301-0001,260301-0001-1,A1,2026-03-02,Arbetstid,,byte,time,1.5,tim,520.5,0.125,attested,Maja",
    "R2,260301-0001,,,2026-03-02,Fritext,Mer,,other,-1,,10,0,cancelled,",
    "R3,260301-0002,,,2026-04-02,Resa,,,travel,1,,100,0,attested,"],
  "invoice_specifications.csv": ["F1,K1,Mars,2026-03-01,2026-03-31,awaiting_approval,PO 1,R1",
    "F2,K1,April,2026-04-01,2026-04-30,awaiting_approval,,R3"],
};
const textOf = ([name, head]) => [name, [head, ...ROWS[name], ""].join("\n")];
const files = Object.fromEntries(Object.entries(HEADS).map(textOf));

// Rows of the tables that no page of this script writes.
const LATER = 1893456000000000, THEN = 1772352000000000;
const REST = `
INSERT INTO mail_token (token_hash, purpose, login_id, expires) SELECT 'digest', 'verify', MIN(id), ${LATER} FROM login;
INSERT INTO case_extra (case_id, key, value) SELECT id, 'floor', '3' FROM cases WHERE number = '260301-0001';
INSERT INTO draft (owner, about, form, updated) VALUES ('login:1', 'case 2', 'message=Hej', ${LATER});
INSERT INTO lease (name, holder, ends) VALUES ('imports', 'gone', 1);
INSERT INTO upload (key, owner, name, media_type, size, digest, created)
  SELECT 'key', 'login:1', name, media_type, size, digest, ${LATER} FROM file;
INSERT INTO staff_token (token_hash, staff_id, expires) SELECT 'digest', MIN(id), ${LATER} FROM staff;
INSERT INTO saved_search (login_id, name, query, created) SELECT MIN(id), 'Öppna', 'status=open', ${THEN} FROM login;
INSERT INTO staff_list (staff_id, list, columns, query) SELECT id, 'objects', 'number,name', 'q=lgh' FROM staff;
INSERT INTO view_as (token_hash, staff_session, login_id, ends)
  SELECT 'digest', MIN(s.token_hash), MIN(l.id), ${LATER} FROM staff_session s, login l;
INSERT INTO config_version (number, at, staff_id, who, note, text)
  SELECT 1, ${THEN}, id, email, 'Först', '[portal]\nname = Firman\n' FROM staff;
INSERT INTO config_draft (staff_id, base, updated, text)
  SELECT id, 1, ${THEN}, '[portal]\nname = Firma två\n' FROM staff;
INSERT INTO import_run (id, staff_id, who, created, state) SELECT 1, id, email, ${THEN}, 'done' FROM staff;
INSERT INTO import_file (run_id, position, name, stored, size, file, added)
  VALUES (1, 0, 'kunder.csv', '', 10, 'customers.csv', 1);
INSERT INTO import_problem (run_id, position, text) VALUES (1, 0, 'customers.csv:2: name: missing');
INSERT INTO import_group (run_id, position, file, field, what, found, count, lines)
  VALUES (1, 0, 0, 'name', 'must not be empty', '', 2, '2 3');
INSERT INTO import_question (run_id, position, kind, file, field, text, options, answer, count)
  VALUES (1, 0, 'word', 0, 'status', 'Avslutad', 'cases.status', '', 2);
INSERT INTO import_word (field, word, value) VALUES ('cases.status', 'avslutad', 'finished');
INSERT INTO import_mapping (headings, file, mapping, used) VALUES ('digest', 'cases.csv', 'number = Nr', ${THEN});
INSERT INTO import_sample (run_id, position, file, line, key, field, before, after)
  VALUES (1, 0, 0, 2, 'K1', 'name', 'a', 'b');
INSERT INTO import_image (run_id, file, moment, row_id, touched, number, c0)
  VALUES (1, 'customers.csv', 0, 1, 0, 'K1', 'Brf');
INSERT INTO import_part (run_id, part, moment, owner, key, value) VALUES (1, 'contact_customer', 0, 1, '1', '');
INSERT INTO import_login (run_id, kind, moment, owner_id, login_id, name, set_by, blocked)
  VALUES (1, 'customer', 0, 1, 1, 'applet', '', 0);
`;

const kept = (answer, path) => assert.equal(answer.status, 303, `${path}: ${answer.status}`);

// What people do, so that derived and chained tables hold what the program writes.
async function live(portal) {
  const { client: staff } = await staffClient(portal, "chef@firma.se", "administrator");
  const bo = portal.client();
  await bo.login("bo@x.se", PASSWORD);
  const photo = { field: "attachments", name: "bild.png", bytes: PNG };
  const report = { title: "Ny kran", description: "Droppar" };
  kept(await bo.submit("/cases/new", report, { form: "/cases/new", files: [photo] }), "case");
  kept(await bo.submit("/cases/260301-0001", { message: "När kommer ni?" }), "message");
  kept(await staff.submit("/staff/cases/260301-0001", { message: "På torsdag." }), "answer");
  await bo.get("/cases/260301-0001");
  kept(await bo.submit("/cases/260301-0002", { follow: "yes" }, { form: "/cases/260301-0002/follow" }), "followed");
  kept(await staff.submit("/staff/cases/260301-0001", { note: "Ring först" }), "note");
  kept(await staff.submit("/staff/cases/260301-0002/edit", { your_reference: "Ref 2" }), "change");
  kept(await staff.submit("/staff/customers/K1", { city: "Borås" }, { form: "/staff/customers/K1" }), "customer");
  const phoned = { title: "Inringt", customer: "K1" };
  kept(await staff.submit("/staff/cases/new", phoned, { form: "/staff/cases/new" }), "phoned");
  kept(await bo.submit("/invoices/F1/approve", { comment: "Bra" }), "decision");
  const remarks = { comment: "Fel", "case:260301-0002": "Inte vi", "row:R3": "För dyrt" };
  kept(await bo.submit("/invoices/F2/reject", remarks, { form: "/invoices/F2/reject" }), "rejection");
}

// The full text is made again from the words: only a shell of SQLite can read the dump of a virtual table.
const INDEXES = ["case_search", "entity_search"];
function dumpSqlite(portal) {
  const whole = execFileSync("sqlite3", [join(portal.folder, "portal.db"), ".dump"], { encoding: "utf8" });
  const parts = whole.split(/;\n/).map((part) => part.trim()).filter((part) => part
    && !/^(PRAGMA|BEGIN|COMMIT)|sqlite_(schema|stat)|^\/\*.*\*\/$/.test(part)
    && !/(case|entity)_search_|INTO (case|entity)_search/.test(part));
  const virtual = INDEXES.map((name) =>
    portal.sql(`SELECT replace(sql, char(10), ' ') FROM sqlite_schema WHERE name = '${name}'`)[0][0]
      + `;\nINSERT INTO ${name} (${name}) VALUES ('rebuild');\n`
      + `INSERT INTO ${name} (${name}, rank) VALUES ('automerge', 0);\n`);
  return `${parts.join(";\n")};\n${virtual.join("")}`;
}

function dumpPostgres(portal) {
  const options = ["--no-owner", "--no-privileges", "--inserts"];
  const whole = execFileSync("pg_dump", [...options, portal.database.url], { encoding: "utf8" });
  return whole.split("\n").filter((line) => !/^(--|\\|SET |$)/.test(line)).join("\n") + "\n";
}

assert.ok(!existsSync(`${TARGET}.sql`), `${TARGET}.sql is there already, and a released schema never changes`);
const portal = await startPortal({ files });
await live(portal);
await portal.end();
portal.sql(REST);
const empty = [...countRows(portal)].filter(([, count]) => count === 0);
assert.deepEqual(empty, [], "tables without data");
writeFileSync(`${TARGET}.sql`, ENGINE === "sqlite" ? dumpSqlite(portal) : dumpPostgres(portal));
const done = await portal.run("export", TARGET);
assert.equal(done.code, 0, done.stderr);
await portal.stop();
