// Accounts of contacts as staff see them: states, why they are linked or not, invitations, blocking.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, linkOf, tableOf, textOf, valueOf } from "./html.mjs";
import { mailTo } from "./mails.mjs";
import { readCsv } from "./sheets.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
let portal, staff;
before(async () => {
  portal = await startPortal({ files: {
    "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\n`,
    "contacts.csv": "number,first_name,last_name,email,email_2,email_3,status\nP1,Kim,Ek,annan@x.se,Kim@X.se,,active\n"
      + "P2,Eva,Ask,delad@x.se,,,active\nP3,Per,Al,,,delad@x.se,active\nP4,Vilande,Person,vila@x.se,,,inactive\n"
      + "P5,Ny,Bjuden,ny@x.se,,,active\n",
    "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\ndelad@x.se,${PASSWORD},yes\n`
      + `vila@x.se,${PASSWORD},yes\nobekr@x.se,${PASSWORD},no\n`,
  } });
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
});
after(() => portal?.stop());

const idOf = (email) => portal.sql(`SELECT id FROM account WHERE email = '${email}'`)[0][0];
const page = async (email) => (await staff.get(`/staff/accounts/${idOf(email)}`)).text;
const press = (email, what) => staff.postForm(`/staff/accounts/${idOf(email)}/${what}`, {}, [], "/staff/accounts");
const listed = async (query) => Object.fromEntries((tableOf((await staff.get(`/staff/accounts?${query}`)).text)?.rows
  ?? []).map((row) => [row[0], row.slice(1, 3)]));

test("each account shows its state, and its contact or why it has no contact", async () => {
  assert.deepEqual(await listed(""),
    { "kim@x.se": ["Aktiv", "Kim Ek"], "delad@x.se": ["Aktiv", "Flera kontakter har adressen: inte kopplat"],
    "vila@x.se": ["Aktiv", "Ingen aktiv kontakt har adressen"],
      "obekr@x.se": ["Adressen inte bekräftad", "Ingen aktiv kontakt har adressen"] });
  assert.match(textOf(await page("kim@x.se")), /Kim Ek \(P1\) Andra e-postadress/);
  assert.match(textOf(await page("delad@x.se")), /Eva Ask \(P2\) E-postadress.*Per Al \(P3\) Tredje e-postadress/);
  assert.match(textOf(await page("vila@x.se")), /Vilande Person \(P4\) E-postadress, inaktiv/);
  assert.match(textOf(await page("obekr@x.se")), /Ingen kontakt har den\. Registrera kontakten/);
  assert.equal((await staff.get("/staff/accounts/999")).status, 404);
});

test("the list is searched, filtered and taken away", async () => {
  assert.deepEqual(Object.keys(await listed("q=KIM")), ["kim@x.se"]);
  assert.deepEqual(Object.keys(await listed("q=%25")), []);
  assert.deepEqual(Object.keys(await listed("state=unverified")), ["obekr@x.se"]);
  assert.deepEqual(Object.keys(await listed("state=unlinked")).sort(), ["delad@x.se", "obekr@x.se", "vila@x.se"]);
  const csv = readCsv((await staff.get("/staff/accounts.csv?q=kim")).text);
  assert.deepEqual(csv[1].slice(0, 4), ["kim@x.se", "active", "yes", "Kim Ek"]);
});

test("an invited person gets a link, chooses a password and is linked", async () => {
  const answer = await staff.postForm("/staff/accounts", { email: " Ny@X.se " });
  assert.equal(answer.status, 303, textOf(answer.text));
  assert.deepEqual((await listed("state=invited"))["Ny@X.se"], ["Inbjuden", "Kopplas när adressen är bekräftad"]);
  const mail = await mailTo(portal, "Ny@X.se");
  const client = portal.client();
  const form = await client.get(mail.path);
  const chosen = await client.postForm("/password/reset",
    { token: valueOf(form.text, "token"), password: "Ekollon-2027" }, [], mail.path);
  assert.equal(chosen.status, 303, textOf(chosen.text));
  assert.deepEqual((await listed("q=ny@"))["Ny@X.se"], ["Aktiv", "Ny Bjuden"]);
  assert.equal((await press("Ny@X.se", "invite")).status, 303);
  await mailTo(portal, "Ny@X.se", 2);
});

test("an account without contact is mended: by registering one, or by giving one the address", async () => {
  const html = await page("obekr@x.se");
  const form = (await staff.get(linkOf(html, "Registrera kontakten"))).text;
  assert.equal(valueOf(form, "email"), "obekr@x.se");
  assert.equal(valueOf(form, "number"), "P6", "the number after the last one");
  const give = (contact) =>
    staff.postForm(`/staff/accounts/${idOf("obekr@x.se")}/contact`, { contact }, [], "/staff/accounts");
  for (const [contact, why] of [["", /Fyll i/], ["saknas", /ingen kontakt/], ["P4", /inaktiv/]]) {
    const refused = await give(contact);
    assert.equal(refused.status, 400, contact);
    assert.match(errorOf(refused.text, "contact"), why);
    assert.equal(valueOf(refused.text, "contact"), contact);
  }
  assert.equal((await give("kim ek")).status, 303);
  assert.deepEqual((await listed("q=obekr"))["obekr@x.se"][1], "Kopplas när adressen är bekräftad");
  assert.deepEqual(portal.sql("SELECT email, email_2, email_3 FROM contact WHERE number = 'P1'"),
    [["annan@x.se", "Kim@X.se", "obekr@x.se"]]);
  const full = await staff.postForm(`/staff/accounts/${idOf("vila@x.se")}/contact`, { contact: "P1" }, [],
    "/staff/accounts");
  assert.match(errorOf(full.text, "contact"), /redan tre adresser/);
});

test("of several contacts with the address, taking it from all but one links the account", async () => {
  const take = (contact) =>
    staff.postForm(`/staff/accounts/${idOf("delad@x.se")}/contact/remove`, { contact, sure: "yes" }, [],
      "/staff/accounts");
  assert.match(textOf(await page("delad@x.se")), /Bara en aktiv kontakt.*Ta bort adressen/s);
  assert.equal((await take("saknas")).status, 400);
  assert.equal((await take("P3")).status, 303);
  assert.deepEqual((await listed("q=delad"))["delad@x.se"], ["Aktiv", "Eva Ask"]);
  assert.deepEqual(
    portal.sql("SELECT who, detail FROM audit WHERE action = 'register_row_changed' AND subject = 'contacts P3'"),
      [["hand@firma.se", "email_3"]]);
});

test("bad and taken addresses are refused, and what was typed stays", async () => {
  for (const [email, status] of [["ingen adress", 400], ["", 400], ["KIM@x.se", 409],
    [`${"a".repeat(250)}@x.se`, 400]]) {
    const answer = await staff.postForm("/staff/accounts", { email });
    assert.equal(answer.status, status, email);
    assert.ok(errorOf(answer.text, "email"));
    assert.equal(valueOf(answer.text, "email"), email);
  }
});

test("a blocked account is logged out everywhere and cannot come back until it is let in again", async () => {
  const kim = portal.client();
  assert.equal((await kim.login("kim@x.se", PASSWORD)).status, 303);
  assert.equal((await kim.get("/account")).status, 200);
  assert.equal((await portal.client().postForm("/password/forgot", { email: "kim@x.se" })).status, 200);
  const { path } = await mailTo(portal, "kim@x.se");
  assert.equal((await press("kim@x.se", "block")).status, 303);
  assert.equal((await portal.client().get(path)).status, 404, "the link of before");
  assert.match(textOf(await page("kim@x.se")), /Spärrad/);
  assert.equal((await kim.get("/account")).status, 303);
  assert.equal((await portal.client().login("kim@x.se", PASSWORD)).status, 401);
  const look = await staff.postForm("/staff/view-as", { login: "kim@x.se", reason: "x" });
  assert.equal(look.status, 400);
  assert.equal((await press("kim@x.se", "unblock")).status, 303);
  assert.equal((await portal.client().login("kim@x.se", PASSWORD)).status, 303);
  assert.deepEqual(portal.sql("SELECT action FROM audit WHERE action LIKE 'account_%' ORDER BY id").flat(),
    ["account_invited", "account_invited_again", "account_blocked", "account_unblocked"]);
});
