// What customers say about single cases and rows when they reject a specification: kept with the decision, mailed to
// staff, and seen by staff at the rows until the next decision.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, textOf, valueOf } from "./html.mjs";
import { mailTo } from "./mails.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
const ROWS = "number,case,date,title,article_type,quantity,unit,unit_price,status\n";
const NUMBERS = ["F-1", "F-2", "F-3", "F-4", "F-5"];
const rowsOf = (i) => [1, 2].map((n) => `R${i}${n},C1,2026-03-0${n},Arbete ${n},other,2,tim,100,attested\n`).join("")
  + `R${i}3,C2,2026-03-03,Resa,other,1,mil,50,attested\n`;
const files = {
  "customers.csv": "number,name\nA,Brf Aspen\nB,Brf Björken\n",
  "contacts.csv": "number,first_name,last_name,email,customers\nK1,Bo,Ek,bo@x.se,A\nK2,Eva,Ask,eva@x.se,A\n",
  "accounts.csv": `email,password,verified\nbo@x.se,${PASSWORD},yes\neva@x.se,${PASSWORD},yes\n`,
  "cases.csv": "number,title,customer,created\nC1,Läckande kran,A,2026-03-01T08:00:00\n"
    + "C2,Trasig hiss,A,2026-03-01T08:00:00\nC3,Annans,B,2026-03-01T08:00:00\n",
  "article_rows.csv": ROWS + NUMBERS.map((_, i) => rowsOf(i + 1)).join("")
    + "X1,C3,2026-03-03,Annans rad,other,1,,5,attested\n",
  "invoice_specifications.csv": "number,customer,title,status,rows\n"
    + NUMBERS.map((number, i) => `${number},A,Spec,awaiting_approval,R${i + 1}1|R${i + 1}2|R${i + 1}3\n`).join("")
    + "X-1,B,Annans,awaiting_approval,X1\n",
};

let portal, bo, eva, staff;
before(async () => {
  portal = await startPortal({ files, config: "[notifications]\nstaff_decision = chef@firma.se\n" });
  [bo, eva] = [portal.client(), portal.client()];
  assert.equal((await bo.login("bo@x.se", PASSWORD)).status, 303);
  assert.equal((await eva.login("eva@x.se", PASSWORD)).status, 303);
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
});
after(() => portal?.stop());

const form = (number) => ({ form: `/invoices/${number}/reject` });
const reject = (number, fields, client = bo) => client.submit(`/invoices/${number}/reject`, fields, form(number));
const kept = (number) => portal.sql("SELECT m.case_number, m.row_number, m.title, m.comment FROM decision_remark m"
  + ` JOIN specification_decision d ON d.seq = m.seq WHERE d.number = '${number}' ORDER BY m.seq, m.place`);
const statusOf = (number) => portal.sql(`SELECT status FROM invoice_specification WHERE number = '${number}'`)[0][0];
const sane = async () => {
  const check = await portal.run("check");
  assert.equal(check.code, 0, check.stdout + check.stderr);
};

test("cases and rows are named with a comment each, and the comments are part of the decision", async () => {
  const page = (await bo.get("/invoices/F-1/reject")).text;
  assert.match(textOf(page), /Ärende C1 Läckande kran 2 rader, 400,00 kr Hela ärendet Arbete 1 2026-03-01, 2 tim, 200/);
  assert.equal((await reject("F-1", { "case:C2": "Inte beställt", "row:R12": " <b>För dyrt</b> " })).status, 303);
  assert.deepEqual(kept("F-1"), [["C1", "R12", "Arbete 2", "<b>För dyrt</b>"], ["C2", "", "", "Inte beställt"]]);
  assert.equal(statusOf("F-1"), "rejected");
  await sane();
  const seen = textOf((await eva.get("/invoices/F-1")).text);
  assert.match(seen, /Ärende C1, Arbete 2 \(R12\): <b>För dyrt<\/b>\s*Ärende C2: Inte beställt/);
});

test("staff read them in the mail, on the specification, on its rows, and on the rows of the case", async () => {
  const mail = await mailTo(portal, "chef@firma.se");
  assert.match(mail.subject, /F-1/);
  assert.match(mail.body,
    /Kommentarer till ärenden och rader:\nC1, R12 Arbete 2: <b>För dyrt<\/b>\nC2: Inte beställt\n/);
  assert.match((await mailTo(portal, "bo@x.se")).body, /C1, R12 Arbete 2: <b>För dyrt<\/b>\nC2: Inte beställt/);
  const page = textOf((await staff.get("/staff/invoices/F-1")).text);
  assert.match(page, /Arbete 2 Kunden om raden: <b>För dyrt<\/b> .*Resa Kunden om ärendet: Inte beställt/);
  assert.doesNotMatch(page, /Arbete 1 Kunden/);
  assert.match(page, /Beslut.*Ärende C1, Arbete 2 \(R12\): <b>För dyrt<\/b>/);
  assert.match(textOf((await staff.get("/staff/cases/C1/work")).text), /Arbete 2 Kunden om raden: <b>För dyrt<\/b>/);
  assert.doesNotMatch(textOf((await staff.get("/staff/invoices/F-2")).text), /Kunden om/, "another specification");
  assert.match(textOf((await staff.get("/staff/cases/C2/work")).text),
    /Ny artikelrad Kunden om ärendet: Inte beställt/);
});

test("a row shows on which specification it stands, and the state of that", async () => {
  const { text } = await staff.get("/staff/cases/C1/work");
  assert.match(text, /href="\/staff\/invoices\/F-1"/);
  assert.match(textOf(text), /Attesterad F-1 Ej godkänd/);
  assert.match(textOf(text), /Attesterad F-2 Väntar på godkännande/);
});

// The rows of a form of a draft as [number, chosen].
const choices = (html) =>
  [...html.matchAll(/name="row" value="([^"]*)"( checked)?/g)].map((m) => [m[1], Boolean(m[2])]);

test("rejected rows are offered again unticked and marked, others stay on the draft", async () => {
  const asked = await staff.submit("/staff/invoices/F-1", {}, { form: "/staff/invoices/F-1/withdraw" });
  assert.equal((await staff.sure(asked)).status, 303);
  const page = await staff.get("/staff/invoices/F-1");
  assert.match(textOf(page.text), /2 rader som kunden avvisade ligger inte kvar på utkastet/);
  const edit = await staff.get("/staff/invoices/F-1/edit");
  assert.deepEqual(choices(edit.text), [["R11", true], ["R12", false], ["R13", false]]);
  assert.match(textOf(edit.text), /Arbete 2 Kunden om raden: <b>För dyrt<\/b>/);
  const fresh = await staff.get("/staff/invoices/new?customer=A&period_from=2026-03-01&period_to=2026-03-31");
  assert.deepEqual(choices(fresh.text), [["R12", false], ["R13", false]]);
  await sane();
});

test("what was put back on the draft stays chosen, and the mark goes with the next decision", async () => {
  const edit = { form: "/staff/invoices/F-1/edit" };
  assert.equal((await staff.submit("/staff/invoices/F-1/edit", { row: ["R11", "R12"] }, edit)).status, 303);
  assert.deepEqual(choices((await staff.get("/staff/invoices/F-1/edit")).text),
    [["R11", true], ["R12", true], ["R13", false]]);
  assert.equal((await staff.submit("/staff/invoices/F-1", {}, { form: "/staff/invoices/F-1/publish" })).status, 303);
  assert.match(textOf((await staff.get("/staff/invoices/F-1")).text), /Arbete 2 Kunden om raden/);
  assert.equal((await bo.submit("/invoices/F-1/approve")).status, 303);
  const page = textOf((await staff.get("/staff/invoices/F-1")).text);
  assert.doesNotMatch(page, /Kunden om raden/);
  assert.match(page, /Arbete 2 \(R12\): <b>För dyrt<\/b>/, "the record of decisions still has it");
});

test("a comment on a row is enough, and the form asks for one of both", async () => {
  assert.equal((await reject("F-2", { "row:R21": "  " })).status, 400);
  assert.equal((await reject("F-2", { "row:R21": "Fel" })).status, 303);
  assert.deepEqual(kept("F-2"), [["C1", "R21", "Arbete 1", "Fel"]]);
});

test("a refused form keeps every comment, and says which one is too long", async () => {
  const long = "x".repeat(501);
  const refused = await reject("F-3", { comment: "Allmänt", "row:R31": long, "case:C2": "Hissen" });
  assert.equal(refused.status, 400);
  assert.match(textOf(refused.text), /högst 500 tecken/);
  assert.equal(valueOf(refused.text, "row:R31"), long);
  assert.equal(valueOf(refused.text, "case:C2"), "Hissen");
  const id = /id="(remark-\d+)" name="row:R31"/.exec(refused.text)[1];
  assert.match(errorOf(refused.text, id), /högst 500 tecken/);
  assert.equal(refused.text.match(/<details class="spec-group" open/g).length, 2);
  assert.equal(statusOf("F-3"), "awaiting_approval");
});

test("after rows changed meanwhile nothing is decided, and what was typed stands there again", async () => {
  const shown = await bo.get("/invoices/F-3/reject");
  await portal.importFiles({ "article_rows.csv": `${ROWS}R31,C1,2026-03-01,Arbete 1,other,2,tim,120,attested\n`
    + "R32,C1,2026-03-02,Arbete 2,other,2,tim,100,cancelled\n" });
  const typed = { comment: "Allmänt", "row:R31": "Fel pris", "row:R32": "Aldrig gjort", "case:C2": "Hissen" };
  const answer = await bo.submit(shown, typed, form("F-3"));
  assert.equal(answer.status, 409);
  assert.match(textOf(answer.text), /Raderna ändrades.*Det du skrev är sparat/);
  assert.equal(statusOf("F-3"), "awaiting_approval");
  const again = await bo.get("/invoices/F-3/reject");
  assert.equal(valueOf(again.text, "row:R31"), "Fel pris");
  assert.equal(valueOf(again.text, "case:C2"), "Hissen");
  assert.match(again.text, /<textarea[^>]*>\s*Allmänt\nR32: Aldrig gjort<\/textarea>/, "the row is not there any more");
  assert.equal((await bo.submit(again, {}, form("F-3"))).status, 303);
  assert.deepEqual(kept("F-3"), [["C1", "R31", "Arbete 1", "Fel pris"], ["C2", "", "", "Hissen"]]);
});

test("a refused form is still about the rows that were shown", async () => {
  const shown = await bo.get("/invoices/F-4/reject");
  await portal.importFiles({ "article_rows.csv": `${ROWS}R41,C1,2026-03-01,Arbete 1,other,2,tim,120,attested\n` });
  const refused = await bo.submit(shown, { comment: "" }, form("F-4"));
  assert.equal(refused.status, 400);
  assert.equal((await bo.submit(refused, { comment: "Fel" }, form("F-4"))).status, 409);
});

test("somebody who decides too late reads what they wrote", async () => {
  const shown = await eva.get("/invoices/F-5/reject");
  assert.equal((await bo.submit("/invoices/F-5/approve")).status, 303);
  const answer = await eva.submit(shown, { comment: "Nej <tack>", "row:R52": "Fel" }, form("F-5"));
  assert.equal(answer.status, 409);
  assert.match(textOf(answer.text), /redan beslutat .*Det här skrev du\s*Nej <tack> R52: Fel/);
});

test("nobody can name a row or a case that is not on the specification", async () => {
  const post = async (fields) => bo.post("/invoices/F-4/reject",
    { csrf_token: await bo.token("/account"), comment: "Fel", ...fields });
  for (const name of ["row:X1", "case:C3", "row:R11", "case:saknas", "row:"])
    assert.equal((await post({ [name]: "Fel" })).status, name === "row:" ? 303 : 409, name);
  assert.deepEqual(kept("F-4"), []);
});

test("comments are in the data about the person who wrote them", async () => {
  const admin = (await staffClient(portal, "chef@firma.se", "administrator")).client;
  const data = JSON.parse((await admin.get("/staff/contacts/K1/personal-data.json")).text);
  assert.deepEqual(data.remarks[0], { number: "F-1", case: "C1", row: "R12", title: "Arbete 2",
    comment: "<b>För dyrt</b>" });
});
