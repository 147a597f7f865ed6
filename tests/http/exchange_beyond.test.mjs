// Specifications and files in CSV: what comes in, what is refused, what a decision keeps, and that what goes out comes
// in again.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { exported, filesOf, folderOf, fresh, load, problems, rows } from "./exchange.mjs";

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
    + "R1,C1,2025-03-01,Filter,2,100,attested\nR2,C2,2025-03-02,Tid,1,\"500,5\",attested\n"
    + "R3,C1,2025-03-03,Resa,1,50,cancelled\n",
};
const HEAD = "number,customer,title,period_from,period_to,status,your_reference,rows,decided_by,decided_at,comment\n";
const specifications = HEAD
  + "S1,K1,Mars,2025-03-01,2025-03-31,awaiting_approval,Ref,R1|R2|R3,,,\n"
  + "S2,K1,,,,approved,,R1,Karin,2025-04-01T08:00:00Z,Bra\n"
  + "S3,K2,,,,rejected,,R2,Per,2025-04-02 10:00,\"Fel; \"\"pris\"\"\"\n"
  + "S4,K2,,,,,,,,,\nS5,K1,,2025-01-01,,invoiced,,R2|R1,,,\n";
const company = { ...base, "invoice_specifications.csv": specifications };
const SEEN = "SELECT number, CASE WHEN status IN ('approved', 'rejected') AND decided_digest <> digest THEN "
  + "'awaiting_approval' ELSE status END,"
  + " row_count, case_count, total FROM invoice_specification ORDER BY number";

test("specifications come in with what follows from their rows, and go out in one form", async () => {
  const portal = await fresh(company);
  assert.deepEqual(portal.sql(SEEN),
    [["S1", "awaiting_approval", "2", "2", "70050"], ["S2", "approved", "1", "1", "20000"],
    ["S3", "rejected", "1", "1", "50050"], ["S4", "draft", "0", "0", "0"], ["S5", "invoiced", "2", "2", "70050"]]);
  const out = await exported(portal);
  assert.equal(out["invoice_specifications.csv"].toString().split("\r\n")[0] + "\n", HEAD);
  assert.deepEqual(rows(out["invoice_specifications.csv"]),
    ["S1,K1,Mars,2025-03-01,2025-03-31,awaiting_approval,Ref,R1|R2|R3,,,",
    "S2,K1,,,,approved,,R1,Karin,2025-04-01T08:00:00Z,Bra",
      'S3,K2,,,,rejected,,R2,Per,2025-04-02T08:00:00Z,"Fel; ""pris"""',
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
  assert.match(rows((await exported(portal))["invoice_specifications.csv"])[0],
    /^S1,K1,,2025-03-01,2025-03-31,draft,Ref,R2,/);
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
    for (const line of (await loaded(portal, files)).split("\n")) assert.match(line,
      /: 0 new, 0 changed, \d+ unchanged$/);
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
    "invoice_specifications.csv": "number,status,decided_by,decided_at\nS2,approved,Karin,2025-05-01T08:00:00Z\n"
      + "S1,approved,Karin,2025-05-01\n" });
  assert.deepEqual([seen("S1"), seen("S2")], ["approved", "approved"]);
  await loaded(portal, { "article_rows.csv": "number,quantity\nR1,4\n" });
  assert.deepEqual([seen("S1"), seen("S2")], ["awaiting_approval", "awaiting_approval"]);
  // Waiting is what the file says, also when the rows are again those of the decision.
  await loaded(portal, { "article_rows.csv": "number,quantity\nR1,3\n",
    "invoice_specifications.csv": "number,status\nS1,awaiting_approval\n" });
  assert.deepEqual([seen("S1"), seen("S2")], ["awaiting_approval", "approved"]);
  await loaded(portal, { "invoice_specifications.csv": "number,status\nS2,awaiting_approval\n" });
  assert.equal(seen("S2"), "awaiting_approval");
});

test("mistakes in specifications are reported by line, and nothing is imported", async () => {
  const portal = await fresh(base);
  assert.deepEqual(await problems(portal, { "invoice_specifications.csv":
    "number,customer,status,rows,period_from,decided_at\nS1,K9,waiting,R1|R9,2025-13-01,soon\nS2,,,,,\nS2,K1,,,,\n" }),
      [
    'invoice_specifications.csv:2: status: must be one of draft, awaiting_approval, approved, rejected, invoiced: '
      + '"waiting"',
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
  assert.deepEqual(
    await problems(portal, { "invoice_specifications.csv": "number,customer,period_to\nS1,K1,2025-02-28\nS2,K1,\n" }),
    ['invoice_specifications.csv:2: period_to: the period ends before it begins: "2025-02-28"']);
  assert.deepEqual(portal.sql("SELECT count(*) FROM invoice_specification"), [["1"]]);
});

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const PDF = Buffer.from("%PDF-1.4\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n");
const filed = {
  ...base,
  "files.csv": "path,name,category,customer,object,case,visible\n"
    + "avtal/Eken 2025.pdf,,avtal,K1,,,\nritning.png,Plan å.png,ritning,,O1,,yes\ndjup/ner/prov.txt,,,,,C1,no\n"
    + "foto,,,,,C1,\n",
  "avtal/Eken 2025.pdf": PDF, "ritning.png": PNG, "djup/ner/prov.txt": "Prov\n", "foto": PNG,
};
const contents = (portal) => filesOf(join(portal.data, "files")).length;

test("files come in with their contents and go out again, byte for byte", async () => {
  const portal = await fresh(filed);
  assert.deepEqual(portal.sql("SELECT path, name, media_type, size, visible FROM file ORDER BY path"), [
    ["avtal/Eken 2025.pdf", "Eken 2025.pdf", "application/pdf", String(PDF.length), "1"],
    ["djup/ner/prov.txt", "prov.txt", "text/plain", "5", "0"],
    ["foto", "foto.png", "image/png", String(PNG.length), "1"],
    ["ritning.png", "Plan å.png", "image/png", String(PNG.length), "1"]]);
  assert.equal(contents(portal), 3); // the picture once
  const out = await exported(portal);
  assert.deepEqual(rows(out["files.csv"]),
    ["avtal/Eken 2025.pdf,Eken 2025.pdf,avtal,K1,,,yes", "djup/ner/prov.txt,prov.txt,,,,C1,no",
    "foto,foto.png,,,,C1,yes", "ritning.png,Plan å.png,ritning,,O1,,yes"]);
  for (const name of ["avtal/Eken 2025.pdf", "ritning.png", "foto", "djup/ner/prov.txt"]) assert.deepEqual(out[name],
    Buffer.from(filed[name]));
  assert.deepEqual(await exported(await fresh(out)), out);
  for (const files of [filed, out]) for (const line of (await loaded(portal, files)).split("\n")) assert.match(line,
    /: 0 new, 0 changed, \d+ unchanged$/);
  assert.equal((await portal.run("check")).code, 0);
});

test("a content that is another one changes its file, which keeps its address", async () => {
  const portal = await fresh(filed);
  const [[key, created]] = portal.sql("SELECT key, created FROM file WHERE path = 'djup/ner/prov.txt'");
  assert.equal(await loaded(portal,
    { "files.csv": "path,visible\ndjup/ner/prov.txt,yes\nfoto,yes\n", "djup/ner/prov.txt": "Nytt prov\n", foto: PNG }),
    "files.csv: 0 new, 1 changed, 1 unchanged");
  assert.deepEqual(portal.sql("SELECT key, created, size, visible FROM file WHERE path = 'djup/ner/prov.txt'"),
    [[key, created, "10", "1"]]);
  assert.equal((await exported(portal))["djup/ner/prov.txt"].toString(), "Nytt prov\n");
});

test("what was sent through the portal goes out under its key and is known again", async () => {
  const portal = await fresh(filed);
  const [[digest]] = portal.sql("SELECT digest FROM file WHERE path = 'foto'");
  const long = "å".repeat(116) + ".png", key = "Ab3-_6789012345678901z";
  portal.sql(`INSERT INTO file (key, case_id, name, media_type, size, digest, created)
    SELECT '${key}', id, '${long}', 'image/png', ${PNG.length}, '${digest}', 7 FROM cases WHERE number = 'C2'`);
  const out = await exported(portal);
  const [path] = Object.keys(out).filter((name) => name.startsWith("files/"));
  assert.match(path, /^files\/Ab3-_6789012345678901z\/å+\.png$/);
  assert.ok(Buffer.byteLength(path) < 255);
  assert.deepEqual(rows(out["files.csv"]).map((row) => row.split(",")[0]),
    ["avtal/Eken 2025.pdf", "djup/ner/prov.txt", path, "foto", "ritning.png"]);
  assert.match(await loaded(portal, out), /^files\.csv: 0 new, 0 changed, 5 unchanged$/m);
  assert.deepEqual(await exported(portal), out);
  const other = await fresh(out);
  assert.deepEqual(await exported(other), out);
  assert.deepEqual(other.sql(`SELECT count(*) FROM file WHERE key = '${key}'`),
    [["0"]]); // addresses are never taken over
});

test("mistakes in files are reported by line, nothing is imported and nothing outside is read", async () => {
  const portal = await fresh(base);
  const files = {
    "files.csv": "path,name,customer,object,case,category\n/etc/passwd,,K1,,,\n../x.txt,,K1,,,\na//b.txt,,K1,,,\n"
      + "none.pdf,,K1,,,\nlink.txt,,K1,,,\n"
      + "inside/x.txt,,K1,,,\nbad.html,,K1,,,\nbad.pdf,,K1,,,\nempty.txt,,K1,,,\nfolder,,K1,,,\ncases.csv,,K1,,,\n"
      + "ok.txt,,K9,,,nope\nok.txt,,K1,,,\n",
    "bad.html": "<!doctype html><p>x", "bad.pdf": "text", "empty.txt": "", "folder/x.txt": "x", "ok.txt": "x",
  };
  const folder = folderOf(portal, files);
  writeFileSync(join(portal.folder, "secret.txt"), "secret");
  symlinkSync(join(portal.folder, "secret.txt"), join(folder, "link.txt"));
  symlinkSync(portal.folder, join(folder, "inside"));
  const run = await portal.run("import", folder);
  const wrong = "must be a path below the folder of files.csv, without empty parts, . and ..";
  assert.deepEqual(run.stderr.trimEnd().split("\n"), [
    `files.csv:2: path: ${wrong}: "/etc/passwd"`, `files.csv:3: path: ${wrong}: "../x.txt"`,
      `files.csv:4: path: ${wrong}: "a//b.txt"`,
    'files.csv:5: path: there is no such file beside files.csv: "none.pdf"',
    'files.csv:6: path: a symbolic link is not followed: "link.txt"',
    'files.csv:7: path: there is no such file beside files.csv: "inside/x.txt"',
    'files.csv:8: path: a kind of content that is not accepted: "bad.html"',
    'files.csv:9: name: the content is of another kind than the name says: "bad.pdf"',
    'files.csv:10: path: the file is empty: "empty.txt"',
    'files.csv:11: path: is not a file: "folder"',
    'files.csv:12: path: this name is taken for the import\'s own: put the file into a folder: "cases.csv"',
    'files.csv:13: category: the list file_category has no such key: "nope"',
    'files.csv:13: customer: no customer has this number: "K9"',
    'files.csv:14: path: already stands on line 13: "ok.txt"',
    "kundportal import: nothing was imported"]);
  assert.deepEqual(portal.sql("SELECT count(*) FROM file"), [["0"]]);
});

test("a file has one owner, and its path is no other's folder", async () => {
  const portal = await fresh(filed);
  const one = "exactly one of customer, object and case is needed";
  assert.deepEqual(
    await problems(portal, { "files.csv": "path,customer,object,case\na.txt,,,\nb.txt,K1,O1,\nc.txt,,O1,C1\n",
      "a.txt": "x", "b.txt": "x", "c.txt": "x" }),
    [`files.csv:2: row: ${one}`, `files.csv:3: row: ${one}`, `files.csv:4: row: ${one}`]);
  assert.deepEqual(await problems(portal, { "files.csv": "path,customer\nfoto,K1\n", foto: PNG }),
    [`files.csv:2: row: ${one}`]);
  assert.equal(await loaded(portal, { "files.csv": "path,customer,case\nfoto,K1,\n", foto: PNG }),
    "files.csv: 0 new, 1 changed, 0 unchanged");
  assert.deepEqual(await problems(portal,
    { "files.csv": "path,case\nfoto/x/y.txt,C1\ndjup/ner,C1\n", "foto/x/y.txt": "x", "djup/ner": "x" }), [
    'files.csv:2: path: a file has the path that is a folder here: "foto"',
      'files.csv:3: path: is a folder of other files: "djup/ner"']);
});

test("a dry run of files keeps no content; a file given by itself finds its contents beside it", async () => {
  const portal = await fresh(base);
  const folder = folderOf(portal, { "files.csv": "path,case\nbilder/a.png,C1\n", "bilder/a.png": PNG });
  const dry = await portal.run("import", "--dry-run", join(folder, "files.csv"));
  assert.deepEqual([dry.code, dry.stdout],
    [0, "files.csv: 1 new, 0 changed, 0 unchanged\ndry run: nothing was written\n"]);
  assert.equal(contents(portal), 0);
  assert.equal((await portal.run("import", join(folder, "files.csv"))).code, 0);
  assert.equal(contents(portal), 1);
  const again = await portal.run("import", "--dry-run", join(folder, "files.csv"));
  assert.match(again.stdout, /^files\.csv: 0 new, 0 changed, 1 unchanged$/m);
});

test("an export without one of its contents is refused and leaves nothing", async () => {
  const portal = await fresh(filed);
  const store = join(portal.data, "files");
  const [[name, bytes]] = filesOf(store).filter(([, content]) => content.equals(PDF));
  writeFileSync(join(store, name), Buffer.concat([bytes.subarray(1), bytes.subarray(0, 1)]));
  const folder = mkdtempSync(join(portal.folder, "out-"));
  const damaged = await portal.run("export", join(folder, "x"));
  assert.deepEqual([damaged.code, damaged.stderr],
    [1, "kundportal export: the content of avtal/Eken 2025.pdf is damaged\n"]);
  rmSync(join(store, name));
  const missing = await portal.run("export", join(folder, "x"));
  assert.deepEqual([missing.code, missing.stderr],
    [1, "kundportal export: the content of avtal/Eken 2025.pdf is missing in the data folder\n"]);
  assert.deepEqual(readdirSync(folder), []);
  // The import puts it back.
  await loaded(portal, filed);
  assert.equal((await portal.run("export", join(folder, "x"))).code, 0);
});

test("the demonstration company goes out, comes in and goes out the same, with its specifications and files",
  async () => {
  const portal = await fresh();
  assert.equal((await portal.run("demo", "--cases", "300", "--seed", "7")).code, 0);
  const out = await exported(portal);
  assert.deepEqual(await exported(await fresh(out)), out);
  for (const line of (await loaded(portal, out)).split("\n"))
    if (!/^logins removed|^(customers|objects)\.csv/.test(line)) assert.match(line,
      /: 0 new, 0 changed, \d+ unchanged$/);
  assert.deepEqual(await exported(portal), out);
});
