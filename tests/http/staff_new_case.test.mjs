// Staff register a case for somebody who phones: links by number or name, what they fill in, the rules of domain 4,
// once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, textOf, valueOf } from "./html.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
let portal, staff, kim;
before(async () => {
  portal = await startPortal({
    config: "[case_form]\nfields = title, description, extra_floor\n[extra.floor]\nlabel_sv = Våning\nkind = number\n",
    files: {
      "picklists.csv": "list,key,label_sv,active\ncase_type,fel,Felanmälan,yes\ncase_type,gammal,Gammal,no\n"
        + "priority,hog,Hög,yes\n",
      "customers.csv": "number,name,status,city\nK1,Brf Eken,active,Göteborg\nK2,Brf Björken,active,Borås\n"
        + "K3,Gamla bolaget,inactive,\n",
      "objects.csv": "number,name,customer,street,postal_code,city,status\n"
        + "O1,Storgatan 1,K1,Storgatan 1,411 38,Göteborg,active\nO2,Källaren,K2,,,,active\n"
        + "O3,Rivet hus,K1,,,,inactive\nO4,Bolagets hus,K3,,,,active\n",
      "contacts.csv": "number,first_name,last_name,email,mobile,status\nP1,Kim,Ek,kim@x.se,070-1,active\n"
        + "P2,Eva,Ask,eva@x.se,,active\nP3,Åke,Öst,,,inactive\n",
      "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\n`,
    },
  });
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
  kim = portal.client();
  assert.equal((await kim.login("kim@x.se", PASSWORD)).status, 303);
});
after(() => portal?.stop());

const send = (fields) => staff.submit("/staff/cases/new", fields);
const made = (answer) =>
  decodeURIComponent(/^\/staff\/cases\/([^/?]+)/.exec(answer.headers.get("location"))?.[1] ?? "");
const stored = (number) =>
  portal.sql(`SELECT c.title, COALESCE(cu.number, ''), COALESCE(o.number, ''), COALESCE(k.number, ''), c.reporter,
    c.reporter_phone, c.site_street FROM cases c
  LEFT JOIN customer cu ON cu.id = c.customer_id LEFT JOIN object o ON o.id = c.object_id LEFT
  JOIN contact k ON k.id = c.primary_contact_id WHERE c.number = '${number}'`)[0];

test("a case has everything that was filled in, a number of the day, and counts in the portal at once", async () => {
  const answer = await send({ title: "Vatten i källaren", description: "Rad ett\r\nRad två", type: "fel",
    priority: "hog", customer: "K1", object: "O1", primary_contact: "P1", contacts: "P2",
    your_reference: "R9", reporter: "Kim", reporter_phone: "070", site_street: "Gatan 2", site_postal_code: "411",
      site_city: "Göteborg", extra_floor: "3" });
  assert.equal(answer.status, 303, textOf(answer.text));
  const number = made(answer);
  assert.match(number, /^\d{6}-\d{4}$/);
  assert.deepEqual(stored(number), ["Vatten i källaren", "K1", "O1", "P1", "Kim", "070", "Gatan 2"]);
  const page = textOf((await staff.get(`/staff/cases/${number}`)).text);
  assert.match(page,
    /Ärendet är registrerat\..*Rad ett Rad två.*Felanmälan.*Brf Eken \(K1\).*Kim Ek.*Eva Ask.*hand@firma\.se/s);
  assert.match(textOf((await kim.get(`/cases/${number}`)).text), /Vatten i källaren/);
  assert.match(textOf((await kim.get("/cases?q=vatten")).text), /1 ärende/);
  const audit = portal.sql(`SELECT who, detail FROM audit WHERE action = 'case_added' AND subject = 'case ${number}'`);
  assert.deepEqual(audit, [["hand@firma.se", "Vatten i källaren"]]);
  const own = await kim.postForm("/cases/new", { title: "Nästa" });
  assert.equal(own.status, 303);
  const [first, second] = portal.sql("SELECT number FROM cases ORDER BY id").slice(-2)
    .map(([one]) => Number(one.split("-")[1]));
  assert.equal(second, first + 1, "one counter for both");
});

test("a title is enough, and without links the inbox calls it out", async () => {
  const number = made(await send({ title: "Okänd ringer" }));
  assert.deepEqual(stored(number).slice(0, 4), ["Okänd ringer", "", "", ""]);
  assert.match(textOf((await staff.get("/staff")).text), new RegExp(`${number}.*utan kund`, "s"));
});

test("customer, object and contacts are found by name too, and a name that several have is refused", async () => {
  const number = made(await send({ title: "Med namn", customer: "eken", object: "storgatan", primary_contact: "kim ek",
    contacts: "eva@x.se" }));
  assert.deepEqual(stored(number).slice(1, 4), ["K1", "O1", "P1"]);
  assert.deepEqual(
    portal.sql(`SELECT k.number FROM case_contact x JOIN contact k ON k.id = x.contact_id JOIN cases c ON c.id = `
      + `x.case_id WHERE c.number = '${number}' ORDER BY 1`), [["P1"], ["P2"]]);
  const several = await send({ title: "Flera", customer: "brf" });
  assert.equal(several.status, 400);
  assert.equal(errorOf(several.text, "customer"),
    "Flera matchar: Brf Eken (K1), Brf Björken (K2). Skriv numret på en av dem.");
  assert.equal(valueOf(several.text, "customer"), "brf");
});

test("a fault is shown beside its field, and nothing is made", async () => {
  const before = portal.sql("SELECT COUNT(*) FROM cases")[0][0];
  const answer = await send({ title: " ", customer: "saknas", object: "saknas", primary_contact: "saknas",
    contacts: "P1\nsaknas", type: "gammal", extra_floor: "tre", description: "behåll" });
  assert.equal(answer.status, 400);
  for (const name of ["title", "customer", "object", "primary_contact", "contacts", "type", "extra_floor"]) assert.ok(
    errorOf(answer.text, name), name);
  assert.ok(answer.text.includes("behåll"));
  for (const fields of [{ customer: "K3" }, { object: "O3" }, { primary_contact: "P3" }, { contacts: "P3" }]) {
    const inactive = await send({ title: "Inaktiv", ...fields });
    assert.equal(inactive.status, 400);
    assert.match(errorOf(inactive.text, Object.keys(fields)[0]), /inaktiv/);
  }
  assert.equal(errorOf((await send({ title: "Fel kund", customer: "K2", object: "O1" })).text, "customer"),
    "Storgatan 1 hör till en annan kund. Välj den kunden eller ingen kund.");
  assert.equal(portal.sql("SELECT COUNT(*) FROM cases")[0][0], before);
});

test("an object fills in its customer and address, a contact who reports, and both may be cleared", async () => {
  const linked = (await staff.get("/staff/cases/new?object=O1&contact=P1")).text;
  const values = (html) => ["customer", "site_street", "site_postal_code", "site_city", "reporter",
    "reporter_phone"].map((name) => valueOf(html, name));
  assert.deepEqual(values(linked), ["K1", "Storgatan 1", "411 38", "Göteborg", "Kim Ek", "070-1"]);
  assert.match(linked, /id="customer-hint">Brf Eken</);
  const filled = await send({ act: "fill", title: "Kvar", object: "O1", primary_contact: "P1", reporter: "Granne" });
  assert.equal(filled.status, 200);
  assert.deepEqual(values(filled.text), ["K1", "Storgatan 1", "411 38", "Göteborg", "Granne", ""]);
  assert.equal(valueOf(filled.text, "title"), "Kvar");
  assert.equal(valueOf((await staff.get("/staff/cases/new?object=O4")).text, "customer"), "",
    "an inactive customer is never proposed");
  const cleared = await staff.submit("/staff/cases/new?object=O1", { title: "Utan kund", customer: "" });
  assert.deepEqual(stored(made(cleared)).slice(1, 3), ["", "O1"]);
});

test("a case whose object is typed takes the customer of the object, also after the form was refused", async () => {
  assert.deepEqual(stored(made(await send({ title: "Skrivet", object: "O1" }))).slice(1, 3), ["K1", "O1"]);
  assert.deepEqual(stored(made(await send({ title: "Med ord", object: "källaren" }))).slice(1, 3), ["K2", "O2"]);
  assert.deepEqual(stored(made(await send({ title: "Ingen aktiv", object: "O4" }))).slice(1, 3), ["", "O4"],
    "an inactive customer is never proposed");
  const refused = await send({ title: "", object: "O1" });
  assert.equal(valueOf(refused.text, "customer"), "K1", "the refused form shows it");
  const form = { form: "/staff/cases/new" };
  assert.deepEqual(stored(made(await staff.submit(refused, { title: "Utan", customer: "" }, form))).slice(1, 3),
    ["", "O1"], "who saw it and emptied the field means no customer");
  const again = await send({ title: "", object: "O1" });
  assert.deepEqual(stored(made(await staff.submit(again, { title: "Annat", customer: "", object: "O2" }, form)))
    .slice(1, 3), ["K2", "O2"], "the customer of another object was not seen");
  const program = { title: "Program", object: "O1" };
  const bare = await staff.postForm("/staff/cases/new", program, [], "/staff/cases/new");
  assert.deepEqual(stored(made(bare)).slice(1, 3), ["K1", "O1"], "a program that sends no customer");
});

test("a changed case takes the customer of an object that it gets; one that was taken away stays away", async () => {
  const number = made(await send({ title: "Ändras" }));
  const edit = `/staff/cases/${number}/edit`;
  const changed = async (fields, customer, what) => {
    assert.equal((await staff.submit(edit, fields)).status, 303, what);
    assert.deepEqual(stored(number)[1], customer, what);
  };
  await changed({ object: "O1" }, "K1", "an object is typed");
  await changed({ customer: "" }, "", "the customer is taken away");
  await changed({ title: "Ändras igen" }, "", "it stays away");
  await changed({ object: "O2" }, "K2", "another object is typed");
  await changed({ object: "O1", customer: "" }, "K1", "another object, and the field of the old customer emptied");
  assert.match(textOf((await staff.get(`/staff/cases/${number}`)).text), /Kund.*Brf Eken/s);
});

test("a contact proposes its customer when it has exactly one, and the object goes before", async () => {
  await portal.importFiles({ "contacts.csv": "number,customers\nP1,K2\nP2,K1|K2\n" });
  const customer = async (query) => valueOf((await staff.get(`/staff/cases/new?${query}`)).text, "customer");
  assert.equal(await customer("contact=P1"), "K2");
  assert.equal(await customer("contact=P2"), "", "two customers: the person has to say which");
  assert.equal(await customer("contact=P1&object=O1"), "K1");
  assert.equal(await customer("contact=P1&object=O4"), "", "the object belongs to an inactive customer");
  const hits = JSON.parse((await staff.get("/staff/lookup/contacts?q=kim")).text);
  assert.deepEqual(hits[0].proposes.only_customer, { value: "K2", label: "Brf Björken" });
});

test("sending twice makes one case, and booking leads to its work order", async () => {
  const page = await staff.get("/staff/cases/new");
  const both = await Promise.all([1, 2].map(() => staff.submit(page, { title: "Dubbelt", act: "book" })));
  assert.deepEqual(both.map((one) => one.status), [303, 303]);
  assert.equal(made(both[0]), made(both[1]));
  assert.match(both[0].headers.get("location"), /\/work-orders\/new$/);
  assert.equal((await staff.get(both[0].headers.get("location"))).status, 200);
  assert.equal(portal.sql("SELECT COUNT(*) FROM cases WHERE title = 'Dubbelt'")[0][0], "1");
});

test("scripts find numbers by words, and what belongs to them", async () => {
  const ask = async (what, q) => JSON.parse((await staff.get(`/staff/lookup/${what}?q=${encodeURIComponent(q)}`)).text);
  assert.deepEqual(await ask("customers", "björk"), [{ value: "K2", label: "Brf Björken", detail: "K2 · Borås" }]);
  assert.deepEqual((await ask("objects", "eken stor")).map((hit) => [hit.value, hit.proposes.customer,
    hit.proposes.site_city.value]), [["O1", { value: "K1", label: "Brf Eken" }, "Göteborg"]]);
  assert.deepEqual((await ask("contacts", "")).map((hit) => hit.value), ["P1", "P2"], "active ones only");
  assert.deepEqual(await ask("customers", "100%"), []);
  const check = await portal.run("check");
  assert.equal(check.code, 0, check.stdout + check.stderr);
});
