// Work orders and article rows kept by staff: the state of the case follows, and customers see the result at once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, selectOf, tableOf, textOf, valueOf } from "./html.mjs";
import { readCsv } from "./sheets.mjs";
import { staffClient, submitSurely } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
let portal, staff, other, eken;
before(async () => {
  portal = await startPortal({ config: "[actions]\nprices = always\n", files: {
    "picklists.csv": "list,key,label_sv,label_en\nwork_order_type,service,Service,Service\n"
      + "action_code,byte,Byte,Replacement\n",
    "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\n`,
    "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\n",
    "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\n`,
    "articles.csv": "number,name,article_type,unit,unit_price\nT10,Arbetstid,time,tim,520.50\n"
      + "U1,Restid,travel,mil,75\nU2,Filter,material,st,\n",
    "cases.csv": ["number,title,customer,created,started", "A1,Kran,K1,2026-03-01T08:00:00,",
      "A2,Port,K1,2026-03-02T08:00:00,", "A3,Rör,K1,2026-03-02T08:00:00,",
      "A/4,Hiss,K1,2026-03-02T08:00:00,", "A5,Dörr,K1,2026-03-02T08:00:00,",
      "A6,Fläkt,K1,2026-05-02T08:00:00,"].join("\n"),
    "work_orders.csv": "number,case,title,status,created\nA3-1,A3,Spola,not_started,2026-03-02T09:00:00\n",
    "article_rows.csv": "number,case,date,title,quantity,unit_price,status\nX1,A3,2026-03-03,Rensband,2,100,invoiced\n"
      + "X2,A3,2026-03-03,Resa,1,50,attested\nX3,A3,2026-03-03,Slang,1,10,editable\n",
    "invoice_specifications.csv": "number,customer,title,status,rows\nF1,K1,Mars,draft,X2|X3\n",
  } });
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
  other = (await staffClient(portal, "annan@firma.se", "handler")).client;
  eken = portal.client();
  assert.equal((await eken.login("eken", PASSWORD)).status, 303);
});
after(() => portal?.stop());

// The form of `path` on the page `from`, with these changes.
const send = async (path, fields, client = staff, from = path) =>
  client.sure(await client.submit(from, fields, { form: path }));
// The same for a form that the page no longer has: as a page that somebody opened before would send it, with a stamp of
// now.
async function sendGone(path, fields, client = staff, from = path) {
  const { text } = await client.get(from);
  const stamp = { version: valueOf(text, "version"), seen: valueOf(text, "seen") };
  return client.sure(await client.postForm(path, { ...stamp, ...fields }, [], from));
}
const work = (number) => `/staff/cases/${number}/work`;
const saved = async (path, fields, client = staff, from = path) => {
  const answer = await submitSurely(client, from, fields, { form: path });
  assert.equal(answer.status, 303, textOf(answer.text));
};
const state = (number) => portal.sql(`SELECT status, started, finished FROM cases WHERE number = '${number}'`)[0].map((
  v) => (v === null || v === "" ? null : Number(v)));
const us = (text) => Date.parse(text) * 1000;
const rowsSeen = async (number) => tableOf((await eken.get(`/cases/${number}/actions`)).text).rows;

test("the state of the case follows its work orders, and the customer sees it at once", async () => {
  await saved("/staff/cases/A1/work-orders/new", { title: "Byt packning", type: "service", resource: "Maja",
    booked_from: "2026-03-04T09:00", booked_to: "2026-03-04T11:00" });
  assert.deepEqual(state("A1"), [0, null, null]);
  const page = textOf((await eken.get("/cases/A1")).text);
  assert.match(page, /Byt packning Ej påbörjad/);
  assert.match(page, /Service.*2026-03-04 09:00.*Maja/);
  await saved("/staff/cases/A1/work-orders/new", { title: "Städa" });
  const [first, second] = ["/staff/cases/A1/work-orders/A1-1", "/staff/cases/A1/work-orders/A1-2"];
  await saved(first, { title: "Byt packning", started: "2026-03-04T09:05", booked_from: "2026-03-04T09:00",
    booked_to: "2026-03-04T11:00" });
  assert.deepEqual(state("A1"), [1, us("2026-03-04T08:05Z"), null]);
  assert.match(textOf((await eken.get("/cases/A1")).text), /Kran .*Påbörjat (?:Följ ärendet )?Skapat/);
  await saved(first, { title: "Byt packning", started: "2026-03-04T09:05", finished: "2026-03-04 10:00" });
  assert.deepEqual(state("A1"), [1, us("2026-03-04T08:05Z"), null], "the other one is not begun");
  const began = Date.now();
  await saved(second, { title: "Städa", act: "finish" });
  const [status, started, finished] = state("A1");
  assert.equal(status, 2);
  assert.equal(started, us("2026-03-04T08:05Z"));
  assert.ok(finished >= began * 1000 && finished <= Date.now() * 1000);
  assert.match(textOf((await eken.get("/cases/A1")).text), /Kran .*Avslutat (?:Följ ärendet )?Skapat/);
  assert.equal(portal.sql(
    "SELECT 1 FROM scope_event e JOIN cases c ON c.id = e.case_id WHERE c.number = 'A1' AND e.kind = 1").length, 1);
  // Taken back: nothing is begun any more, and no stamp stays.
  await saved(first, { title: "Byt packning", started: "", finished: "" });
  await saved(second, { title: "Städa", started: "", finished: "" });
  assert.deepEqual(state("A1"), [0, null, null]);
  assert.equal(portal.sql(
    "SELECT 1 FROM scope_event e JOIN cases c ON c.id = e.case_id WHERE c.number = 'A1' AND e.kind = 1").length, 0);
  await saved(first, { title: "Byt packning", act: "start" });
  assert.equal(state("A1")[0], 1);
  assert.equal((await portal.run("check")).code, 0);
});

test("a case that was finished by hand is open again with a work order that nobody began", async () => {
  await saved("/staff/cases/A5/state", { state: "finished" }, staff, "/staff/cases/A5");
  assert.equal(state("A5")[0], 2);
  await saved("/staff/cases/A5/work-orders/new", { title: "En gång till" });
  assert.deepEqual(state("A5"), [0, null, null]);
  assert.match(textOf((await staff.get("/staff/cases/A5")).text), /A5-1 En gång till Ej påbörjad/);
  await saved("/staff/cases/A5/work-orders/A5-1", { title: "En gång till", act: "finish" });
  assert.equal(state("A5")[0], 2);
  assert.equal((await portal.run("check")).code, 0);
});

test("times are checked, and what was typed stays", async () => {
  const wrong = await send("/staff/cases/A1/work-orders/new",
    { title: "<Fel>", type: "nix", booked_from: "2026-03-04T11:00", booked_to: "2026-03-04T09:00", started: "igår",
      finished: "2026-13-01T00:00" });
  assert.equal(wrong.status, 400);
  assert.equal(valueOf(wrong.text, "title"), "<Fel>");
  assert.equal(valueOf(wrong.text, "started"), "igår");
  assert.match(errorOf(wrong.text, "booked_to"), /slutar innan/);
  assert.match(errorOf(wrong.text, "started"), /datum och klockslag/);
  assert.match(errorOf(wrong.text, "finished"), /datum och klockslag/);
  assert.match(errorOf(wrong.text, "type"), /listan/);
  const early = await send("/staff/cases/A1/work-orders/new",
    { started: "2026-03-04T11:00", finished: "2026-03-04T10:00" });
  assert.match(errorOf(early.text, "finished"), /innan den påbörjats/);
});

test("a row takes what it lacks from its article, and is rounded half away from zero", async () => {
  await saved("/staff/cases/A2/rows/new", { article: "T10", date: "2026-03-05", quantity: "1,5" });
  await saved("/staff/cases/A2/rows/new", { title: "Packning", date: "2026-03-05", quantity: "1", unit: "st",
    unit_price: "0.125", article_type: "material", action_code: "byte" });
  await saved("/staff/cases/A2/rows/new",
    { title: "Återlämnad", date: "2026-03-05", quantity: "-1", unit_price: "0,125" });
  await saved("/staff/cases/A2/rows/new",
    { title: "Rabatterad", date: "2026-03-06", quantity: "3", unit_price: "33,33", discount: "12,5 %" });
  assert.deepEqual(
    portal.sql("SELECT number, title, unit, article_type, unit_price, total FROM article_row WHERE number LIKE 'A2-R%' "
      + "ORDER BY id").map((row) => row.map(String)), [
    ["A2-R1", "Arbetstid", "tim", "time", "520500000", "78075"],
      ["A2-R2", "Packning", "st", "material", "125000", "13"],
    ["A2-R3", "Återlämnad", "", "other", "125000", "-13"], ["A2-R4", "Rabatterad", "", "other", "33330000", "8749"]]);
  const seen = await rowsSeen("A2");
  assert.equal(seen.length, 4);
  assert.match(seen[0].join("|"), /Arbetstid.*1,5.*tim.*780,75/);
  assert.match(textOf((await staff.get(work("A2"))).text), /Summa \(exkl\. moms\)\s?868,24 kr/);
});

test("an article fills the form without saving it", async () => {
  const answer = await send("/staff/cases/A2/rows/new",
    { article: "T10", date: "2026-03-05", quantity: "2", act: "fetch" });
  assert.equal(answer.status, 200);
  assert.equal(valueOf(answer.text, "title"), "Arbetstid");
  assert.equal(valueOf(answer.text, "unit_price"), "520,5");
  assert.equal(selectOf(answer.text, "article_type").chosen, "time");
  assert.equal((await rowsSeen("A2")).length, 4);
});

const ROW = { date: "2026-05-05", quantity: "1" };
const rowOf = (number) =>
  portal.sql(`SELECT title, unit, article_type, unit_price FROM article_row WHERE number = '${number}'`)[0].map(String);

test("a refused row still says as the article, and takes its values when it is sent again", async () => {
  const form = { form: "/staff/cases/A6/rows/new" };
  const refused = await send("/staff/cases/A6/rows/new", { ...ROW, article: "T1O" });
  assert.equal(refused.status, 400);
  assert.equal(selectOf(refused.text, "article_type").chosen, "");
  const again = await staff.submit(refused, { article: "T10", quantity: "många" }, form);
  assert.equal(again.status, 400);
  for (const name of ["title", "unit", "unit_price"]) assert.equal(valueOf(again.text, name), "", name);
  assert.equal(selectOf(again.text, "article_type").chosen, "");
  assert.equal((await staff.submit(again, { article: "U1", quantity: "1" }, form)).status, 303);
  assert.deepEqual(rowOf("A6-R1"), ["Restid", "mil", "travel", "75000000"]);
});

test("a row that gets another article takes its title, unit, price and type", async () => {
  await saved("/staff/cases/A6/rows/A6-R1", { article: "T10" });
  assert.deepEqual(rowOf("A6-R1"), ["Arbetstid", "tim", "time", "520500000"]);
  await saved("/staff/cases/A6/rows/A6-R1", { article: "U2" });
  assert.deepEqual(rowOf("A6-R1"), ["Filter", "st", "material", "0"], "an article without a price leaves no old one");
  const fetched = await send("/staff/cases/A6/rows/new", { ...ROW, article: "T10", act: "fetch" });
  assert.equal((await staff.submit(fetched, { article: "U1" }, { form: "/staff/cases/A6/rows/new" })).status, 303);
  assert.deepEqual(rowOf("A6-R2"), ["Restid", "mil", "travel", "75000000"], "also after it was filled in once");
});

test("what was typed by hand stays when a row gets another article, and the message says so", async () => {
  await saved("/staff/cases/A6/rows/new", { ...ROW, article: "T10", title: "Nattarbete", unit_price: "900" });
  const fetched = await send("/staff/cases/A6/rows/A6-R3", { article: "U1", act: "fetch" });
  assert.match(textOf(fetched.text), /Skrivet för hand, så det togs inte från artikeln: Titel, À-pris\./);
  await saved("/staff/cases/A6/rows/A6-R3", { article: "U1" });
  assert.deepEqual(rowOf("A6-R3"), ["Nattarbete", "mil", "travel", "900000000"]);
  assert.match(textOf((await staff.get(work("A6"))).text),
    /Sparat\. Skrivet för hand, så det togs inte från artikeln: Titel, À-pris\./);
  await saved("/staff/cases/A6/rows/A6-R3", { title: "Kväll" });
  assert.doesNotMatch(textOf((await staff.get(work("A6"))).text), /för hand/, "the article is the same");
});

test("what is wrong with a row stands beside its field", async () => {
  const wrong = await send("/staff/cases/A2/rows/new", { article: "NIX", date: "imorgon", quantity: "många",
    unit_price: "1,2,3", discount: "101", work_order: "A3-1", article_type: "x" });
  assert.equal(wrong.status, 400);
  for (const [field, told] of [["article", /ingen artikel/], ["date", /år-månad-dag/], ["quantity", /tal/],
    ["unit_price", /tal/], ["discount", /0 till 100/], ["work_order", /listan/], ["article_type", /listan/]])
    assert.match(errorOf(wrong.text, field), told, field);
  assert.equal(valueOf(wrong.text, "quantity"), "många");
  const large = await send("/staff/cases/A2/rows/new",
    { title: "x", date: "2026-03-05", quantity: "999999999999", unit_price: "999999999999" });
  assert.match(errorOf(large.text, "quantity"), /för stort/);
  const empty = await send("/staff/cases/A2/rows/new", { date: "", quantity: "" });
  for (const field of ["title", "date", "quantity"]) assert.notEqual(errorOf(empty.text, field), "", field);
});

test("rows are attested together, locked, taken back, and cancelled rows are not shown", async () => {
  const attest = (fields) => send("/staff/cases/A2/rows/attest", fields, staff, work("A2"));
  assert.equal((await attest({ row: ["A2-R1", "A2-R2"], act: "attest" })).status, 303);
  assert.deepEqual(portal.sql("SELECT status FROM article_row WHERE number LIKE 'A2-R%' ORDER BY id").flat(),
    ["attested", "attested", "editable", "editable"]);
  const locked = await sendGone("/staff/cases/A2/rows/A2-R1", { title: "Ny", date: "2026-03-05", quantity: "9" });
  assert.equal(locked.status, 409);
  assert.match(textOf(locked.text), /kan inte ändras/);
  assert.equal(valueOf(locked.text, "title"), undefined);
  assert.equal((await attest({ row: "A2-R1", act: "unattest" })).status, 303);
  await saved("/staff/cases/A2/rows/A2-R1", { article: "T10", title: "Arbetstid", date: "2026-03-05", quantity: "2",
    unit: "tim", unit_price: "520,5", article_type: "time" });
  assert.match((await rowsSeen("A2"))[0].join("|"), /1\s041,00/);
  await saved("/staff/cases/A2/rows/A2-R3/cancel", {}, staff, "/staff/cases/A2/rows/A2-R3");
  assert.equal((await rowsSeen("A2")).length, 3);
  assert.match(textOf((await staff.get(work("A2"))).text), /Makulerad/);
  assert.equal((await sendGone("/staff/cases/A2/rows/A2-R3", { title: "x", date: "2026-03-05", quantity: "1" }, staff,
    "/staff/cases/A2/rows/A2-R4")).status, 409);
  assert.equal((await send("/staff/cases/A2/rows/attest", { row: "X3", act: "attest" }, staff, work("A2"))).status, 404,
    "a row of another case");
});

test("dashboards count what was done, and no cancelled row", async () => {
  const kim = portal.client();
  assert.equal((await kim.login("kim@x.se", PASSWORD)).status, 303);
  const numbers = async (board, query) => readCsv((await kim.get(`/dashboards/${board}.csv?${query}`)).text).slice(1)
    .map((row) => row[0]).sort();
  assert.deepEqual(await numbers("article-rows", "from=2026-03-01&to=2026-03-31"),
    ["A2-R1", "A2-R2", "A2-R4", "X1", "X2", "X3"]);
  assert.deepEqual(await numbers("work-orders", "from=2026-03-01&to=2026-03-31"), ["A1-1", "A3-1"],
    "an order is of the day its work began, though it was registered today");
  assert.deepEqual(await numbers("throughput", "from=2026-03-01&to=2030-01-01"), ["A5"],
    "the only one that is finished");
});

test("invoiced rows stay, and specifications follow their rows", async () => {
  for (const [path, fields] of [["X1", { title: "Ny", date: "2026-03-03", quantity: "9" }], ["X1/cancel", {}]])
    assert.equal((await sendGone(`/staff/cases/A3/rows/${path}`, fields, staff, work("A3"))).status, 409, path);
  await sendGone("/staff/cases/A3/rows/attest", { row: "X1", act: "unattest" }, staff, work("A3"));
  assert.deepEqual(portal.sql("SELECT status, quantity FROM article_row WHERE number = 'X1'")[0].map(String),
    ["invoiced", "2000000"]);
  const before = portal.sql("SELECT digest, total FROM invoice_specification WHERE number = 'F1'")[0];
  assert.equal(String(before[1]), "6000");
  await saved("/staff/cases/A3/rows/X3",
    { title: "Slang", date: "2026-03-03", quantity: "3", unit_price: "10", article_type: "other", work_order: "A3-1" });
  const after = portal.sql("SELECT digest, total, row_count FROM invoice_specification WHERE number = 'F1'")[0];
  assert.notEqual(after[0], before[0]);
  assert.deepEqual(after.slice(1).map(String), ["8000", "2"]);
  await saved("/staff/cases/A3/rows/X3/cancel", {}, staff, "/staff/cases/A3/rows/X3");
  assert.deepEqual(portal.sql("SELECT total, row_count FROM invoice_specification WHERE number = 'F1'")[0].map(String),
    ["5000", "1"]);
  assert.equal((await portal.run("check")).code, 0);
});

test("two people on one case: the second sees what the first changed and loses nothing", async () => {
  const path = "/staff/cases/A3/work-orders/A3-1";
  const opened = await other.get(path), { text } = opened;
  const stamp = { version: valueOf(text, "version"), seen: valueOf(text, "seen") };
  await saved(path, { title: "Spola stammen", resource: "Maja" });
  const late = await other.submit(opened, { title: "Spola", resource: "Olle" });
  assert.equal(late.status, 409);
  assert.match(textOf(late.text), /hand@firma\.se: Arbetsorder A3-1: Titel: Spola Spola stammen/);
  assert.equal(valueOf(late.text, "resource"), "Olle");
  assert.equal(portal.sql("SELECT resource FROM work_order WHERE number = 'A3-1'")[0][0], "Maja");
  const again = await other.submit(late, { title: "Spola stammen" });
  assert.equal(again.status, 303);
  assert.equal((await other.postForm(path, { title: "Utan version" })).status, 409);
  for (const [act, row] of [["rows/attest", "X2"], ["rows/X2/cancel", ""]])
    assert.equal((await other.postForm(`/staff/cases/A3/${act}`, { ...stamp, row, act: "unattest", sure: "yes" }, [],
      work("A3"))).status, 409, act);
  assert.equal((await other.post(path, { ...stamp, title: "Utan token" })).status, 403);
});

test("of two at the same moment one wins, and numbers are given once", async () => {
  const path = "/staff/cases/A3/rows/new";
  const clients = [staff, other, staff, other];
  const pages = await Promise.all(clients.map((client) => client.get(path)));
  const answers = await Promise.all(pages.map((page, i) =>
    clients[i].submit(page, { date: "2026-03-05", quantity: "1", title: `Samtidig ${i}` })));
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [303, 409, 409, 409]);
  for (const [i, answer] of answers.entries()) {
    if (answer.status !== 409) continue;
    assert.match(textOf(answer.text), /Artikelrad A3-R\d+: Titel: Samtidig/);
    assert.equal(valueOf(answer.text, "title"), `Samtidig ${i}`);
    const again = await clients[i].submit(await clients[i].get(path),
      { date: "2026-03-05", quantity: "1", title: valueOf(answer.text, "title") });
    assert.equal(again.status, 303);
  }
  assert.deepEqual(portal.sql("SELECT number FROM article_row WHERE title LIKE 'Samtidig%' ORDER BY id").flat(),
    ["A3-R4", "A3-R5", "A3-R6", "A3-R7"]);
});

test("history and audit say who changed what, each change moves the version, none does not", async () => {
  const version = () => Number(portal.sql("SELECT version FROM cases WHERE number = 'A/4'")[0][0]);
  assert.equal(version(), 1);
  const base = "/staff/cases/A~14";
  await saved(`${base}/work-orders/new`, { title: "Besiktiga", type: "service" });
  await saved(`${base}/work-orders/A~14-1`, { title: "Besiktiga", type: "service" });
  assert.equal(version(), 2);
  await saved(`${base}/rows/new`, { title: "Rad", date: "2026-03-05", quantity: "1", description: "en\r\ntvå" });
  await saved(`${base}/rows/A~14-R1`, { title: "Rad", date: "2026-03-05", quantity: "1,0", unit_price: "0",
    discount: "0 %", article_type: "other", description: "en\ntvå" });
  assert.equal(version(), 3);
  await saved(`${base}/work-orders/A~14-1`, { title: "Besiktiga", type: "service", started: "2026-03-04T09:05" });
  assert.equal(version(), 4);
  const lines = portal.sql(
    "SELECT who, field, before, after FROM case_change h JOIN cases c ON c.id = h.case_id WHERE c.number = 'A/4' ORDER "
      + "BY h.id").map((row) => row.map(String).join("|"));
  for (const line of ["hand@firma.se|Arbetsorder A/4-1||Ej påbörjad",
    "hand@firma.se|Arbetsorder A/4-1: Arbetsordertyp||Service",
    "hand@firma.se|Arbetsorder A/4-1: Påbörjad||2026-03-04 09:05",
      "hand@firma.se|Arbetsorder A/4-1|Ej påbörjad|Påbörjad", "hand@firma.se|Status|Ej påbörjat|Påbörjat"])
    assert.ok(lines.includes(line), `${line}\n${lines.join("\n")}`);
  const actions = portal.sql("SELECT DISTINCT action FROM audit").flat();
  for (const action of ["work_order_added", "work_order_changed", "article_row_added", "article_row_changed",
    "article_rows_attested", "article_rows_taken_back", "article_row_cancelled"])
    assert.ok(actions.includes(action), action);
});

test("what does not exist is not there", async () => {
  for (const path of ["NIX/work", "A1/work-orders/A3-1", "A1/work-orders/NIX", "A1/rows/X1", "A1/rows/NIX",
    "NIX/rows/new", "NIX/work-orders/new"])
    assert.equal((await staff.get(`/staff/cases/${path}`)).status, 404, path);
});

test("articles are listed, made, changed and made inactive", async () => {
  const made = await staff.postForm("/staff/articles/new",
    { number: "M1", name: "Blandare", article_type: "material", unit: "st", unit_price: "1 249,90", active: "yes" });
  assert.equal(made.headers.get("location"), "/staff/articles/M1");
  const page = (await staff.get("/staff/articles/M1")).text;
  assert.equal(valueOf(page, "unit_price"), "1249,9");
  assert.equal(selectOf(page, "article_type").chosen, "material");
  assert.match(tableOf((await staff.get("/staff/articles?q=bland")).text).rows[0].join("|"),
    /M1\|Blandare\|Material\|st\|1\s249,90\|Ja/);
  const wrong = await staff.postForm("/staff/articles/M1", { name: "", article_type: "sak", unit_price: "dyrt" });
  assert.equal(wrong.status, 400);
  for (const field of ["name", "article_type", "unit_price"]) assert.notEqual(errorOf(wrong.text, field), "", field);
  assert.equal(valueOf(wrong.text, "unit_price"), "dyrt");
  assert.equal((await staff.postForm("/staff/articles/M1",
    { name: "Blandare", article_type: "material", unit_price: "", active: "" })).status, 303);
  assert.equal(tableOf((await staff.get("/staff/articles?q=bland")).text).rows.length, 0);
  const named = await send("/staff/cases/A1/rows/new", { article: "ARBETS", date: "2026-03-05", quantity: "1" });
  assert.match(textOf(named.text), /Menade du någon av dessa: T10 Arbetstid\?/);
  const inactive = await send("/staff/cases/A1/rows/new", { article: "M1", date: "2026-03-05", quantity: "1" });
  assert.match(errorOf(inactive.text, "article"), /inaktiv/);
  assert.match((await staff.get("/staff/articles.csv?inactive=yes")).text,
    /M1,Blandare,material,,,no\r\nT10,Arbetstid,time,tim,520\.5,yes/);
});

test("a technician who is booked twice at once gets a warning, and is booked when that is meant", async () => {
  await portal.importFiles({ "cases.csv": "number,title,created\nB1,Bokat,2026-03-01T08:00:00\n",
    "work_orders.csv": "number,case,resource,booked_from,booked_to,created\n"
      + "B1-1,B1,Sven Ask,2036-05-04T09:00,2036-05-04T11:00,2026-03-01T08:00:00\n"
      + "B1-2,B1,Sven Ask,2036-05-04T13:00,,2026-03-01T08:00:00\n" });
  const path = "/staff/cases/B1/work-orders/new";
  const html = (await staff.get(path)).text;
  assert.match(html, /<datalist id="resource-known">.*<option value="Sven Ask">/s);
  const send = (from, to, more = {}, resource = "Sven Ask") =>
    staff.postForm(path, { version: version(), resource, booked_from: from, booked_to: to, act: "save", ...more });
  const version = () => portal.sql("SELECT version FROM cases WHERE number = 'B1'")[0][0];
  const warned = await send("2036-05-04T10:30", "2036-05-04T12:00");
  assert.equal(warned.status, 409);
  assert.match(textOf(warned.text),
    /Sven Ask är redan bokad då: B1-1, 2036-05-04 09:00 – 2036-05-04 11:00\. Inget är sparat/);
  assert.equal(valueOf(warned.text, "booked_to"), "2036-05-04T12:00");
  for (const spelling of ["sven ask", "SVEN  ASK", " Sven\u00a0Ask ", "SvenAsk"])
    assert.equal((await send("2036-05-04T10:30", "2036-05-04T12:00", {}, spelling)).status, 409, spelling);
  assert.equal((await send("2036-05-04T10:30", "2036-05-04T12:00", { doubts: valueOf(warned.text, "doubts") }))
    .status, 303);
  assert.equal((await send("2036-05-04T12:00", "2036-05-04T13:00")).status, 303, "one after the other");
  assert.equal((await send("2036-05-04T09:00", "2036-05-04T11:00", {}, "Maja Lind")).status, 303, "another technician");
  assert.equal((await send("2036-05-04T13:59", "2036-05-04T14:30")).status, 409,
    "a booking without an end takes an hour");
  assert.equal((await send("2036-05-04T14:00", "")).status, 303);
  assert.equal((await send("2036-05-04T14:30", "", {}, "Sven Ask")).status, 409, "two without an end");
});

test("names of technicians with any letters are one name in every spelling", async () => {
  await portal.importFiles({ "cases.csv": "number,title,created\nB2,Bokat,2026-03-01T08:00:00\n",
    "work_orders.csv": "number,case,resource,booked_from,created\n"
      + "B2-1,B2,A\u030asa O\u0308berg,2036-06-04T09:00,2026-03-01T08:00:00\n" });
  const path = "/staff/cases/B2/work-orders/new";
  for (const resource of ["åsa öberg", "ÅSA ÖBERG", "A\u030asa O\u0308berg"]) {
    const answer = await staff.submit(path, { resource, booked_from: "2036-06-04T09:30" }, { form: path });
    assert.equal(answer.status, 409, resource);
  }
  const other = await staff.submit(path, { resource: "Asa Oberg", booked_from: "2036-06-04T09:30" }, { form: path });
  assert.equal(other.status, 303, "another name");
});

test("a booking in the past and a stamp in the future are asked about once, also without a script", async () => {
  await portal.importFiles({ "cases.csv": "number,title,created\nB3,Bokat,2026-03-01T08:00:00\n" });
  const path = "/staff/cases/B3/work-orders/new";
  const orders = () => Number(portal.sql(
    "SELECT COUNT(*) FROM work_order w JOIN cases c ON c.id = w.case_id WHERE c.number = 'B3'")[0][0]);
  for (const [fields, doubt] of [
    [{ booked_from: "2026-03-04T09:00", booked_to: "2026-03-04T11:00" }, /Den bokade tiden har passerat/],
    [{ booked_from: "2026-03-04T09:00" }, /Den bokade tiden har passerat/],
    [{ booked_to: "2026-03-04T11:00" }, /Den bokade tiden har passerat/],
    [{ started: "2036-03-04T09:00" }, /Starttiden har inte kommit än/],
    [{ started: "2026-03-04T09:00", finished: "2036-03-04T09:00" }, /Sluttiden har inte kommit än/],
  ]) {
    const before = orders();
    const asked = await staff.submit(path, { title: "Byt", ...fields }, { form: path });
    assert.equal(asked.status, 409, JSON.stringify(fields));
    assert.match(textOf(asked.text), doubt);
    assert.equal(orders(), before, "nothing is saved yet");
    assert.equal(valueOf(asked.text, "title"), "Byt");
    const other = await staff.submit(asked, { booked_from: "2026-03-05T09:00", booked_to: "2026-03-05T10:00",
      started: "2036-03-04T09:00", finished: "" }, { form: path });
    assert.equal(other.status, 409, "another doubt is asked about again");
    assert.equal((await staff.submit(asked, {}, { form: path })).status, 303, "meant");
  }
  for (const fields of [
    { booked_from: "2036-03-04T09:00" },
    { booked_from: "2026-03-04T09:00", booked_to: "2026-03-04T11:00", started: "2026-03-04T09:00",
      finished: "2026-03-04T11:00" },
    { started: "2026-03-04T09:00" },
  ])
    assert.equal((await staff.submit(path, fields, { form: path })).status, 303, JSON.stringify(fields));
});
