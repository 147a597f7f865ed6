// Following a case: who may, where it is found again, which mails it gives, and that it gives no right.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { textOf } from "./html.mjs";
import { mailTo } from "./mails.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
const clients = {};
let portal, staff;
before(async () => {
  portal = await startPortal({
    files: {
      "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\nK2,Brf Asken,\n`,
      "objects.csv": "number,name,customer\nO1,Storgatan 1,K1\n",
      "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\nP2,Eva,Ask,eva@x.se,K1\n"
        + "P3,Ola,Björk,ola@x.se,K2\n",
      "accounts.csv": `email,password,verified,language\nkim@x.se,${PASSWORD},yes,sv\neva@x.se,${PASSWORD},yes,sv\n`
        + `ola@x.se,${PASSWORD},yes,en\n`,
      "cases.csv": "number,title,customer,object,primary_contact,created,status\n"
        + ["Kran", "Hiss", "Port", "Lampa", "Lås"].map((title, i) =>
          `C${i + 1},${title},K1,O1,P2,2026-03-0${i + 1}T08:00:00,not_started`).join("\n") + "\n",
    },
  });
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
  for (const name of ["kim@x.se", "eva@x.se", "ola@x.se", "eken"]) {
    clients[name.split("@")[0]] = portal.client();
    assert.equal((await clients[name.split("@")[0]].login(name, PASSWORD)).status, 303, name);
  }
});
after(() => portal?.stop());

const told = new Set();
function news() {
  const rows = portal.sql("SELECT id || ' ' || created, recipient, subject FROM mail ORDER BY id")
    .filter(([key]) => !told.has(key));
  for (const [key] of rows) told.add(key);
  return rows.map((row) => row.slice(1));
}
const mailed = () => news().map(([to]) => to).sort();
const follow = (client, number, follows = "yes") =>
  client.submit(`/cases/${number}`, { follow: follows }, { form: `/cases/${number}/follow` });
const write = async (number, message = "Vi kommer i morgon") =>
  assert.equal((await staff.submit(`/staff/cases/${number}`, { message })).status, 303);
const rows = (html) => [...html.matchAll(/class="case-link" href="\/cases\/([^"]+)"/g)].map((m) => m[1]);
const followed = async (client) => rows((await client.get("/cases?status=followed")).text);

test("a case that is followed stands under Följer, in the file too, until it is no longer followed", async () => {
  const { kim, eva } = clients;
  const answer = await follow(kim, "C1");
  assert.equal(answer.status, 303, textOf(answer.text));
  assert.equal(answer.headers.get("location"), "/cases/C1");
  assert.match(textOf((await kim.get("/cases/C1")).text), /Du följer ärendet: du får mejlen om det.*Sluta följa/s);
  await follow(kim, "C3");
  assert.deepEqual(await followed(kim), ["C3", "C1"]);
  assert.deepEqual(rows((await kim.get("/cases?status=followed&q=kran")).text), ["C1"]);
  assert.match(textOf((await kim.get("/cases?status=followed&q=kran")).text), /1 ärende\b/);
  assert.match(textOf((await kim.get("/cases?status=followed")).text), /2 ärenden\b/);
  assert.match((await kim.get("/cases.csv?status=followed")).text, /\bC3\b[^]*\bC1\b/);
  assert.doesNotMatch((await kim.get("/cases.csv?status=followed")).text, /\bC2\b/);
  assert.deepEqual(await followed(eva), []);
  assert.equal((await follow(kim, "C3", "no")).status, 303);
  assert.match(textOf((await kim.get("/cases/C3")).text), /Du följer inte längre ärendet\..*Följ ärendet/s);
  assert.deepEqual(await followed(kim), ["C1"]);
});

test("following twice, or ending it twice, changes nothing", async () => {
  for (let i = 0; i < 2; i++) {
    const answer = await clients.kim.postForm("/cases/C2/follow", { follow: "yes" }, [], "/account");
    assert.equal(answer.status, 303);
  }
  assert.deepEqual(await followed(clients.kim), ["C2", "C1"]);
  for (let i = 0; i < 2; i++) await clients.kim.postForm("/cases/C2/follow", { follow: "no" }, [], "/account");
  assert.deepEqual(await followed(clients.kim), ["C1"]);
});

test("a case that one does not see cannot be followed, as if it did not exist", async () => {
  const hidden = await clients.ola.postForm("/cases/C1/follow", { follow: "yes" }, [], "/account");
  const missing = await clients.ola.postForm("/cases/finns-inte/follow", { follow: "yes" }, [], "/account");
  assert.deepEqual([hidden.status, missing.status], [404, 404]);
  assert.equal(portal.sql("SELECT COUNT(*) FROM case_follower f JOIN login l ON l.id = f.login_id"
    + " WHERE l.name = 'ola@x.se'")[0][0], "0");
});

test("a follower gets the mails of the case, which say why and where it ends", async () => {
  news();
  await write("C1");
  assert.deepEqual(mailed(), ["eva@x.se", "kim@x.se"]);
  const { subject, body } = await mailTo(portal, "kim@x.se");
  assert.equal(subject, "Nytt meddelande om ärende C1: Kran");
  assert.match(body, /^Vi har skrivit om ärende C1, som du följer\. Läs i portalen:/);
  assert.ok(body.includes(`Du får mejlet för att du följer ärendet. Här slutar du följa det: ${portal.url}/cases/C1`));
  const path = "/staff/cases/C1/work-orders/new";
  await staff.submit(path, { title: "Byt", booked_from: "2030-03-04 08:00", booked_to: "2030-03-04 10:00" },
    { form: path });
  assert.deepEqual(mailed(), ["eva@x.se", "kim@x.se"]);
});

test("who gets the mails anyway gets one, and a shared login none", async () => {
  await follow(clients.eva, "C4");
  await follow(clients.eken, "C4");
  assert.match(textOf((await clients.eken.get("/cases/C4")).text), /Du följer ärendet: du hittar det under/);
  assert.deepEqual(await followed(clients.eken), ["C4"]);
  news();
  await write("C4");
  assert.deepEqual(mailed(), ["eva@x.se"]);
});

test("the choice of mails counts for followed cases too", async () => {
  assert.match(textOf((await clients.kim.get("/account")).text), /som du anmäler, följer eller är primärkontakt för/);
  const choose = (wanted) => clients.kim.postForm("/account/notifications", wanted, [], "/account");
  await choose({ booking: "yes", finish: "yes", receipt: "yes" });
  news();
  await write("C1", "Ett till");
  assert.deepEqual(mailed(), ["eva@x.se"]);
  await choose({ booking: "yes", finish: "yes", receipt: "yes", message: "yes" });
});

test("following gives no right: it rests while the login does not see the case", async () => {
  const { kim } = clients;
  portal.sql("UPDATE contact_customer SET contact_id = (SELECT id FROM contact WHERE number = 'P3')"
    + " WHERE contact_id = (SELECT id FROM contact WHERE number = 'P1')");
  news();
  await write("C1", "Utan Kim");
  assert.deepEqual(mailed(), ["eva@x.se"]);
  assert.deepEqual(await followed(kim), []);
  assert.equal((await kim.get("/cases/C1")).status, 404);
  assert.doesNotMatch((await kim.get("/cases.csv?status=followed")).text, /C1/);
  portal.sql("INSERT INTO contact_customer (contact_id, customer_id) SELECT k.id, c.id FROM contact k, customer c"
    + " WHERE k.number = 'P1' AND c.number = 'K1'");
  await write("C1", "Med Kim");
  assert.deepEqual(mailed(), ["eva@x.se", "kim@x.se"]);
  assert.deepEqual(await followed(kim), ["C1"]);
});

test("a blocked account is mailed about nothing", async () => {
  portal.sql("UPDATE login SET blocked = 1 WHERE name = 'kim@x.se'");
  news();
  await write("C1", "Spärrad");
  assert.deepEqual(mailed(), ["eva@x.se"]);
  portal.sql("UPDATE login SET blocked = 0 WHERE name = 'kim@x.se'");
});

test("who reported a case is not offered to follow it, and staff do not search by it", async () => {
  const answer = await clients.eva.submit("/cases/new", { title: "Läcka", description: "x" }, { form: "/cases/new" });
  const number = /\d{6}-\d{4}/.exec((await clients.eva.get(answer.headers.get("location"))).text)[0];
  assert.doesNotMatch((await clients.eva.get(`/cases/${number}`)).text, /\/follow"/);
  assert.doesNotMatch((await staff.get("/staff/cases")).text, /followed/);
});
