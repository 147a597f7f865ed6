// Customers, objects and contacts kept by staff, and the logins of customers and objects.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, tableOf, textOf, valueOf } from "./html.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
let portal;
let staff;
before(async () => {
  portal = await startPortal({ files: {
    "picklists.csv": "list,key,label_sv\nobject_group,hiss,Hissar\n",
    "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\nK2,Brf Aspen,\n`,
    "objects.csv": "number,name,customer,parent\nO1,Området,K1,\nO2,Huset,K1,O1\nO3,Hissen,K1,O2\n",
    "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K2\n",
    "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\nny@x.se,${PASSWORD},yes\n`,
    "cases.csv": "number,title,customer,object,created\nA1,Kran,,O3,2026-03-01T08:00:00\n",
  } });
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
});
after(() => portal?.stop());

const enter = async (name, password = PASSWORD) => {
  const client = portal.client();
  assert.equal((await client.login(name, password)).status, 303, name);
  return client;
};
const rows = async (path) => tableOf((await staff.get(path)).text).rows;

test("a register as CSV calls its columns as the files of import do", async () => {
  const heads = {};
  for (const name of ["customers", "objects", "contacts", "articles"]) heads[name] = (
    await staff.get(`/staff/${name}.csv`)).text.split("\r\n")[0].split(",").at(-1);
  assert.deepEqual(heads, { customers: "status", objects: "status", contacts: "status", articles: "active" });
  assert.match((await staff.get("/staff/customers.csv?q=Aspen")).text, /\r\nK2,Brf Aspen,.*,active\r\n$/);
});

// The form of a row, or of a new one, with these changes.
const save = (path, fields) => staff.submit(path, fields, { form: path });

test("a customer is made, found, changed and made inactive", async () => {
  const made = await save("/staff/customers/new",
    { number: "K/9", name: "Äppelvikens <Brf>", city: "Örebro", active: "yes" });
  assert.equal(made.headers.get("location"), "/staff/customers/K~19");
  assert.deepEqual((await rows("/staff/customers?q=ÄPPEL+öre")).map((row) => row[0]), ["K/9"]);
  const page = await staff.get("/staff/customers/K~19");
  assert.equal(valueOf(page.text, "name"), "Äppelvikens <Brf>");
  const changed = await save("/staff/customers/K~19", { name: "Äppelviken", active: undefined });
  assert.equal(changed.status, 303);
  assert.deepEqual(await rows("/staff/customers?q=Äppel"), []);
  assert.equal((await rows("/staff/customers?q=Äppel&inactive=yes")).length, 1);
});

test("what is wrong stands beside its field, and what was typed stays", async () => {
  const answer = await save("/staff/customers/new", { number: "K1", name: "", email: "nonsense", city: "Umeå" });
  assert.equal(answer.status, 400);
  assert.match(errorOf(answer.text, "number"), /upptaget/);
  assert.match(errorOf(answer.text, "name"), /Fyll i/);
  assert.match(errorOf(answer.text, "email"), /e-postadress/);
  assert.equal(valueOf(answer.text, "city"), "Umeå");
});

test("an object cannot be placed in itself or in an object below it", async () => {
  for (const parent of ["O1", "O2", "O3"]) {
    const answer = await save("/staff/objects/O1", { name: "Området", customer: "K1", parent, active: "yes" });
    assert.equal(answer.status, 400, parent);
    const way = { O1: "O1 › O1", O2: "O1 › O2 › O1", O3: "O1 › O2 › O3 › O1" }[parent];
    assert.equal(errorOf(answer.text, "parent"), `Objektet kan inte ligga i sig självt: ${way}.`);
    assert.equal(valueOf(answer.text, "parent"), parent, "what was typed stays");
  }
  assert.deepEqual(portal.sql("SELECT number FROM object WHERE parent_id IS NULL").flat(), ["O1"], "nothing was saved");
  assert.equal((await save("/staff/objects/O3",
    { name: "Hissen", customer: "K1", parent: "O1", group: "hiss", active: "yes" })).status, 303);
  const unknown = await save("/staff/objects/O3", { name: "Hissen", customer: "K7", parent: "O9", active: "yes" });
  assert.equal(unknown.status, 400);
  assert.match(errorOf(unknown.text, "customer"), /ingen kund/);
  assert.match(errorOf(unknown.text, "parent"), /inget objekt/);
});

test("when two people move two objects into each other at once, one is refused", async () => {
  await portal.importFiles({ "objects.csv": "number,name,customer,parent\nT1,Ett,K1,\nT2,Två,K1,\n" });
  const move = (number, parent) =>
    save(`/staff/objects/${number}`, { name: number, customer: "K1", parent, active: "yes" });
  for (let round = 0; round < 8; round++) {
    const answers = await Promise.all([move("T1", "T2"), move("T2", "T1")]);
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [303, 400]);
    assert.deepEqual((await Promise.all([move("T1", ""), move("T2", "")])).map((answer) => answer.status), [303, 303]);
  }
});

test("objects are nested at most 64 deep", async () => {
  const chain = (letter, count) =>
    Array.from({ length: count }, (_, i) => `${letter}${i},Nivå ${i},,${i ? letter + (i - 1) : ""}`).join("\n");
  await portal.importFiles({ "objects.csv": `number,name,customer,parent\n${chain("D", 60)}\n${chain("E", 6)}\n` });
  const move = (parent) => save("/staff/objects/E0", { name: "Nivå 0", parent, active: "yes" });
  const deep = await move("D59");
  assert.equal(deep.status, 400);
  assert.match(errorOf(deep.text, "parent"), /Fler än 64/);
  assert.equal((await move("D58")).status, 303);
  assert.equal((await staff.get("/staff/objects/tree?parent=E5")).text.match(/<a href="\/staff\/objects\/tree/g).length,
    65, "the whole way");
});

test("the tree shows one branch, with the way to it, and pages on", async () => {
  const many = Array.from({ length: 120 },
    (_, i) => `B${String(i).padStart(3, "0")},Rum ${i},K1,B/&,${i === 7 ? "inactive" : "active"}`);
  await portal.importFiles({
    "objects.csv": `number,name,customer,parent,status\nB/&,<Huset>,K1,O1,active\n${many.join("\n")}\n` });
  const href = (text, pattern) => pattern.exec(text)?.[1].replaceAll("&amp;", "&");
  const roots = (await staff.get("/staff/objects/tree")).text;
  assert.deepEqual(tableOf(roots).rows.find((row) => row[0] === "O1").slice(1, 4), ["Området", "3 objekt i O1", "K1"]);
  assert.ok(!tableOf(roots).rows.some((row) => row[0] === "O3"), "what lies in another is not outermost");
  const branch = (await staff.get("/staff/objects/tree?parent=O1")).text;
  const house = tableOf(branch).rows.find((row) => row[0] === "B/&");
  assert.deepEqual(house.slice(1, 3), ["<Huset>", "100 eller fler i B/&"]);
  const seen = [];
  for (let path = href(branch, /href="([^"]*parent=B[^"]*)"/); path;) {
    const { text } = await staff.get(path);
    assert.match(textOf(text), /Översta nivån\s*O1 Området\s*B\/& <Huset>/);
    seen.push(...tableOf(text).rows);
    path = href(text, /rel="next" href="([^"]+)"/);
  }
  assert.equal(new Set(seen.map((row) => row[0])).size, 120);
  assert.equal(seen.length, 120);
  assert.equal(seen[7][5], "Nej", "inactive ones keep their place");
  const fresh = await staff.get(
    href((await staff.get("/staff/objects/tree?parent=B%2F%26")).text, /href="([^"]*new\?parent[^"]*)"/));
  assert.equal(valueOf(fresh.text, "parent"), "B/&");
  assert.equal((await staff.get("/staff/objects/tree?parent=NIX")).status, 404);
  assert.match((await staff.get("/staff/objects/O1")).text, /href="\/staff\/objects\/tree\?parent=O1"/);
  assert.match((await staff.get("/staff/objects")).text, /href="\/staff\/objects\/tree"/);
});

test("the new customer of an object sees its cases at once", async () => {
  const kim = await enter("kim@x.se");
  assert.equal((await kim.get("/cases/A1")).status, 404);
  assert.equal((await save("/staff/objects/O3", { name: "Hissen", customer: "K2", parent: "", active: "yes" })).status,
    303);
  assert.equal((await kim.get("/cases/A1")).status, 200);
  assert.equal(tableOf((await kim.get("/cases")).text).rows.length, 1);
  assert.equal((await save("/staff/objects/O3", { name: "Hissen", customer: "K1", parent: "", active: "yes" })).status,
    303);
  assert.equal((await kim.get("/cases/A1")).status, 404);
  assert.equal((await portal.run("check")).code, 0);
});

test("a contact that is registered links the account that waits for it, and its links count at once", async () => {
  const client = await enter("ny@x.se");
  assert.equal((await client.get("/cases/A1")).status, 404);
  const made = await save("/staff/contacts/new",
    { number: "P9", first_name: "Ny", last_name: "Kund", email_3: " NY@x.se ", objects: "O3\r\n\r\nO1",
      active: "yes" });
  assert.equal(made.status, 303, made.text);
  assert.equal((await client.get("/cases/A1")).status, 200);
  assert.match((await staff.get("/staff/contacts/P9")).text, />\s*O1\nO3<\/textarea>/);
  const wrong = await save("/staff/contacts/P9",
    { first_name: "Ny", last_name: "Kund", objects: "O3\nO99", active: "yes" });
  assert.equal(wrong.status, 400);
  assert.match(errorOf(wrong.text, "objects"), /inget objekt/);
  assert.equal((await save("/staff/contacts/P9",
    { first_name: "Ny", last_name: "Kund", email: "ny@x.se", active: undefined })).status, 303);
  assert.equal((await client.get("/cases/A1")).status, 404);
});

test("the login of an object is set, shown without its password, and removed", async () => {
  const set = (login) => staff.postForm("/staff/objects/O2/login", { login }, [], "/staff/objects/O2");
  for (const wrong of ["hus", "/hemligt", "hus/", "", " /x"]) {
    const answer = await set(wrong);
    assert.equal(answer.status, 400, wrong);
    assert.match(errorOf(answer.text, "login"), /snedstreck/);
  }
  const taken = await set("EKEN/hemligt");
  assert.equal(taken.status, 400);
  assert.match(errorOf(taken.text, "login"), /upptaget/);
  assert.equal((await set("Huset/hem/ligt-åäö")).status, 303);
  const page = textOf((await staff.get("/staff/objects/O2")).text);
  assert.match(page, /Användarnamn: huset Sparad \d{4}-\d\d-\d\d \d\d:\d\d av hand@firma.se/);
  assert.doesNotMatch(page, /ligt-åäö/);
  const client = await enter("huset", "hem/ligt-åäö");
  assert.equal((await client.get("/cases")).status, 200);
  assert.equal((await set("huset/nytt-lösen")).status, 303);
  assert.equal((await client.get("/cases")).status, 303, "the session of before");
  assert.equal((await staff.postForm("/staff/objects/O2/login/remove", { sure: "yes" }, [], "/staff/objects/O2"))
    .status, 303);
  assert.equal((await portal.client().login("huset", "nytt-lösen")).status, 401);
  assert.match(textOf((await staff.get("/staff/objects/O2")).text), /Ingen inloggning/);
});

test("lists page on and come as files", async () => {
  const many = ["number,name",
    ...Array.from({ length: 120 }, (_, i) => `M${String(i).padStart(3, "0")},Kund ${i}`)].join("\n");
  await portal.importFiles({ "customers.csv": many });
  const seen = [];
  for (let path = "/staff/customers?q=kund"; path;) {
    const { text } = await staff.get(path);
    seen.push(...tableOf(text).rows.map((row) => row[0]));
    path = /rel="next" href="([^"]+)"/.exec(text)?.[1].replaceAll("&amp;", "&");
  }
  assert.equal(seen.length, 120);
  assert.equal(new Set(seen).size, 120);
  const csv = await staff.get("/staff/customers.csv?q=kund");
  assert.equal(csv.text.split("\r\n")[0], "number,name,email,phone,street,postal_code,city,status");
  assert.equal(csv.text.trimEnd().split("\r\n").length, 121);
  assert.equal((await staff.get("/staff/objects.xlsx")).bytes.subarray(0, 2).toString(), "PK");
});

// The form of a row as it is shown now; send() sends it later, with changes.
async function open(path, client = staff) {
  const page = await client.get(path);
  return { send: (change) => client.submit(page, change, { form: path }) };
}

test("when two people change the same thing, the second sees the other change and keeps what they typed", async () => {
  const other = (await staffClient(portal, "andra@firma.se", "handler")).client;
  for (const [path, names, mine, theirs] of [
    ["/staff/customers/K2", ["name", "email", "phone", "street", "postal_code", "city"], "city", "phone"],
    ["/staff/objects/O1", ["name", "customer", "parent", "street", "postal_code", "city"], "city", "street"],
    ["/staff/contacts/P1", ["first_name", "last_name", "email", "email_2", "email_3", "phone", "mobile"], "mobile",
      "phone"],
  ]) {
    const [first, second] = [await open(path, other), await open(path)];
    assert.equal((await first.send({ [theirs]: "Deras", [names[0]]: "Första" })).status, 303, path);
    const refused = await second.send({ [mine]: "Mitt", [names[0]]: "Andra" });
    assert.equal(refused.status, 409, path);
    assert.match(textOf(refused.text),
      /Vad andra ändrat.*Senast ändrad av andra@firma\.se .*Första \(du skrev Andra\).*Deras/s);
    assert.equal(valueOf(refused.text, names[0]), "Andra");
    assert.equal(valueOf(refused.text, mine), "Mitt");
    assert.equal(valueOf(refused.text, theirs), "Deras", "an untouched field is as it is now");
    assert.equal((await staff.submit(refused, {}, { form: path })).status, 303);
    const now = (await staff.get(path)).text;
    assert.deepEqual([names[0], mine, theirs].map((name) => valueOf(now, name)), ["Andra", "Mitt", "Deras"]);
  }
});

test("a form that changed nothing stays the newest, and one sent at the same moment loses", async () => {
  const forms = [await open("/staff/customers/K2"), await open("/staff/customers/K2")];
  assert.deepEqual((await Promise.all(forms.map((form, i) => form.send({ city: `Ort ${i}` })))).map((one) => one.status)
    .sort(), [303, 409]);
});

test("numbers are found by name, and kept one a line", async () => {
  assert.equal((await save("/staff/contacts/P1", { first_name: "Kim", last_name: "Ek", email: "kim@x.se",
    customers: "eken\r\nK2\r\n", objects: "hissen", active: "yes" })).status, 303);
  assert.match((await staff.get("/staff/contacts/P1")).text, /name="customers"[^>]*>\nK1\nK2</);
  const unknown = await save("/staff/contacts/P1",
    { first_name: "Kim", last_name: "Ek", customers: "saknas", active: "yes" });
  assert.equal(unknown.status, 400);
  assert.ok(errorOf(unknown.text, "customers"));
});

test("a page leads on to what belongs to it", async () => {
  await portal.importFiles({
    "objects.csv": "number,name,customer,parent,status\nO1,Området,K1,,active\nO2,Huset,K1,O1,active\n"
      + "O3,Hissen,K1,O2,active\nT1,Ett,K2,,active\n",
        "contacts.csv": "number,first_name,last_name,objects\nP1,Kim,Ek,O2|O3\n",
          "cases.csv": "number,title,customer,object,contacts,created,status\n"
            + "B1,Port,K1,O2,P1,2026-03-05T08:00:00,finished\n",
              "invoice_specifications.csv": "number,customer,status\nF1,K1,draft\n" });
  const links = (html) => [...html.matchAll(/href="(\/staff\/[^"]+)"/g)].map((m) => m[1].replaceAll("&amp;", "&"));
  const wanted = {
    "/staff/customers/K1": ["/staff/cases/new?customer=K1", "/staff/cases/B1", "/staff/cases?customer=K1",
      "/staff/cases?status=open&customer=K1", "/staff/objects/B~1%26", "/staff/objects?customer=K1",
      "/staff/objects/new?customer=K1", "/staff/contacts/P1", "/staff/contacts/new?customers=K1", "/staff/invoices/F1",
        "/staff/invoices/new?customer=K1", "/staff/customers/K1/files"],
    "/staff/objects/O2": ["/staff/cases/new?object=O2", "/staff/customers/K1", "/staff/cases/B1",
      "/staff/objects/new?parent=O2", "/staff/objects/O2/files", "/staff/contacts/new?objects=O2"],
    "/staff/contacts/P1": ["/staff/cases/new?contact=P1", "/staff/cases/B1", "/staff/customers/K1", "/staff/objects/O3",
      "/staff/accounts/1"],
  };
  for (const [path, list] of Object.entries(wanted)) {
    const found = links((await staff.get(path)).text);
    for (const link of list) {
      assert.ok(found.includes(link), `${path} leads to ${link}`);
      assert.equal((await staff.get(link)).status, 200, link);
    }
  }
  assert.deepEqual((await rows("/staff/contacts?object=O3")).map((row) => row[0]), ["P1"]);
  assert.deepEqual((await rows("/staff/objects?customer=K2")).map((row) => row[0]), ["T1"]);
});

test("what does not exist is not there, and changes stand in the audit", async () => {
  for (const path of ["/staff/customers/NIX", "/staff/objects/NIX",
    "/staff/contacts/NIX"]) assert.equal((await staff.get(path)).status, 404, path);
  const actions = portal.sql("SELECT DISTINCT action FROM audit WHERE who = 'hand@firma.se' ORDER BY action").flat();
  for (const action of ["login_removed", "login_set", "register_row_added", "register_row_changed"]) assert.ok(
    actions.includes(action), action);
});
