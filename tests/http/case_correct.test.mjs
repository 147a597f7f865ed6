// The reporter corrects a case until work starts: who may, what, with which objects, two people at once, and what staff
// see of it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, historyOf, linkOf, selectOf, textOf, valueOf, withoutToken } from "./html.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
const files = {
  "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\nK2,Brf Aspen,\n`,
  "objects.csv": "number,name,customer,status\nO1,Storgatan 1,K1,\nO2,Storgatan 2,K1,\nO3,Aspgatan 3,K2,\n"
    + "X1,Annans,,\nO4,Riven,K1,inactive\n",
  "contacts.csv": "number,first_name,last_name,email,customers\nP1,Bo,Ek,bo@x.se,K1|K2\nP2,Kim,Öst,kim@x.se,K1\n",
  "accounts.csv": `email,password,verified\nbo@x.se,${PASSWORD},yes\nkim@x.se,${PASSWORD},yes\n`,
};

let portal, bo, kim, eken, staff;
before(async () => {
  portal = await startPortal({ cheapPasswords: true, files });
  [bo, kim, eken] = await Promise.all(["bo@x.se", "kim@x.se", "eken"].map(async (name) => {
    const client = portal.client();
    assert.equal((await client.login(name, PASSWORD)).status, 303, name);
    return client;
  }));
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
});
after(() => portal?.stop());

// A case that this client reports, each with a text of its own; returns its number.
let reported = 0;
async function report(client) {
  const form = { title: "Kall panna", description: `Den är kall ${reported++}`, object: "O1", reporter: "Bo Ek" };
  const answer = await client.postForm("/cases/new", form);
  assert.equal(answer.status, 303);
  return /\d{6}-\d{4,}/.exec((await client.get(answer.headers.get("location"))).text)[0];
}
const editOf = (number) => `/cases/${number}/edit`;
const stored = (number, column) => portal.sql(`SELECT ${column} FROM cases WHERE number = '${number}'`)[0][0];

test("the reporter changes title, description, object and phone, and staff see what changed", async () => {
  const number = await report(bo);
  const page = await bo.get(`/cases/${number}`);
  const form = await bo.get(linkOf(page.text, "Ändra anmälan"));
  assert.equal(valueOf(form.text, "title"), "Kall panna");
  assert.equal(selectOf(form.text, "object").chosen, "O1");
  const answer = await bo.submit(form, { title: "Iskall panna", object: "O2", reporter_phone: "070-1" });
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.get("location"), `/cases/${number}`);
  assert.match((await bo.get(`/cases/${number}`)).text, /<h1>Iskall panna<\/h1>/);
  const [save] = historyOf((await staff.get(`/staff/cases/${number}`)).text);
  assert.equal(save.who, "Bo Ek");
  assert.deepEqual(save.lines, [["Titel", "Kall panna", "Iskall panna"],
    ["Objekt", "Storgatan 1 (O1)", "Storgatan 2 (O2)"], ["Tel anmälare", "", "070-1"]]);
  assert.equal((await bo.get("/cases?q=iskall")).text.includes(number), true, "its words are found");
});

test("the customer follows the object, and is noted", async () => {
  const number = await report(bo);
  assert.equal((await bo.submit(editOf(number), { object: "O3" })).status, 303);
  assert.equal(stored(number, "(SELECT number FROM customer WHERE id = customer_id)"), "K2");
  const [{ lines }] = historyOf((await staff.get(`/staff/cases/${number}`)).text);
  const [, before, after] = lines.find(([field]) => field === "Kund") ?? [];
  assert.match(`${before} ${after}`, /\(K1\) .*\(K2\)$/);
  assert.equal((await kim.get(`/cases/${number}`)).status, 404, "who only saw the first customer");
});

test("an object outside the allowed ones is refused, and what was typed stays", async () => {
  const number = await report(bo);
  const form = await bo.get(editOf(number));
  assert.deepEqual(selectOf(form.text, "object").options.map(([value]) => value).sort(), ["O1", "O2", "O3"]);
  for (const object of ["X1", "O4", "finns inte"]) {
    const token = await bo.token(editOf(number));
    const answer = await bo.post(editOf(number), { csrf_token: token, title: "Ny rubrik", object });
    assert.equal(answer.status, 400, object);
    assert.notEqual(errorOf(answer.text, "object"), "", object);
    assert.equal(valueOf(answer.text, "title"), "Ny rubrik");
  }
  assert.equal(stored(number, "title"), "Kall panna");
});

test("an empty title is refused beside its field", async () => {
  const number = await report(bo);
  const answer = await bo.submit(editOf(number), { title: "" });
  assert.equal(answer.status, 400);
  assert.notEqual(errorOf(answer.text, "title"), "");
});

test("others who see the case may not correct it: the address answers as if it were not there", async () => {
  const number = await report(bo);
  const none = await kim.get("/cases/finns-inte/edit");
  for (const client of [kim, eken]) {
    assert.equal((await client.get(`/cases/${number}`)).status, 200);
    assert.doesNotMatch((await client.get(`/cases/${number}`)).text, /\/edit"/);
    const answer = await client.get(editOf(number));
    assert.equal(answer.status, 404);
    assert.equal((await client.postForm(editOf(number), { title: "Kapat" }, [], "/account")).status, 404);
  }
  const strip = (answer) => withoutToken(answer.text).replaceAll(/\/cases[^"]*/g, "");
  assert.equal(strip(await kim.get(editOf(number))), strip(none));
  assert.equal(stored(number, "title"), "Kall panna");
});

test("a shared login corrects what was reported with it, and keeps stating who reports", async () => {
  const number = await report(eken);
  assert.equal((await eken.submit(editOf(number), { reporter: "" })).status, 400);
  assert.equal((await eken.submit(editOf(number), { description: "Mycket kall" })).status, 303);
  assert.equal(stored(number, "description"), "Mycket kall");
});

test("when work has started nothing is changed, and what was typed can still be read", async () => {
  const number = await report(bo);
  const form = await bo.get(editOf(number));
  assert.equal((await staff.submit(`/staff/cases/${number}`, { state: "started" })).status, 303);
  const answer = await bo.submit(form, { title: "För sent" });
  assert.equal(answer.status, 409);
  assert.equal(valueOf(answer.text, "title"), "För sent");
  assert.match(answer.text, /Arbetet har börjat/);
  assert.equal(stored(number, "title"), "Kall panna");
  assert.equal((await bo.get(editOf(number))).headers.get("location"), `/cases/${number}`);
  assert.doesNotMatch((await bo.get(`/cases/${number}`)).text, /\/edit"/);
});

test("when staff change the case meanwhile, the reporter sees it and keeps what they typed", async () => {
  const number = await report(bo);
  const form = await bo.get(editOf(number));
  const changed = await staff.submit(`/staff/cases/${number}/edit`, { title: "Av personal", description: "Rättat" });
  assert.equal(changed.status, 303);
  const answer = await bo.submit(form, { title: "Av mig" });
  assert.equal(answer.status, 409);
  assert.equal(valueOf(answer.text, "title"), "Av mig");
  assert.match(answer.text, /<textarea[^>]*name="description"[^>]*>\nRättat<\/textarea>/, "what I did not touch");
  assert.equal(stored(number, "title"), "Av personal");
  assert.equal((await bo.submit(answer)).status, 303);
  assert.equal(stored(number, "title"), "Av mig");
  assert.equal(stored(number, "description"), "Rättat");
});

test("a correction sent after the session ran out stands there again after logging in", async () => {
  const client = portal.client();
  await client.login("bo@x.se", PASSWORD);
  const number = await report(client);
  const form = await client.get(editOf(number));
  portal.sql("UPDATE session SET last_seen = last_seen - 86400000000, created = created - 86400000000");
  const answer = await client.submit(form, { title: "Skrivet för sent" });
  assert.equal(answer.status, 303);
  assert.match(answer.headers.get("location"), /^\/login\?next=/);
  await client.login("bo@x.se", PASSWORD);
  assert.equal(valueOf((await client.get(editOf(number))).text, "title"), "Skrivet för sent");
  assert.equal((await client.submit(editOf(number))).status, 303);
  assert.equal(stored(number, "title"), "Skrivet för sent");
});
