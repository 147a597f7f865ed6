// Imports taken back: afterwards everything is as before, byte for byte as an export shows it, or nothing was done and
// it says why.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makePortal, waitFor } from "./harness.mjs";
import { textOf } from "./html.mjs";
import { staffClient } from "./staff.mjs";

const OLD = "Ekollon-2026", NEW = "Kotte-2027";
const BASE = {
  "picklists.csv": "list,key,label_sv,label_en,active\ncase_type,fel,Fel,Fault,yes\nobject_group,hus,Hus,,yes\n",
  "customers.csv": `number,name,city,status,login\nK1,Brf Eken,Göteborg,active,eken/${OLD}\n`
    + `K2,Brf Björken,Borås,inactive,\nK3,Brf Alen,,active,alen/${OLD}\n`,
  "objects.csv": `number,name,customer,parent,group,login\nO1,Hus 1,K1,,hus,hus/${OLD}\nO2,Hus 2,K1,O1,,\n`
    + `O3,Hus 3,K2,,,\n`,
  "contacts.csv": "number,first_name,last_name,email,customers,objects\nP1,Kim,Ek,kim@x.se,K1|K2,O1\n"
    + "P2,Åsa,Al,asa@x.se,,O3\n",
  "accounts.csv": `email,password,verified,language\nkim@x.se,${OLD},yes,sv\n`,
  "articles.csv": "number,name,article_type,unit,unit_price\nA1,Arbete,time,h,650\n",
  "cases.csv": "number,title,type,status,customer,object,primary_contact,contacts,created,started,extra_dörr,"
    + "extra_nyckel\n"
    + "C1,Kran,fel,started,K1,O1,P1,P1|P2,2026-03-01T08:00:00Z,2026-03-02T08:00:00Z,röd,\n"
    + "C2,Port,,not_started,,O3,,,2026-03-02T08:00:00Z,,,7\n",
  "work_orders.csv": "number,case,title,status,created,started\n"
    + "W1,C1,Åk,started,2026-03-01T09:00:00Z,2026-03-02T08:00:00Z\n",
  "article_rows.csv": "number,case,work_order,article,date,quantity,unit_price,status\n"
    + "R1,C1,W1,A1,2026-03-02,2,650,attested\nR2,C1,,,2026-03-02,1,10.5,attested\n",
  "invoice_specifications.csv": "number,customer,title,status,rows,decided_by,decided_at\n"
    + "F1,K1,Mars,approved,R1,Kim Ek,2026-03-10T08:00:00Z\nF2,K1,Utkast,draft,R2,,\n",
};
const CHANGE = {
  "picklists.csv": "list,key,label_sv,active\ncase_type,fel,Felanmälan,no\ncase_type,ny,Ny,yes\n",
  "customers.csv": `number,name,city,login\nK1,Brf Eken & Co,Mölndal,eken/${NEW}\nK3,Brf Alen,Ale,\n`
    + `K4,Brf Ny,Lund,alen/${NEW}\n`,
  "objects.csv": "number,name,customer,parent,group\nO1,Hus 1,K2,O9,\nO9,Kvarter,K4,,hus\n",
  "contacts.csv": "number,first_name,last_name,email,email_2,customers\nP1,Kim,Ekman,ny@x.se,kim@x.se,K4\n"
    + "P9,Nina,Ny,nina@x.se,,K1\n",
  "accounts.csv": `email,password,verified,language\nkim@x.se,${NEW},no,en\nnina@x.se,,yes,sv\n`,
  "articles.csv": "number,name,article_type,unit_price\nA1,Arbete,time,700\nA9,Bult,material,1.25\n",
  "cases.csv": "number,title,type,customer,primary_contact,contacts,created,extra_dörr,extra_nyckel\n"
    + "C1,Kranen,ny,K4,P9,P9,2026-03-01T08:00:00Z,,9\nC9,Nytt,fel,K1,P2,,2026-04-01T08:00:00Z,blå,\n",
  "work_orders.csv": "number,case,title,status,created,started,finished\n"
    + "W1,C1,Åk,finished,2026-03-01T09:00:00Z,2026-03-02T08:00:00Z,2026-03-05T08:00:00Z\n"
    + "W9,C2,Ny,started,2026-04-01T09:00:00Z,2026-04-02T09:00:00Z,\n",
  "article_rows.csv": "number,case,article,date,quantity,unit_price,status\n"
    + "R1,C1,A9,2026-03-03,3,700,attested\nR9,C9,A9,2026-04-02,1,2,attested\n",
  "invoice_specifications.csv": "number,customer,status,rows\nF2,K4,awaiting_approval,R2|R9\nF9,K1,draft,\n",
};

let portal, chief;
before(async () => {
  portal = await makePortal({ files: BASE });
  await portal.start();
  chief = (await staffClient(portal, "chef@firma.se", "administrator")).client;
});
after(() => portal?.stop());

const settled = (path) => waitFor(`the end of ${path}`, async () => {
  const { text } = await chief.get(path);
  return !/data-poll="\/staff/.test(text) && textOf(text);
});
async function act(path, what) {
  assert.equal((await chief.postForm(`${path}/${what}`, { sure: "yes" }, [], path)).status, 303);
  return settled(path);
}
async function imported(all) {
  const files = Object.entries(all).map(([name, bytes]) => ({ field: "files", name, bytes }));
  const answer = await chief.postForm("/staff/imports", {}, files);
  assert.equal(answer.status, 303, textOf(answer.text));
  const path = answer.headers.get("location");
  assert.match(await settled(path), /Kontrollerad\./);
  assert.match(await act(path, "run"), /Importerad\./);
  return path;
}
const undone = async (path) =>
  assert.match(await act(path, "undo"), /Ångrad\. Allt är som det var före importen\./);
// All files of an export, and what the check says.
async function everything() {
  const folder = join(mkdtempSync(join(portal.folder, "export-")), "all");
  const done = await portal.run("export", folder);
  assert.equal(done.code, 0, done.stderr);
  const all = Object.fromEntries(readdirSync(folder).filter((name) => name.endsWith(".csv"))
    .map((name) => [name, readFileSync(join(folder, name), "utf8")]));
  rmSync(folder, { recursive: true });
  const check = await portal.run("check");
  assert.equal(check.code, 0, check.stdout + check.stderr);
  return all;
}
const hidden = () => portal.sql("SELECT name, kind, owner_id, password_hash, set_by FROM login ORDER BY id").concat(
  portal.sql("SELECT address, contact_id FROM contact_address ORDER BY address, contact_id"),
    portal.sql("SELECT email, verified, language FROM account ORDER BY id"),
  portal.sql("SELECT number, total, digest, decided_digest, row_count FROM invoice_specification ORDER BY number"),
    portal.sql("SELECT number, total FROM article_row ORDER BY number"));
const searches = async (client, words) =>
  [...(await client.get(`/cases.csv?q=${words}`)).text.matchAll(/^(C\d+),/gm)].map((found) => found[1]);

test("an import that adds and changes in every file is undone without a trace", async () => {
  const eken = portal.client();
  const before = [await everything(), hidden()];
  await eken.login("eken", OLD);
  assert.deepEqual(await searches(eken, "kran"), ["C1"]);
  const path = await imported(CHANGE);
  const between = await everything();
  assert.notDeepEqual(between, before[0]);
  assert.match(between["cases.csv"], /C2,Port,.*started/, "a case follows its new work order");
  assert.equal((await portal.client().login("alen", NEW)).status, 303);
  portal.sql("UPDATE login SET last_login = NULL WHERE name = 'alen'");
  await undone(path);
  assert.deepEqual([await everything(), hidden()], before);
  assert.equal((await eken.login("eken", NEW)).status, 401);
  assert.equal((await eken.login("eken", OLD)).status, 303);
  assert.deepEqual(await searches(eken, "kran"), ["C1"]);
  assert.deepEqual(await searches(eken, "nytt"), []);
  assert.deepEqual(
    portal.sql("SELECT COUNT(*) FROM import_image UNION ALL SELECT COUNT(*) FROM import_part UNION ALL SELECT COUNT(*) "
      + "FROM import_login"), [["0"], ["0"], ["0"]]);
  assert.equal((await chief.postForm(`${path}/undo`, { sure: "yes" }, [], path)).status, 303);
  assert.match(await settled(path), /Ångrad/, "once");
  assert.deepEqual(portal.sql("SELECT action FROM audit WHERE action LIKE 'import_und%'"),
    [["import_undo_started"], ["import_undone"]]);
});

test("later changes and rows that refer to new rows stop an undo, and are listed", async () => {
  const path = await imported({
    "cases.csv": "number,title,created\nC1,Annan titel,2026-03-01T08:00:00Z\nC30,Ny,2026-04-01T08:00:00Z\n",
      "customers.csv": "number,name\nK30,Ny kund\n", "articles.csv": "number,name,article_type\nA30,Nyttig,other\n" });
  await portal.importFiles({
    "cases.csv": "number,title,created\nC1,Tredje titeln,2026-03-01T08:00:00Z\n",
    "work_orders.csv": "number,case,created\nW30,C30,2026-04-01\n",
    "contacts.csv": "number,first_name,last_name,customers\nP30,Ny,Ny,K30\n",
  });
  portal.sql("UPDATE article SET active = 0 WHERE number = 'A30'");
  const before = await everything();
  const page = await act(path, "undo");
  assert.match(page, /Importen kunde inte ångras: det som står nedan är i vägen\./);
  for (const words of ["cases.csv: C1: har ändrats efteråt", "articles.csv: A30: har ändrats efteråt",
    "customers.csv: K30: används av kontakter: 1", "cases.csv: C30: används av arbetsorder: 1"])
    assert.ok(page.includes(words), `${words}: ${page}`);
  assert.match(page, /sak(er)? är i vägen/);
  assert.deepEqual(await everything(), before);
  portal.sql("UPDATE article SET active = 1 WHERE number = 'A30'");
  portal.sql("DELETE FROM contact_customer WHERE contact_id = (SELECT id FROM contact WHERE number = 'P30')");
  portal.sql("DELETE FROM scope_event WHERE work_order_id = (SELECT id FROM work_order WHERE number = 'W30')");
  portal.sql("DELETE FROM work_order WHERE number = 'W30'");
  await portal.importFiles({ "cases.csv": "number,title,created\nC1,Annan titel,2026-03-01T08:00:00Z\n" });
  await undone(path);
  assert.doesNotMatch((await everything())["customers.csv"], /K30/);
});

test("an undo that would take back the attestation of a row on a specification that is out is stopped", async () => {
  const row = (status) => ({ "article_rows.csv": `number,case,date,quantity,status\nR50,C1,2026-03-02,1,${status}\n` });
  const publish = (status) => portal.importFiles({
    "invoice_specifications.csv": `number,customer,status,rows\nF50,K1,${status},R50\n` });
  await portal.importFiles(row("editable"));
  const path = await imported(row("attested"));
  await publish("awaiting_approval");
  assert.match(await act(path, "undo"), /article_rows\.csv: R50: would not be attested any more/);
  assert.equal(portal.sql("SELECT status FROM article_row WHERE number = 'R50'")[0][0], "attested");
  await publish("draft");
  await undone(path);
  assert.equal(portal.sql("SELECT status FROM article_row WHERE number = 'R50'")[0][0], "editable");
});

test("a case that somebody follows is undone, and nobody follows it any more", async () => {
  const path = await imported({ "cases.csv": "number,title,customer,created\nC40,Ny,K1,2026-04-01T08:00:00Z\n" });
  const eken = portal.client();
  await eken.login("eken", OLD);
  assert.equal((await eken.submit("/cases/C40", { follow: "yes" }, { form: "/cases/C40/follow" })).status, 303);
  await undone(path);
  assert.equal(portal.sql("SELECT COUNT(*) FROM case_follower")[0][0], "0");
});

test("an import that cancels, or opens again, is undone, unless staff did the same since", async () => {
  const before = await everything();
  const cancelled = await imported({ "cases.csv": "number,status,cancel_reason\nC1,cancelled,Fel\n" });
  assert.match((await everything())["cases.csv"], /C1,.*,cancelled,.*Fel/);
  const opened = await imported({ "cases.csv": "number,status,cancel_reason\nC1,started,\n" });
  const ended = await imported({ "work_orders.csv": "number,status,cancel_reason\nW1,cancelled,Behövs inte\n" });
  for (const path of [ended, opened, cancelled]) await undone(path);
  assert.deepEqual(await everything(), before);
  const touched = await imported({ "work_orders.csv": "number,status\nW1,finished\n" });
  await portal.importFiles({ "cases.csv": "number,status,cancel_reason\nC1,cancelled,Av personal\n" });
  assert.match(await act(touched, "undo"), /cases\.csv: C1: har ändrats efteråt/, "and is not opened again by itself");
  await portal.importFiles({ "cases.csv": "number,status,cancel_reason\nC1,started,\n" });
  await undone(touched);
});

test("of two imports of the same rows the later is undone first", async () => {
  const before = await everything();
  const first = await imported({ "customers.csv": "number,name\nK1,Ett\nK40,Ett\n" });
  const second = await imported({ "customers.csv": "number,name\nK1,Två\nK40,Två\n",
    "objects.csv": "number,name,customer\nO40,Hus,K40\n" });
  assert.match(await act(first, "undo"), /customers\.csv: K1: har ändrats efteråt/);
  await undone(second);
  await undone(first);
  assert.deepEqual(await everything(), before);
});

test("a login that somebody has used is in the way", async () => {
  const path = await imported({ "customers.csv": `number,name,login\nK50,Ny,femtio/${NEW}\n` });
  assert.equal((await portal.client().login("femtio", NEW)).status, 303);
  assert.match(await act(path, "undo"), /logins: femtio: någon har loggat in med den/);
});

// A generator of its own, so that a failure can be run again.
function random(seed) {
  let state = seed;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const below = (n) => Math.floor(next() * n);
  return { below, pick: (list) => list[below(list.length)], maybe: (value) => (next() < 0.6 ? value : "") };
}

const STATES = ["not_started", "started", "finished", "cancelled"];

// Rows that may be new or known, with references among them, in every column that may hold one.
function randomFiles({ below, pick, maybe }, round) {
  const numbers = (prefix) => [...new Set(Array.from({ length: 4 }, () => `${prefix}${below(7)}`))];
  const day = () => `2026-0${1 + below(6)}-1${below(9)}`;
  // Times run forward in any order of imports: created until February, started until April, finished until June.
  const time = (step) => `2026-0${1 + 2 * step + below(2)}-1${below(9)}T0${below(9)}:00:00Z`;
  const all = { k: numbers("XK"), o: numbers("XO"), p: numbers("XP"), c: numbers("XC"), w: numbers("XW"),
    r: numbers("XR"), f: numbers("XF") };
  const some = (list) => list.filter(() => below(2)).join("|");
  const csv = (head, rows) => `${head}\n${rows.map((row) => row.join(",")).join("\n")}\n`;
  return {
    "customers.csv": csv("number,name,city,status",
      all.k.map((n) => [n, `Namn ${below(3)}`, maybe("Åby"), pick(["active", "inactive", ""])])),
    "objects.csv": csv("number,name,customer,group",
      all.o.map((n) => [n, `Hus ${round}`, maybe(pick(all.k)), maybe("hus")])),
    "contacts.csv": csv("number,first_name,last_name,email,email_3,customers,objects", all.p.map((n) =>
      [n, "Kim", `Ek ${below(2)}`, maybe(`${n}@x.se`), maybe(`${below(3)}@y.se`), some(all.k), some(all.o)])),
    "cases.csv": csv("number,title,status,customer,object,primary_contact,contacts,created,started,finished,"
      + "extra_a,extra_b,cancel_reason,duplicate_of",
      all.c.map((n) => [n, `Ärende ${below(3)}`, pick(["started", "not_started", "cancelled", ""]), maybe(pick(all.k)),
        maybe(pick(all.o)), maybe(pick(all.p)), some(all.p), time(0), maybe(time(1)), "", maybe("1"), maybe("x"),
        maybe("Dubbelt"), maybe(all.c.find((other) => other !== n) ?? "")])),
    "work_orders.csv": csv("number,case,status,created,started,finished",
      all.w.map((n) => { const state = pick(STATES); return [n, all.c[below(
        all.c.length)], state, time(0), state === "not_started" ? "" : time(1),
        state === "finished" ? time(2) : ""]; })),
    "article_rows.csv": csv("number,case,date,quantity,unit_price,status", all.r.map((n) => [n, pick(all.c), day(),
      `${below(9)}.${below(9)}`, `${below(900)}`, pick(["attested", "invoiced", "cancelled"])])),
    "invoice_specifications.csv": csv("number,customer,status,rows,decided_by,decided_at",
      all.f.map((n) => { const state = pick(["draft", "awaiting_approval", "approved"]); return [n, pick(all.k), state,
        some(all.r), state === "approved" ? "Kim" : "", state === "approved" ? time(2) : ""]; })),
  };
}

test("random imports on top of each other are undone one after the other, each to what was before it", async () => {
  const seed = Number(process.env.KP_TEST_SEED ?? 2026);
  const dice = random(seed);
  const steps = [];
  for (let round = 0; round < 8; round++) {
    const state = [await everything(), hidden()];
    steps.push({ path: await imported(randomFiles(dice, round)), state });
  }
  for (const { path, state } of steps.reverse()) {
    await undone(path);
    assert.deepEqual([await everything(), hidden()], state, `seed ${seed}, ${path}`);
  }
});

test("killed while it is undone: it is imported still, says so, and can be undone again", async () => {
  const before = await everything();
  const rows = Array.from({ length: 4000 }, (_, i) => `Y${i},Rad ${i},2026-03-01,K1\n`).join("");
  const path = await imported({ "cases.csv": `number,title,created,customer\n${rows}` });
  const id = path.split("/").pop();
  assert.equal((await chief.postForm(`${path}/undo`, { sure: "yes" }, [], path)).status, 303);
  const state = () => portal.sql(`SELECT state FROM import_run WHERE id = ${id}`)[0][0];
  await waitFor("the undoing begins", () => state() !== "undo", 2);
  if (state() === "undoing") {
    process.kill(portal.children().at(-1), "SIGKILL");
    assert.match(await settled(path),
      /Importerad\. Servern stoppades mitt i\. Ingenting ångrades\.|Ångrad/);
  }
  if (state() === "done") await undone(path);
  assert.deepEqual(await everything(), before);
});

test("what is kept to undo goes after thirty days, and the page says that it cannot be undone", async () => {
  const path = await imported({ "customers.csv": "number,name\nK60,Sextio\n" });
  assert.match(await settled(path), /Den kan ångras till och med 20\d\d-\d\d-\d\d\./);
  const id = path.split("/").pop();
  portal.sql(`UPDATE import_run SET finished = finished - ${31 * 86400 * 1e6} WHERE id = ${id}`);
  await portal.end();
  chief.url = (await portal.start()).url;
  const left = () => Number(portal.sql(`SELECT COUNT(*) FROM import_image WHERE run_id = ${id}`)[0][0]);
  await waitFor("nothing is left of it", () => left() === 0);
  assert.match(await settled(path), /Den kan inte längre ångras\./);
});
