// Specifications and files in CSV: what comes in, what is refused, what a decision keeps, and that what goes out comes in again.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { makePortal } from "./harness.mjs";

const portals = [];
after(async () => {
  for (const portal of portals) await portal.stop();
});

function folderOf(portal, files) {
  const folder = mkdtempSync(join(portal.folder, "in-"));
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

const load = (portal, files, ...options) => portal.run("import", ...options, folderOf(portal, files));

async function fresh(files) {
  const portal = await makePortal();
  portals.push(portal);
  if (files) {
    const run = await load(portal, files);
    assert.equal(run.code, 0, run.stderr);
  }
  return portal;
}

function filesOf(folder, below = "") {
  return readdirSync(join(folder, below), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap((entry) =>
    entry.isDirectory() ? filesOf(folder, join(below, entry.name)) : [[join(below, entry.name), readFileSync(join(folder, below, entry.name))]]);
}

// Everything that an export wrote: path to bytes.
async function exported(portal) {
  const folder = join(mkdtempSync(join(portal.folder, "out-")), "export");
  const run = await portal.run("export", folder);
  assert.deepEqual([run.code, run.stderr], [0, ""]);
  return Object.fromEntries(filesOf(folder));
}

const rows = (bytes) => bytes.toString("utf8").trimEnd().split("\r\n").slice(1);

async function problems(portal, files) {
  const run = await load(portal, files);
  assert.equal(run.code, 1, run.stdout);
  const told = run.stderr.trimEnd().split("\n");
  assert.equal(told.pop(), "kundportal import: nothing was imported");
  return told;
}

async function loaded(portal, files) {
  const run = await load(portal, files);
  assert.deepEqual([run.code, run.stderr], [0, ""]);
  return run.stdout.trimEnd();
}

const base = {
  "picklists.csv": "list,key,label_sv\nfile_category,avtal,Avtal\nfile_category,ritning,Ritning\n",
  "customers.csv": "number,name\nK1,Brf Eken\nK2,Brf Boken\n",
  "objects.csv": "number,name,customer\nO1,Hus,K1\n",
  "cases.csv": "number,title,customer,created\nC1,Kran,K1,2025-03-01\nC2,Lampa,K2,2025-03-02\n",
  "article_rows.csv": "number,case,date,title,quantity,unit_price,status\n"
    + "R1,C1,2025-03-01,Filter,2,100,attested\nR2,C2,2025-03-02,Tid,1,\"500,5\",attested\nR3,C1,2025-03-03,Resa,1,50,cancelled\n",
};
const HEAD = "number,customer,title,period_from,period_to,status,your_reference,rows,decided_by,decided_at,comment\n";
const specifications = HEAD
  + "S1,K1,Mars,2025-03-01,2025-03-31,awaiting_approval,Ref,R1|R2|R3,,,\n"
  + "S2,K1,,,,approved,,R1,Karin,2025-04-01T08:00:00Z,Bra\n"
  + "S3,K2,,,,rejected,,R2,Per,2025-04-02 10:00,\"Fel; \"\"pris\"\"\"\n"
  + "S4,K2,,,,,,,,,\nS5,K1,,2025-01-01,,invoiced,,R2|R1,,,\n";
const company = { ...base, "invoice_specifications.csv": specifications };
const SEEN = "SELECT number, CASE WHEN status IN ('approved', 'rejected') AND decided_digest <> digest THEN 'awaiting_approval' ELSE status END,"
  + " row_count, case_count, total FROM invoice_specification ORDER BY number";

test("specifications come in with what follows from their rows, and go out in one form", async () => {
  const portal = await fresh(company);
  assert.deepEqual(portal.sql(SEEN), [["S1", "awaiting_approval", "2", "2", "70050"], ["S2", "approved", "1", "1", "20000"],
    ["S3", "rejected", "1", "1", "50050"], ["S4", "draft", "0", "0", "0"], ["S5", "invoiced", "2", "2", "70050"]]);
  const out = await exported(portal);
  assert.equal(out["invoice_specifications.csv"].toString().split("\r\n")[0] + "\n", HEAD);
  assert.deepEqual(rows(out["invoice_specifications.csv"]), ["S1,K1,Mars,2025-03-01,2025-03-31,awaiting_approval,Ref,R1|R2|R3,,,",
    "S2,K1,,,,approved,,R1,Karin,2025-04-01T08:00:00Z,Bra", 'S3,K2,,,,rejected,,R2,Per,2025-04-02T08:00:00Z,"Fel; ""pris"""',
    "S4,K2,,,,draft,,,,,", "S5,K1,,2025-01-01,,invoiced,,R1|R2,,,"]);
  const other = await fresh(out);
  assert.deepEqual(await exported(other), out);
  assert.deepEqual(other.sql(SEEN), portal.sql(SEEN));
  assert.match(await loaded(portal, company), /^invoice_specifications\.csv: 0 new, 0 changed, 5 unchanged$/m);
});

test("a known specification changes only in what is given", async () => {
  const portal = await fresh(company);
  assert.equal(await loaded(portal, { "invoice_specifications.csv": "number,rows\nS1,R2\nS5,\nS3,R2\n" }),
    "invoice_specifications.csv: 0 new, 2 changed, 1 unchanged");
  assert.deepEqual(portal.sql(SEEN).filter(([number]) => ["S1", "S5"].includes(number)),
    [["S1", "awaiting_approval", "1", "1", "50050"], ["S5", "invoiced", "0", "0", "0"]]);
  assert.equal(await loaded(portal, { "invoice_specifications.csv": "number,status,title\nS1,,\n" }),
    "invoice_specifications.csv: 0 new, 1 changed, 0 unchanged");
  assert.match(rows((await exported(portal))["invoice_specifications.csv"])[0], /^S1,K1,,2025-03-01,2025-03-31,draft,Ref,R2,/);
});

test("what changed after it was decided waits again, goes out as waiting and comes in as it was", async () => {
  const portal = await fresh(company);
  const seen = () => Object.fromEntries(portal.sql(SEEN).map(([number, status]) => [number, status]));
  await loaded(portal, { "article_rows.csv": "number,quantity\nR1,3\n" });
  assert.deepEqual([seen().S2, seen().S3, seen().S5], ["awaiting_approval", "rejected", "invoiced"]);
  assert.deepEqual(portal.sql("SELECT total FROM invoice_specification WHERE number = 'S1'"), [["80050"]]);
  const out = await exported(portal);
  assert.match(rows(out["invoice_specifications.csv"])[1], /^S2,K1,,,,awaiting_approval,,R1,Karin,/);
  // Nothing that comes back unasked decides: neither the export nor what the other system says since long.
  for (const files of [out, { "invoice_specifications.csv": specifications }])
    for (const line of (await loaded(portal, files)).split("\n")) assert.match(line, /: 0 new, 0 changed, \d+ unchanged$/);
  assert.equal(seen().S2, "awaiting_approval");
  assert.deepEqual(await exported(portal), out);
  assert.deepEqual(await exported(await fresh(out)), out);
  // The rows as they were: what was decided stands again.
  await loaded(portal, { "article_rows.csv": "number,quantity\nR1,2\n" });
  assert.equal(seen().S2, "approved");
});

test("a decision made elsewhere is one on what stands when the import is done", async () => {
  const portal = await fresh(company);
  const seen = (number) => portal.sql(SEEN).find((row) => row[0] === number)[1];
  await loaded(portal, { "article_rows.csv": "number,quantity\nR1,3\n",
    "invoice_specifications.csv": "number,status,decided_by,decided_at\nS2,approved,Karin,2025-05-01T08:00:00Z\nS1,approved,Karin,2025-05-01\n" });
  assert.deepEqual([seen("S1"), seen("S2")], ["approved", "approved"]);
  await loaded(portal, { "article_rows.csv": "number,quantity\nR1,4\n" });
  assert.deepEqual([seen("S1"), seen("S2")], ["awaiting_approval", "awaiting_approval"]);
  // Waiting is what the file says, also when the rows are again those of the decision.
  await loaded(portal, { "article_rows.csv": "number,quantity\nR1,3\n", "invoice_specifications.csv": "number,status\nS1,awaiting_approval\n" });
  assert.deepEqual([seen("S1"), seen("S2")], ["awaiting_approval", "approved"]);
  await loaded(portal, { "invoice_specifications.csv": "number,status\nS2,awaiting_approval\n" });
  assert.equal(seen("S2"), "awaiting_approval");
});

test("mistakes in specifications are told by line, and nothing is imported", async () => {
  const portal = await fresh(base);
  assert.deepEqual(await problems(portal, { "invoice_specifications.csv":
    "number,customer,status,rows,period_from,decided_at\nS1,K9,waiting,R1|R9,2025-13-01,soon\nS2,,,,,\nS2,K1,,,,\n" }), [
    'invoice_specifications.csv:2: status: must be one of draft, awaiting_approval, approved, rejected, invoiced: "waiting"',
    'invoice_specifications.csv:2: period_from: must be a date, YYYY-MM-DD: "2025-13-01"',
    'invoice_specifications.csv:2: decided_at: must be a time, YYYY-MM-DDTHH:MM:SS with or without a zone: "soon"',
    'invoice_specifications.csv:2: customer: no customer has this number: "K9"',
    'invoice_specifications.csv:2: rows: no article row has this number: "R9"',
    "invoice_specifications.csv:3: customer: must not be empty",
    'invoice_specifications.csv:4: number: already stands on line 3: "S2"',
  ]);
  assert.deepEqual(await problems(portal, { "invoice_specifications.csv": "number,title\nS1,x\n" }),
    ["invoice_specifications.csv:2: customer: the column is missing, and this invoice specification is new"]);
  await loaded(portal, { "invoice_specifications.csv": "number,customer,period_from\nS1,K1,2025-03-01\n" });
  assert.deepEqual(await problems(portal, { "invoice_specifications.csv": "number,customer,period_to\nS1,K1,2025-02-28\nS2,K1,\n" }),
    ['invoice_specifications.csv:2: period_to: the period ends before it begins: "2025-02-28"']);
  assert.deepEqual(portal.sql("SELECT count(*) FROM invoice_specification"), [["1"]]);
});
