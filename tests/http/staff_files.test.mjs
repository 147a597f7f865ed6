// Files of customers, objects and cases kept by staff: many at once, the refused ones named, and seen in the portal at
// once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, linkOf, selectOf, tableOf, textOf, valueOf } from "./html.mjs";
import { staffClient } from "./staff.mjs";
import { storeFiles } from "./stored.mjs";

const PASSWORD = "Ekollon-2026";
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const PDF = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
const HTML = "<!doctype html><script>alert(1)</script>";
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';
let portal, staff, kim;
before(async () => {
  portal = await startPortal({ config: "[attachments]\nmax_size = 20 KiB\nmax_count = 5\n", files: {
    "picklists.csv": "list,key,label_sv,label_en\nfile_category,ritning,Ritning,Drawing\n"
      + "file_category,avtal,Avtal,Agreement\n",
    "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\nK/2,Brf Aspen,\n`,
    "objects.csv": "number,name,customer\nO1,Storgatan 1,K1\n",
    "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\n",
    "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\n`,
    "cases.csv": "number,title,customer,object,created\nC1,Kran,K1,O1,2026-03-01T08:00:00\n",
  } });
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
  kim = portal.client();
  assert.equal((await kim.login("kim@x.se", PASSWORD)).status, 303);
});
after(() => portal?.stop());

const K1 = "/staff/customers/K1/files";
const file = (name, bytes, type) => ({ field: "files", name, bytes, type });
const send = (path, fields, files) => staff.postForm(path, fields, files);
const names = async (path, client = staff, column = 0) => tableOf((await client.get(path)).text)
  .rows.map((row) => row[column].replace(/ Visa .*/, "").trim());
const inPortal = async () => (await kim.get("/files.csv")).text.trim().split("\r\n").slice(1)
  .map((line) => line.split(",")[0]).sort();
const idOf = (name) => portal.sql(`SELECT id FROM file WHERE name = '${name}'`)[0]?.[0];
const actions = (subject) => portal.sql(`SELECT action FROM audit WHERE subject = '${subject}' ORDER BY id`).flat();
const save = (id, fields) => staff.submit(`/staff/files/${id}`, fields, { form: `/staff/files/${id}` });

test("several are added at once, with a category, and are in the portal at once", async () => {
  const answer = await send(K1, { category: "ritning", visible: "yes" },
    [file("plan.png", PNG), file("avtal.pdf", PDF), file("läs mig.txt", "hej")]);
  assert.equal(answer.headers.get("location"), K1);
  assert.deepEqual((await names(K1)).sort(), ["avtal.pdf", "läs mig.txt", "plan.png"]);
  const table = tableOf((await staff.get(K1)).text);
  assert.deepEqual(table.heads.slice(0, 5), ["Namn", "Kategori", "Portalen", "Storlek", "Tillagd"]);
  assert.deepEqual(table.rows.map((row) => row.slice(1, 3)), Array(3).fill(["Ritning", "Syns"]));
  assert.equal((await kim.get("/files")).text.includes("avtal.pdf"), true);
  assert.deepEqual(actions("customer K1: plan.png"), ["file_added"]);
});

test("the list of all files is there as CSV, with the columns of files.csv, and as Excel", async () => {
  await send("/staff/cases/C1/files", {}, [file("dold.txt", "dold")]);
  const answer = await staff.get("/staff/files.csv?kind=case&q=dold");
  assert.match(answer.headers.get("content-type"), /^text\/csv/);
  const [head, row, ...rest] = answer.text.trim().split("\r\n");
  assert.equal(head, "name,category,customer,object,case,visible,size,type,created");
  assert.match(row, /^dold\.txt,,,,C1,no,4,text\/plain,\d{4}-/);
  assert.deepEqual(rest, []);
  assert.equal((await staff.get("/staff/files.xlsx")).status, 200);
  assert.ok((await staff.get("/staff/files?q=dold")).text.includes('href="/staff/files.csv?q=dold"'));
});

test("each refused file is named, and the others are kept", async () => {
  const answer = await send("/staff/customers/K~12/files", { visible: "yes" },
    [file("sida.html", HTML), file("bild.svg", SVG), file("stor.txt", "x".repeat(30_000)),
    file("bra.txt", "bra"), file("falsk.pdf", "bara text"), file("sjätte.txt", "6"), file("sjunde.txt", "7")]);
  assert.equal(answer.status, 400);
  const told = errorOf(answer.text, "files");
  for (const name of ["sida.html", "bild.svg", "stor.txt", "falsk.pdf", "sjätte.txt", "sjunde.txt"]) assert.ok(
    told.includes(name), `${name}: ${told}`);
  assert.ok(!told.includes("bra.txt"));
  assert.match(textOf(answer.text), /1 fil har lagts till/);
  assert.deepEqual(await names("/staff/customers/K~12/files"), ["bra.txt"]);
});

test("a form that is sent twice adds its files once, and one without files says so", async () => {
  const again = await send("/staff/customers/K~12/files", { visible: "yes" }, [file("bra.txt", "bra")]);
  assert.equal(again.status, 400);
  assert.match(errorOf(again.text, "files"), /bra.txt finns redan/);
  assert.equal((await names("/staff/customers/K~12/files")).length, 1);
  assert.match(errorOf((await send(K1, {})).text, "files"), /minst en fil/);
  const odd = await send(K1, { category: "nix" }, [file("udda.txt", "udda")]);
  assert.equal(odd.status, 400);
  assert.match(errorOf(odd.text, "category"), /listan/);
  assert.equal(idOf("udda.txt"), undefined);
});

test("nothing that was sent runs: types are those of the content, in a sandbox, and text is saved", async () => {
  const script = `anteckning\n${HTML}`;
  const sent = await send("/staff/objects/O1/files", {},
    [file("skript.txt", script), file("sida.txt", HTML), file("lögn.png", PNG, "text/html")]);
  assert.match(errorOf(sent.text, "files"), /sida.txt/);
  assert.doesNotMatch(errorOf(sent.text, "files"), /skript.txt|lögn.png/);
  const page = (await staff.get("/staff/objects/O1/files")).text;
  const text = await staff.get(linkOf(page, "skript.txt"));
  assert.equal(text.text, script);
  assert.match(text.headers.get("content-type"), /^text\/plain/);
  assert.match(text.headers.get("content-disposition"), /^attachment/);
  assert.equal(text.headers.get("x-content-type-options"), "nosniff");
  const shown = await staff.get(`${linkOf(page, "lögn.png")}?show=1`);
  assert.equal(shown.headers.get("content-type"), "image/png");
  assert.match(shown.headers.get("content-security-policy"), /sandbox/);
  assert.match((await staff.get(`${linkOf(page, "skript.txt")}?show=1`)).headers.get("content-disposition"),
    /^attachment/);
  storeFiles(portal, [{ key: "ond", name: "ond.svg", bytes: SVG, type: "image/svg+xml", object: "O1" }]);
  const svg = await staff.get(`/staff/files/${idOf("ond.svg")}/content/ond.svg?show=1`);
  assert.equal(svg.headers.get("content-type"), "application/octet-stream");
  assert.match(svg.headers.get("content-disposition"), /^attachment/);
});

test("attachments of a case are the customer's from the moment they are marked", async () => {
  const C1 = "/staff/cases/C1/files";
  assert.doesNotMatch((await staff.get(C1)).text, /id="visible"[^>]* checked/);
  assert.equal((await send(C1, { category: "avtal" }, [file("mätning.txt", "42")])).status, 303);
  const eken = portal.client();
  await eken.login("eken", PASSWORD);
  const seen = async () => [(await inPortal()).includes("mätning.txt"), (await kim.get("/cases/C1"))
    .text.includes("mätning.txt"), (await eken.get("/cases/C1")).text.includes("mätning.txt")];
  assert.deepEqual(await seen(), [false, false, false]);
  const id = idOf("mätning.txt");
  assert.equal((await save(id, { visible: "yes" })).headers.get("location"), C1);
  assert.deepEqual(await seen(), [true, true, true]);
  const address = linkOf((await kim.get("/cases/C1")).text, "mätning.txt");
  assert.equal((await kim.get(address)).text, "42");
  assert.equal((await save(id, { visible: undefined })).status, 303);
  assert.deepEqual(await seen(), [false, false, false]);
  assert.equal((await kim.get(address)).status, 404);
  const page = textOf((await staff.get("/staff/cases/C1")).text);
  assert.match(page, /mätning.txt synlig i portalen ?Före: Nej ?Efter: Ja/);
  assert.equal(linkOf((await staff.get("/staff/cases/C1")).text, "Lägg till och ändra bilagor"), C1);
});

test("name and category are changed; the name keeps the ending of its kind, and what is refused stays", async () => {
  const id = idOf("avtal.pdf");
  const refused = await save(id, { name: " ", category: "avtal", visible: "yes" });
  assert.equal(refused.status, 400);
  assert.match(errorOf(refused.text, "name"), /Fyll i/);
  assert.equal(selectOf(refused.text, "category").chosen, "avtal");
  assert.equal((await save(id, { name: "x".repeat(121) })).status, 400);
  assert.equal((await save(id, { name: "Serviceavtal <2026>", category: "avtal", visible: "yes" })).status, 303);
  assert.ok((await inPortal()).some((name) => name.startsWith("Serviceavtal")));
  assert.match(
    portal.sql("SELECT detail FROM audit WHERE action = 'file_changed' AND subject = 'customer K1: avtal.pdf'")[0][0],
    /^name: Serviceavtal .*; category: ritning -> avtal$/);
});

test("an older form changes nothing, shows what is now, and keeps what was typed", async () => {
  const id = idOf("plan.png");
  const first = await staff.get(`/staff/files/${id}`), question = await staff.get(`/staff/files/${id}/remove`);
  assert.equal((await save(id, { name: "planritning.png", visible: "yes" })).status, 303);
  const older = await staff.submit(first, { name: "skiss.png" });
  assert.equal(older.status, 409);
  assert.match(textOf(older.text), /Namn: planritning\.png \(du skrev skiss\.png\)/);
  assert.equal(valueOf(older.text, "name"), "skiss.png");
  assert.equal(idOf("skiss.png"), undefined);
  assert.equal((await staff.submit(question)).status, 409);
  assert.equal((await staff.submit(older)).status, 303);
  assert.ok(idOf("skiss.png"));
  assert.equal((await staff.post(`/staff/files/${id}`, { name: "utan märke.png" })).status, 403);
});

test("a file is removed after a question, and its content stays where another has it", async () => {
  await send(K1, { visible: "yes" }, [file("gemensam.txt", "samma innehåll")]);
  await send("/staff/objects/O1/files", { visible: "yes" }, [file("gemensam.txt", "samma innehåll")]);
  const id = portal.sql("SELECT id FROM file WHERE name = 'gemensam.txt' AND customer_id IS NOT NULL")[0][0];
  assert.equal(portal.sql("SELECT DISTINCT digest FROM file WHERE name = 'gemensam.txt'").length, 1);
  const before = (await inPortal()).filter((name) => name === "gemensam.txt").length;
  const question = await staff.get(`/staff/files/${id}/remove`);
  assert.match(textOf(question.text), /går inte att ångra/);
  const done = await staff.submit(question);
  assert.equal(done.headers.get("location"), K1);
  assert.equal((await inPortal()).filter((name) => name === "gemensam.txt").length, before - 1);
  assert.equal((await staff.get(`/staff/files/${id}`)).status, 404);
  const other = linkOf((await staff.get("/staff/objects/O1/files")).text, "gemensam.txt");
  assert.equal((await staff.get(other)).text, "samma innehåll");
  assert.equal((await portal.run("check")).code, 0);
  assert.deepEqual(actions("customer K1: gemensam.txt"), ["file_added", "file_removed"]);
});

test("all files are searched by name, owner, category and visibility", async () => {
  storeFiles(portal, [{ key: "s1", name: "100% ÅRSPLAN_x.txt", object: "O1", category: "ritning", visible: false },
    { key: "s2", name: "årsplan y.txt", customer: "K/2", category: "avtal" }]);
  const found = async (query) => (await names(`/staff/files?${query}`)).sort();
  assert.deepEqual(await found("q=årsplan"), ["100% ÅRSPLAN_x.txt", "årsplan y.txt"]);
  assert.deepEqual(await found("q=årsplan&number=O1"), ["100% ÅRSPLAN_x.txt"]);
  assert.deepEqual(await found("q=årsplan&kind=customer"), ["årsplan y.txt"]);
  assert.deepEqual(await found("q=årsplan&category=avtal"), ["årsplan y.txt"]);
  assert.deepEqual(await found("q=årsplan&visible=no"), ["100% ÅRSPLAN_x.txt"]);
  assert.deepEqual(await found("q=100%25+%C3%A5rs"), ["100% ÅRSPLAN_x.txt"]);
  assert.deepEqual(await found("q=plan%25+y.txt"), ["årsplan y.txt"]);
  assert.deepEqual(await found("q=plan"), ["100% ÅRSPLAN_x.txt", "årsplan y.txt"]);
  assert.deepEqual(await found("number=NIX"), []);
});

test("long lists page on, newest first, without gaps or doubles", async () => {
  storeFiles(portal, Array.from({ length: 120 }, (_, i) =>
    ({ key: `m${i}`, name: `mängd ${i}.txt`, customer: "K/2", created: `2025-01-0${1 + (i % 3)}T12:00:00Z` })));
  for (const start of ["/staff/files?q=mängd", "/staff/customers/K~12/files?q=mängd"]) {
    const seen = [];
    for (let path = start; path;) {
      const { text } = await staff.get(path);
      seen.push(...tableOf(text).rows.map((row) => row[0]));
      path = /rel="next" href="([^"]+)"/.exec(text)?.[1].replaceAll("&amp;", "&");
    }
    assert.equal(seen.length, 120, start);
    assert.equal(new Set(seen).size, 120, start);
  }
  assert.equal((await staff.get("/staff/files?after=nonsense.1x")).status, 400);
});

test("what does not exist is not there, and registers lead to their files", async () => {
  for (const path of ["/staff/customers/NIX/files", "/staff/objects/NIX/files", "/staff/cases/NIX/files",
    "/staff/files/999999", "/staff/files/x", "/staff/files/999999/remove", "/staff/files/999999/content/x"])
    assert.equal((await staff.get(path)).status, 404, path);
  assert.match((await staff.get("/staff/customers/K~12")).text, /href="\/staff\/customers\/K~12\/files"/);
  assert.match((await staff.get("/staff/objects/O1")).text, /href="\/staff\/objects\/O1\/files"/);
});
