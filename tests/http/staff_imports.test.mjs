// Imports in the browser: sent, checked, looked at, run; the rules are those of the command line.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makePortal, waitFor } from "./harness.mjs";
import { textOf, valueOf } from "./html.mjs";
import { readCsv } from "./sheets.mjs";
import { staffClient } from "./staff.mjs";
import { makeWorkbook } from "./workbooks.mjs";

const PASSWORD = "Ekollon-2026";
let portal, chief;
before(async () => {
  portal = await makePortal({ config: "[imports]\nmax_size = 3 MiB\n", files: {
    "customers.csv": "number,name,city,login\nK1,Brf Eken,Göteborg,eken/hemligt\nK2,Brf Björken,Borås,\n",
    "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\n",
    "articles.csv": "number,name,article_type,unit_price\nA1,Arbete,time,650.5\n",
    "cases.csv": "number,title,customer,created,extra_dörr\nC1,Kran,K1,2026-03-01T08:00:00,1\n",
  } });
  await portal.start();
  chief = (await staffClient(portal, "chef@firma.se", "administrator")).client;
});
after(() => portal?.stop());

const MOVES = /data-poll="\/staff/;
const files = (all) => Object.entries(all).map(([name, bytes]) => ({ field: "files", name, bytes }));
// Sends files; the address of the run.
async function send(all, client = chief) {
  const answer = await client.postForm("/staff/imports", {}, files(all));
  assert.equal(answer.status, 303, textOf(answer.text));
  return answer.headers.get("location");
}
// Waits until a run stands still; its page.
async function settled(path, client = chief) {
  return waitFor(`the end of ${path}`, async () => {
    const { text } = await client.get(path);
    return !MOVES.test(text) && text;
  });
}
const checked = async (all) => {
  const path = await send(all);
  return { path, page: textOf(await settled(path)) };
};
async function run(path) {
  const answer = await chief.postForm(`${path}/run`, {}, [], path);
  assert.equal(answer.status, 303);
  return textOf(await settled(path));
}
const upload = () => (existsSync(join(portal.data, "imports")) ? readdirSync(join(portal.data, "imports"))
  .filter((name) => name !== "progress") : []);

test("a dry run says what would be new, changed and unchanged, and writes nothing", async () => {
  const { path, page } = await checked({
    "customers.csv": "number;name;city\nK1;Brf Eken;Mölndal\nK2;Brf Björken;Borås\nK3;Brf Alen;Kungälv\n",
    "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1|K3\n",
    "articles.csv": "number,name,article_type,unit_price\nA1,Arbete,time,\"700,25\"\n",
  });
  assert.match(page, /Kontrollerad\./);
  assert.match(page, /customers\.csv customers\.csv 1 1 1/, "new, changed, unchanged");
  assert.match(page, /2 K1 city Göteborg Mölndal/);
  assert.match(page, /4 K3 ny Brf Alen/);
  assert.match(page, /2 P1 customers K1 K1\|K3/);
  assert.match(page, /2 A1 unit_price 650\.5 700\.25/);
  assert.deepEqual(portal.sql("SELECT city FROM customer WHERE number = 'K1'"), [["Göteborg"]]);

  assert.match(await run(path), /Importerad\. Allt är importerat\./);
  assert.deepEqual(portal.sql("SELECT number, city FROM customer ORDER BY number"),
    [["K1", "Mölndal"], ["K2", "Borås"], ["K3", "Kungälv"]]);
  assert.deepEqual(upload(), [], "the files are removed when they are imported");
  assert.deepEqual(portal.sql("SELECT COUNT(*) FROM import_sample"), [["0"]], "and what was shown of them");
  const again = await chief.postForm(`${path}/run`, {}, [], path);
  assert.equal(again.status, 303);
  assert.match(textOf((await chief.get(path)).text), /Någon annan har ändrat detta/);
  assert.deepEqual(portal.sql("SELECT action, subject, who FROM audit WHERE action LIKE 'import%' ORDER BY id")
    .map((row) => row[0]), ["import_uploaded", "import_started", "import_done"]);
  assert.match(textOf((await chief.get("/staff/imports")).text),
    /customers\.csv, contacts\.csv, articles\.csv 1 3 Importerad/);
});

test("mistakes are shown with file, line and column as on the command line, and all of them as CSV", async () => {
  const rows = Array.from({ length: 300 }, (_, i) => `C${i + 10},,K9\n`).join("");
  const { path, page } = await checked({ "cases.csv": `number,title,customer\n${rows}` });
  assert.match(page, /Innehåller fel\. Ingenting importerades/);
  assert.match(page, /900 fel – de första 100/);
  assert.match(page, /cases\.csv:2: title: får inte vara tomt/);
  const csv = readCsv((await chief.get(`${path}/problems.csv`)).text);
  assert.deepEqual(csv[0], ["file", "line", "column", "problem"]);
  assert.deepEqual(csv[1].slice(0, 3), ["cases.csv", "2", "title"]);
  assert.ok(csv.length > 600);
});

test("a file of another name is known by its columns, or somebody says what it is", async () => {
  const known = await checked({ "kunder ny.csv": "number,name,email,city\nK1,Brf Eken,,Mölndal\n" });
  assert.match(known.page, /kunder ny\.csv customers\.csv|Ange vad filerna innehåller/);
  const path = await send({ "vad.csv": "number,name\nK7,Brf Lönnen\n" });
  assert.match(textOf(await settled(path)), /Ange vad filerna innehåller/);
  assert.equal((await chief.postForm(`${path}/files`, { file_0: "" }, [], path)).status, 303);
  assert.match(textOf(await settled(path)), /Ange vad filerna innehåller/);
  assert.equal((await chief.postForm(`${path}/files`, { file_0: "customers.csv" }, [], path)).status, 303);
  assert.match(textOf(await settled(path)), /vad\.csv customers\.csv 1 0 0/);
  assert.equal((await chief.postForm(`${path}/discard`, { sure: "yes" }, [], path)).status, 303);
  assert.match(textOf(await settled(path)), /Borttagen/);
});

test("an import says why it cannot read a file (empty, UTF-16, two of one kind), and mends control characters",
  async () => {
  assert.match((await checked({ "customers.csv": "" })).page, /customers\.csv:1: row: filen är tom/);
  assert.match((await checked({ "customers.csv": Buffer.from("\ufeffnumber,name\n", "utf16le") })).page,
    /Innehåller fel/);
  assert.match((await checked({ "customers.csv": "number,name\nK1,a\u0001b\n" })).page, /K1 name Brf Eken a b /);
  assert.match((await checked({ "customers.csv": "number,name\nK1,x\n", "CUSTOMERS.CSV": "number,name\nK1,x\n" })).page,
    /anges två gånger/);
  assert.match((await checked({ "customers.csv": Buffer.from("number,name\nK1,Brf \xc5n\n", "latin1") })).page,
    /Brf Ån/, "Windows-1252 is read");
});

test("what is no CSV file, is too large, or speaks of other files is refused at once, and nothing is kept",
  async () => {
  const before = upload().length;
  const refuse = async (all, words) => {
    const answer = await chief.postForm("/staff/imports", {}, files(all));
    assert.equal(answer.status, 400);
    assert.match(textOf(answer.text), words);
  };
  await refuse({ "bild.png": "x" }, /bild\.png är varken CSV/);
  await refuse({ "customers.csv": Buffer.alloc(3.1 * 1024 * 1024, "a") },
    /customers\.csv är för stor: en fil får ha högst 3,1 MB/);
  await refuse({ "files.csv": "path,customer\nx,K1\n" }, /kundportal import på servern/);
  await refuse({}, /Välj minst en fil/);
  await refuse(Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`f${i}.csv`, "number,name\n"])),
    /f16\.csv togs inte med: högst 16/);
  assert.equal(upload().length, before);
  assert.equal((await chief.post("/staff/imports", {})).status, 403);
});

test("a workbook has a sheet for each file, and cells are read as they are shown", async () => {
  const { path, page } = await checked({ "allt möjligt.xlsx": makeWorkbook({
    articles: [["number", "name", "article_type", "unit_price"], [4711, "Bult & mutter <M8>", "material", 0.1],
      ["A9", "Summa", "time", { formula: "0.1+0.2", value: 0.30000000000000004 }]],
    "Cases.csv": [["number", "title", "customer", "created", "started"],
      ["C70", "Hiss", "K1", { day: 46082 }, { time: 46082.354166666664 }]],
    Blad2: [],
    "fler ärenden": [["number", "case", "created", "title"], [7001, "C70", { time: 46082.5 }, "Åk dit"]],
  }) });
  assert.match(page, /allt möjligt\.xlsx bladet articles articles\.csv 2 0 0/);
  assert.match(page, /allt möjligt\.xlsx bladet fler ärenden work_orders\.csv 1 0 0/, "by its columns");
  assert.match(await run(path), /Importerad/);
  assert.deepEqual(
    portal.sql("SELECT number, name, unit_price FROM article WHERE number IN ('4711', 'A9') ORDER BY number"),
    [["4711", "Bult & mutter <M8>", "100000"], ["A9", "Summa", "300000"]]);
  const at = (local) => String(Date.parse(local) * 1000);
  assert.deepEqual(portal.sql("SELECT created FROM cases WHERE number = 'C70'"), [[at("2026-03-01T00:00:00+01:00")]]);
  assert.deepEqual(portal.sql("SELECT created, title FROM work_order WHERE number = '7001'"),
    [[at("2026-03-01T12:00:00+01:00"), "Åk dit"]]);
});

test("a workbook named like a file is that file, also on the command line; days may count from 1904", async () => {
  const book = makeWorkbook({ Blad1: [["list", "key", "label_sv", "active"], ["case_type", "el", "El", true],
    ["case_type", "vvs", "VVS", false]] });
  const { page } = await checked({ "picklists.xlsx": book });
  assert.match(page, /picklists\.xlsx bladet Blad1 picklists\.csv 2 0 0/);
  writeFileSync(join(portal.folder, "Picklists.xlsx"), book);
  writeFileSync(join(portal.folder, "fler.xlsx"), makeWorkbook({ cases: [["number", "title", "created"],
    ["C71", "Port", { day: 44620 }]], anteckningar: [["hej"]] }, { from1904: true }));
  const refused = await portal.run("import", join(portal.folder, "fler.xlsx"));
  assert.deepEqual([refused.code, refused.stderr.split("\n")[0]],
    [1, "fler.xlsx:1: file: a sheet has none of the names of the files, such as customers or cases"]);
  writeFileSync(join(portal.folder, "fler.xlsx"),
    makeWorkbook({ cases: [["number", "title", "created"], ["C71", "Port", { day: 44620 }]] }, { from1904: true }));
  const done = await portal.run("import", join(portal.folder, "Picklists.xlsx"), join(portal.folder, "fler.xlsx"));
  assert.equal(done.code, 0, done.stderr);
  assert.match(done.stdout, /picklists\.csv: 2 new/);
  assert.deepEqual(portal.sql("SELECT created FROM cases WHERE number = 'C71'"),
    [[String(Date.parse("2026-03-01T00:00:00+01:00") * 1000)]]);
});

test("faults of a broken, tricky or wrong workbook are shown by sheet and row, and it harms nothing", async () => {
  const tell = async (bytes, words) => assert.match((await checked({ "customers.xlsx": bytes })).page, words);
  const sheet = (rows) => makeWorkbook({ customers: rows });
  await tell(Buffer.from("number,name\n"), /customers\.xlsx:1: row: it is damaged, or no workbook/);
  await tell(sheet([["number", "name"], ["K1", "x"]]).subarray(0, 900), /it is damaged, or no workbook/);
  await tell(sheet('<!DOCTYPE a [<!ENTITY a "b">]><worksheet/>'), /customers\.csv:1: row: it has a document type/);
  await tell(sheet(`<worksheet>${" ".repeat(40e6)}</worksheet>`), /it holds far more than a workbook of its size does/);
  await tell(sheet([["number", "name"], ["K1", "x"], ["K2", { error: "#N/A" }]]),
    /customers\.csv:3: row: a cell shows an error/);
  await tell(sheet([["number", "name"], [], ["K1", ""]]), /customers\.csv:3: name: får inte vara tomt/);
  await tell(sheet([["number", "name"], ["K1", "a", "b"]]), /customers\.csv:2: row: har 3 värden, rubrikraden 2/);
  await tell(sheet([]), /customers\.xlsx:1: row: den har inget blad med rader/);
  assert.equal((await chief.get("/healthz")).status, 200);
});

test("passwords are imported and never shown", async () => {
  const { path, page } = await checked({
    "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\nK2,Brf Björken,björken/${PASSWORD}\n`,
    "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\n`,
  });
  assert.match(page, /2 K1 password ••• •••/);
  assert.match(page, /3 K2 login tomt björken/);
  assert.ok(!page.includes(PASSWORD));
  assert.match(await run(path), /Importerad/);
  for (const name of ["eken", "björken", "kim@x.se"]) assert.equal((await portal.client().login(name, PASSWORD)).status,
    303, name);
  assert.deepEqual(portal.sql(`SELECT COUNT(*) FROM audit WHERE detail LIKE '%${PASSWORD}%'`), [["0"]]);
});

test("what changed since the dry run counts: the run checks again", async () => {
  const { path } = await checked({ "cases.csv": "number,title,customer,created\nC50,Läcka,K3,2026-03-01\n" });
  portal.sql("UPDATE customer SET number = 'K33' WHERE number = 'K3'");
  const page = await run(path);
  assert.match(page, /Innehåller fel/);
  assert.match(page, /cases\.csv:2: customer: numret finns inte \(kund\): "K3"/);
  portal.sql("UPDATE customer SET number = 'K3' WHERE number = 'K33'");
});

test("a handler sees no imports, and none without a token", async () => {
  const hand = (await staffClient(portal, "hand@firma.se", "handler")).client;
  assert.equal((await hand.get("/staff/imports")).status, 404);
  const { path } = await checked({ "customers.csv": "number,name\nK1,Brf Eken\n" });
  for (const address of [path, `${path}/state`, `${path}/problems.csv`]) assert.equal((await hand.get(address)).status,
    404);
  for (const what of ["run", "discard", "files"]) {
    assert.equal((await hand.post(`${path}/${what}`, { csrf_token: await hand.token("/staff/account") })).status, 404);
    assert.equal((await chief.post(`${path}/${what}`, {})).status, 403);
  }
  assert.equal((await chief.get("/staff/imports/999999")).status, 404);
  assert.equal((await chief.get("/staff/imports/x")).status, 404);
});

test("the fragment that the script asks for has the state and no page around it", async () => {
  const path = await send({ "customers.csv": "number,name\nK1,Brf Eken\n" });
  await settled(path);
  const { text } = await chief.get(`${path}/state`);
  assert.match(text, /^<div class="import-run" data-poll="">/);
  assert.match(text, /Kontrollerad/);
});

// A slow import: many passwords.
const slow = (n) =>
  `number,name,login\n${Array.from({ length: n }, (_, i) => `S${i},Slow,slow${i}/${PASSWORD}\n`).join("")}`;
const state = (path) => portal.sql(`SELECT state FROM import_run WHERE id = ${path.split("/").pop()}`)[0][0];
const workProcess = () => portal.children().at(-1);

test("two at once: the second waits, says so, and has its turn", async () => {
  const first = await send({ "customers.csv": slow(1000) });
  const second = await send({ "customers.csv": "number,name\nK1,Brf Eken\n" });
  let told = false;
  await waitFor("the check of the first", async () => {
    const { text } = await chief.get(second);
    told ||= new RegExp(`Den väntar på import ${first.split("/").pop()}`).test(text);
    if (/Kontrollerad/.test(text)) assert.equal(state(first), "checked");
    return state(first) === "checked";
  }, 10);
  assert.ok(told, "the second said that it waits");
  assert.match(textOf(await settled(second)), /Kontrollerad/);
});

test("killed in the middle: nothing of the import is there, its state says so, and it can be sent again", async () => {
  const before = portal.sql("SELECT COUNT(*) FROM customer");
  const { path } = await checked({ "customers.csv": slow(2000) });
  assert.equal((await chief.postForm(`${path}/run`, {}, [], path)).status, 303);
  await waitFor("the import runs", () => state(path) === "running", 2);
  process.kill(workProcess(), "SIGKILL");
  const page = textOf(await settled(path));
  assert.match(page, /Misslyckades\. Servern stoppades mitt i\. Ingenting importerades\./);
  assert.deepEqual(portal.sql("SELECT COUNT(*) FROM customer"), before);
  assert.match((await checked({ "customers.csv": "number,name\nK1,Brf Eken\n" })).page, /Kontrollerad/);
});

test("half files and files that nobody ran are removed in time", async () => {
  const { path } = await checked({ "customers.csv": "number,name\nK1,Brf Eken\n" });
  const id = path.split("/").pop();
  portal.sql(`UPDATE import_run SET created = created - ${8 * 86400 * 1e6} WHERE id = ${id}`);
  writeFileSync(join(portal.data, "imports", "left.half"), "x");
  const { utimesSync } = await import("node:fs");
  utimesSync(join(portal.data, "imports", "left.half"), 1, 1);
  await portal.end();
  await portal.start(); // upkeep runs at once
  await waitFor("the run is discarded", () => state(path) === "discarded");
  await waitFor("the half file is gone", () => !upload().includes("left.half"));
  assert.deepEqual(portal.sql(`SELECT stored FROM import_file WHERE run_id = ${id}`), []);
  for (const table of ["import_sample", "import_problem"]) assert.equal(
    portal.sql(`SELECT COUNT(*) FROM ${table} WHERE run_id = ${id}`)[0][0], "0", table);
});
