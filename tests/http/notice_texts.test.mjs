// What mails say besides that something happened: the visit and its place in the calendar, what was done, the text of a
// message, a specification that waits; and what staff are told.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ENGINE, startPortal, waitFor } from "./harness.mjs";
import { textOf } from "./html.mjs";
import { mailTo } from "./mails.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
let portal, staff, kim, bo;
const enter = async (name) => {
  const client = portal.client();
  assert.equal((await client.login(name, PASSWORD)).status, 303, name);
  return client;
};
before(async () => {
  portal = await startPortal({
    config: "[portal]\nname = Firman\nphone = 0200-1\n[notifications]\nbooking_wait_seconds = 3600\n"
      + "message_text = yes\nstaff_names = yes\nstaff_decision = ekonomi@firma.se\n",
    files: {
      "customers.csv": "number,name\nK1,Brf Eken\nK2,Brf Asken\n",
      "objects.csv": "number,name,customer,street,city\nO1,Hus 1,K1,Storgatan 1,Åmål\n",
      "contacts.csv": "number,first_name,last_name,email,customers,objects\nP1,Kim,Ek,kim@x.se,K1,\n"
        + "P2,Bo,Ask,bo@x.se,K1,\nP3,Annan,Kund,annan@x.se,K2,\nP4,Ser,Objekt,objekt@x.se,,O1\n",
      "accounts.csv": `email,password,verified,language\nkim@x.se,${PASSWORD},yes,sv\nbo@x.se,${PASSWORD},yes,en\n`
        + `annan@x.se,${PASSWORD},yes,sv\nobjekt@x.se,${PASSWORD},yes,sv\n`,
      "cases.csv": "number,title,customer,object,primary_contact,created\n"
        + [1, 2, 3, 4].map((n) => `C${n},Kran ${n},K1,O1,P1,2026-03-01T08:00:00\n`).join(""),
      "article_rows.csv": "number,case,date,title,description,article_type,quantity,unit_price,status\n"
        + "R1,C2,2026-03-05,Styrkort,Bytte styrkort i hissen,other,1,4711,attested\n"
        + "R2,C2,2026-03-05,Fel rad,,other,1,1,cancelled\nR3,C3,2026-03-05,Tid,,time,1,100,attested\n",
      "invoice_specifications.csv": "number,customer,title,status,rows\nF1,K1,Mars,draft,R1\nF2,K1,April,draft,R3\n",
    },
  });
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
  kim = await enter("kim@x.se");
  bo = await enter("bo@x.se");
});
after(() => portal?.stop());

async function book(number, fields, order = "new") {
  const path = `/staff/cases/${number}/work-orders/${order}`;
  const answer = await staff.submit(path, { title: "Byt packning", ...fields }, { form: path });
  assert.equal(answer.status, 303, textOf(answer.text));
}
const CHR = ENGINE === "postgres" ? "chr" : "char";
const flat = (column) => `replace(replace(${column}, ${CHR}(13), ''), ${CHR}(10), '¶')`;
// The lines of mails that wait, as [subject, body, calendar].
const waiting = (to) =>
  portal.sql(`SELECT subject, ${flat("body")}, ${flat("calendar")} FROM mail WHERE state = 'queued'
    AND recipient = '${to}' ORDER BY id`)
    .map((row) => row.map((text) => text.replaceAll("¶", "\n").replaceAll("\u00a0", " ")));
const lineOf = (calendar, name) => new RegExp(`^${name}:(.*)$`, "m").exec(calendar.replaceAll("\n ", ""))?.[1];
const told = (to) => portal.sql(`SELECT subject FROM mail WHERE recipient = '${to}' ORDER BY id`).map(([one]) => one);

test("a mail about a booking says day, hours, title, technician and place, and has it for the calendar", async () => {
  await book("C1", { booked_from: "2027-03-03T09:00", booked_to: "2027-03-03T11:00", resource: "Tommy Lind" });
  const [[, body, calendar]] = waiting("kim@x.se");
  assert.match(body, /^ {2}ons 3 mars 2027 09–11 · Byt packning · Tommy Lind$/m);
  assert.match(body, /^Plats: Hus 1, Storgatan 1, Åmål$/m);
  assert.match(body, /^Ring oss: 0200-1$/m);
  assert.equal(lineOf(calendar, "METHOD"), "REQUEST");
  assert.equal(lineOf(calendar, "DTSTART"), "20270303T080000Z");
  assert.equal(lineOf(calendar, "DTEND"), "20270303T100000Z");
  assert.equal(lineOf(calendar, "LOCATION"), "Hus 1\\, Storgatan 1\\, Åmål");
});

test("a moved booking keeps its UID, and a removed one is cancelled under it", async () => {
  const [[, , first]] = waiting("kim@x.se");
  await book("C1", { booked_from: "2027-03-04T09:00", booked_to: "2027-03-04T11:00" }, "C1-1");
  const [[, , moved]] = waiting("kim@x.se");
  assert.equal(lineOf(moved, "UID"), lineOf(first, "UID"));
  assert.equal(lineOf(moved, "DTSTART"), "20270304T080000Z");
  assert.ok(Number(lineOf(moved, "SEQUENCE")) >= Number(lineOf(first, "SEQUENCE")));
  await book("C1", { booked_from: "", booked_to: "" }, "C1-1");
  const [[, , removed]] = waiting("kim@x.se");
  assert.equal(lineOf(removed, "METHOD"), "CANCEL");
  assert.equal(lineOf(removed, "UID"), lineOf(first, "UID"));
  await book("C1", { title: "Annan", booked_from: "2027-03-05T09:00" });
  const both = waiting("kim@x.se")[0][2].split("END:VCALENDAR").filter((one) => one.trim());
  assert.deepEqual(both.map((one) => lineOf(one, "METHOD")), ["REQUEST", "CANCEL"]);
});

test("the mail that is sent has each booking as an attachment", async () => {
  portal.sql("UPDATE mail SET next_attempt = 1 WHERE recipient = 'kim@x.se' AND state = 'queued'");
  const mail = await mailTo(portal, "kim@x.se", 1);
  assert.match(mail.head, /^Content-Type: multipart\/mixed/im);
  assert.match(mail.body, /Content-Type: text\/calendar; charset=utf-8; method=REQUEST/i);
  assert.match(mail.body, /Content-Type: text\/calendar; charset=utf-8; method=CANCEL/i);
  assert.match(mail.body, /filename="?booking-1\.ics/);
});

test("the mail about a finished case says what was done, without prices and cancelled rows", async () => {
  assert.equal((await staff.submit("/staff/cases/C2", { state: "finished" }, { form: "/staff/cases/C2/state" }))
    .status, 303);
  const mail = await waitFor("the mail", async () => {
    for (let n = 1; n < 9; n++) {
      const one = await mailTo(portal, "kim@x.se", n);
      if (one.subject.includes("C2")) return one;
    }
  });
  assert.match(mail.body, /^Det här gjordes:\n {2}- Styrkort: Bytte styrkort i hissen\n\n/m);
  assert.doesNotMatch(mail.body, /4711|Fel rad/);
});

test("where the settings allow it, the mail has the text of the message, and customers see who wrote", async () => {
  await staff.submit("/staff/account", { full_name: "Maja Frid" }, { form: "/staff/account/notifications" });
  assert.equal((await staff.submit("/staff/cases/C3", { message: "Vi kommer\nBcc: x" })).status, 303);
  assert.match(textOf((await kim.get("/cases/C3")).text), /Maja Frid, Firman/);
  assert.equal(portal.sql("SELECT COUNT(*) FROM mail WHERE subject LIKE '%C3%'")[0][0], "1");
});

test("a customer says that the time does not suit: staff see it in the thread, the inbox and the mail", async () => {
  await staff.submit("/staff/account", { messages: "yes" }, { form: "/staff/account/notifications" });
  await book("C4", { booked_from: "2027-03-03T09:00", booked_to: "2027-03-03T11:00" });
  const page = (await kim.get("/cases/C4")).text;
  assert.ok(page.includes('href="/cases/C4?time=no#case-messages"'), "the link");
  const asked = await kim.get("/cases/C4?time=no");
  assert.match(asked.text, /name="asks_time" value="yes"\s+checked/);
  assert.match(textOf(asked.text), /Den bokade tiden \(ons 3 mars 2027 09–11\) passar mig inte/);
  assert.equal((await kim.submit(asked, { message: "" }, { form: "/cases/C4/messages" })).status, 303);
  assert.match(textOf((await staff.get("/staff/cases/C4")).text), /Tiden passar inte/);
  assert.match(textOf((await staff.get("/staff")).text), /Tiden passar inte/);
  assert.ok(told("hand@firma.se").includes("Tiden för ärende C4 passar inte kunden: Kran 4"));
});

async function publish(number) {
  const path = `/staff/invoices/${number}/publish`;
  assert.equal((await staff.submit(`/staff/invoices/${number}`, {}, { form: path })).status, 303);
}
test("a published specification is mailed to those who may approve it, in their language", async () => {
  await publish("F1");
  assert.ok(told("kim@x.se").includes("Fakturaspecifikation F1 väntar på ditt godkännande"));
  assert.ok(told("bo@x.se").includes("Invoice specification F1 waits for your approval"));
  assert.deepEqual([told("annan@x.se"), told("objekt@x.se")], [[], []]);
});

test("a decision is mailed to staff who want it and to the addresses of the setting", async () => {
  await staff.submit("/staff/account", { decisions: "yes" }, { form: "/staff/account/notifications" });
  const answer = await kim.submit("/invoices/F1/approve", { your_reference: "PO 7" });
  assert.equal(answer.status, 303, textOf(answer.text));
  for (const to of ["hand@firma.se", "ekonomi@firma.se"])
    assert.ok(told(to).includes("Fakturaspecifikation F1 är godkänd"), to);
});

test("who does not want mails about specifications gets none", async () => {
  await bo.submit("/account", { specification: [] }, { form: "/account/notifications" });
  const before = told("bo@x.se").length;
  await publish("F2");
  assert.equal(told("bo@x.se").length, before);
});
