// Personal data: the file of everything that is stored about a person, and erasing them. Their cases stay.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, textOf } from "./html.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
let portal, chef, kim;
before(async () => {
  portal = await startPortal({ files: {
    "customers.csv": "number,name\nK1,Brf Eken\n",
    "objects.csv": "number,name,customer\nO1,Storgatan 1,K1\n",
    "contacts.csv": "number,first_name,last_name,email,email_2,phone,customers,objects\n"
      + "P1,Kim,Ek,kim@x.se,delad@x.se,070-1,K1,O1\nP2,Eva,Ask,delad@x.se,,070-2,K1,\n",
    "accounts.csv": ["email,password,verified", "kim@x.se",
      "delad@x.se"].map((line, i) => (i ? `${line},${PASSWORD},yes` : line)).join("\n") + "\n",
    "cases.csv": "number,title,customer,contacts,primary_contact,reporter,reporter_phone,created\n"
      + "C1,Kran,K1,P1,P1,Kim Ek,070-1,2026-03-01T08:00:00\nC2,Port,K1,P1|P2,P2,Eva Ask,070-2,2026-03-01T08:00:00\n",
    "invoice_specifications.csv": "number,customer,title,status,rows\nF-1,K1,Mars,awaiting_approval,\n",
  } });
  kim = portal.client();
  assert.equal((await kim.login("kim@x.se", PASSWORD)).status, 303);
  assert.equal((await kim.postForm("/invoices/F-1/approve", { comment: "Bra" })).status, 303);
  assert.equal((await kim.postForm("/cases/new", { title: "Läcka", reporter: "Jag själv", reporter_phone: "070-1" }))
    .status, 303);
  chef = (await staffClient(portal, "chef@firma.se", "administrator")).client;
});
after(() => portal?.stop());

test("all that is kept of a person comes as a file", async () => {
  const page = await chef.get("/staff/contacts/P1/personal-data");
  assert.match(textOf(page.text), /Kim Ek.*2 konton, 3 ärenden, 1 beslut/);
  const answer = await chef.get("/staff/contacts/P1/personal-data.json");
  assert.match(answer.headers.get("content-type"), /application\/json/);
  assert.match(answer.headers.get("content-disposition"), /^attachment/);
  const data = JSON.parse(answer.text);
  assert.equal(data.contact[0].last_name, "Ek");
  assert.deepEqual(data.customers, [{ number: "K1", name: "Brf Eken" }]);
  assert.deepEqual(data.accounts.map((one) => one.email), ["delad@x.se", "kim@x.se"]);
  assert.deepEqual(data.cases.map((one) => one.title), ["Kran", "Port", "Läcka"]);
  assert.equal(data.decisions[0].comment, "Bra");
  assert.ok(data.mail.length >= 1);
  assert.ok(data.audit.some((one) => one.action === "login" && one.at.endsWith("Z")));
});

test("personal data includes what the history of a case keeps of its reporter", async () => {
  assert.equal((await chef.submit("/staff/cases/C1/edit", { reporter: "Eva Ask", reporter_phone: "070-2" })).status,
    303);
  assert.match(textOf((await chef.get("/staff/cases/C1")).text), /Kim Ek.*Eva Ask/);
  const data = JSON.parse((await chef.get("/staff/contacts/P1/personal-data.json")).text);
  assert.deepEqual(data.history.map((one) => [one.case, one.before, one.after]),
    [["C1", "Kim Ek", "Eva Ask"], ["C1", "070-1", "070-2"]]);
});

test("erasing asks for the number", async () => {
  const answer = await chef.postForm("/staff/contacts/P1/erase", { number: "P2" }, [],
    "/staff/contacts/P1/personal-data");
  assert.equal(answer.status, 400);
  assert.match(errorOf(answer.text, "number"), /inte kontaktens nummer/);
  assert.equal(portal.sql("SELECT first_name FROM contact WHERE number = 'P1'")[0][0], "Kim");
});

test("the person goes, the cases stay, and so do others", async () => {
  const answer = await chef.postForm("/staff/contacts/P1/erase", { number: " P1 " }, [],
    "/staff/contacts/P1/personal-data");
  assert.equal(answer.status, 303, answer.text);
  assert.match(textOf((await chef.get("/staff/contacts/P1/personal-data")).text),
    /Borttagen person.*Personen har tagits bort/);
  assert.deepEqual(portal.sql("SELECT number, reporter, reporter_phone FROM cases ORDER BY id")
    .map((row) => row.slice(1)), [["Eva Ask", "070-2"], ["Eva Ask", "070-2"], ["", ""]]);
  assert.deepEqual(portal.sql("SELECT before, after FROM case_change WHERE before <> '' ORDER BY id"),
    [["Borttagen person", "Eva Ask"], ["Borttagen person", "070-2"]]);
  assert.deepEqual(portal.sql("SELECT email FROM account"), [["delad@x.se"]]);
  assert.deepEqual(portal.sql(
    "SELECT COUNT(*) FROM contact_customer WHERE contact_id = (SELECT id FROM contact WHERE number = 'P1')"), [["0"]]);
  assert.equal((await kim.get("/cases")).status, 303);
  assert.equal((await portal.client().login("kim@x.se", PASSWORD)).status, 401);
  const eva = portal.client();
  assert.equal((await eva.login("delad@x.se", PASSWORD)).status, 303);
  assert.match(textOf((await eva.get("/cases")).text), /Kran/);
  const left = portal.sql(
    "SELECT 'x' FROM contact WHERE first_name || last_name || email || email_2 || phone LIKE '%Kim%' UNION ALL SELECT "
      + "'y' FROM mail WHERE recipient = 'kim@x.se'");
  assert.deepEqual(left, []);
});

test("decisions and the audit stay, and the database is sound", async () => {
  assert.deepEqual(portal.sql("SELECT login FROM specification_decision"), [["kim@x.se"]]);
  assert.deepEqual(portal.sql(
    "SELECT action, subject FROM audit WHERE action LIKE '%personal%' OR action LIKE '%erased%' ORDER BY id"),
    [["personal_data_exported", "P1"], ["personal_data_exported", "P1"], ["contact_erased", "P1"]]);
  const check = await portal.run("check");
  assert.equal(check.code, 0, check.stdout + check.stderr);
  assert.equal((await chef.get("/staff/contacts/P9/personal-data")).status, 404);
});

test("the personal data of a contact of any number is shown, downloaded and erased", async () => {
  for (const number of ["Lgh 2 B", "Åäö", "K&M", "2024/17", "~0", "a~1b", "50%", "new", ".."]) {
    const made = await chef.submit("/staff/contacts/new", { number, first_name: "Bo", last_name: "Al" },
      { form: "/staff/contacts/new" });
    const address = made.headers.get("location"), data = `${address}/personal-data`;
    assert.ok((await chef.get(address)).text.includes(`href="${data}"`), number);
    const page = await chef.get(data);
    assert.equal(page.status, 200, number);
    assert.equal(JSON.parse((await chef.get(`${data}.json`)).text).contact[0].number, number);
    const erased = await chef.submit(page, { number }, { form: `${address}/erase` });
    assert.equal(erased.status, 303, number);
    assert.equal(erased.headers.get("location"), data);
    assert.match(textOf((await chef.get(data)).text), /Borttagen person/, number);
  }
});
