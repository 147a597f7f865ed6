// Registers, files, specifications, the quick search and the pickers of staff find words inside words, as the search of
// cases does: they found them by reading whole tables, or only at the beginning of words.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { tableOf, textOf } from "./html.mjs";
import { readCsv } from "./sheets.mjs";
import { staffClient } from "./staff.mjs";
import { storeFiles } from "./stored.mjs";

const files = {
  "customers.csv": "number,name,phone,city\nK1,Brf Vattentornet,031-12 34 56,Göteborg\nK2,Annan kund,,\n",
  "objects.csv": "number,name,customer\nO-100,Luftvärmepump tak,K1\nO-200,Pannrum,K1\nO-300,Hiss,K2\n",
  "contacts.csv": "number,first_name,last_name,email,mobile\nP1,Maja,Lindström,maja.lind@brfvatten.se,070-1234567\n",
  "articles.csv": "number,name,article_type\nA1,Cirkulationspump,material\nA2,Fläktrem,material\n",
  "cases.csv": "number,title,customer,created\nC1,Läcka,K1,2026-03-01T08:00:00\n",
  "article_rows.csv": "number,case,date,article_type,quantity,status\nR1,C1,2026-03-02,other,1,attested\n",
  "invoice_specifications.csv": "number,customer,title,status,rows\nF1,K1,Pumpservice mars,awaiting_approval,R1\n",
};
let portal, staff, admin;
before(async () => {
  portal = await startPortal({ files });
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
  admin = (await staffClient(portal, "chef@firma.se", "administrator")).client;
  storeFiles(portal, [{ key: "a", name: "Sprängskiss_värmepump.txt", customer: "K1" }]);
});
after(() => portal?.stop());

const found = async (list, q) => readCsv((await staff.get(`/staff/${list}.csv?q=${encodeURIComponent(q)}`)).text)
  .slice(1).map((row) => row[0]).sort();
const picked = async (what, q) =>
  JSON.parse((await staff.get(`/staff/lookup/${what}?q=${encodeURIComponent(q)}`)).text).map((hit) => hit.value);

test("lists find words inside words, and fewer than three letters and numbers at the beginning", async () => {
  for (const [list, q, wanted] of [
    ["customers", "tornet", ["K1"]], ["customers", "TORN", ["K1"]],
    ["customers", "to", []], ["customers", "br", ["K1"]],
    ["objects", "pump", ["O-100"]], ["objects", "vattentorn", ["O-100", "O-200"]],
    ["objects", "00", ["O-100", "O-200", "O-300"]], ["objects", "o200", ["O-200"]],
    ["objects", "pump tornet", ["O-100"]], ["objects", "pump hiss", []],
    ["contacts", "ström", ["P1"]], ["contacts", "maja.lind@brfvatten.se", ["P1"]], ["contacts", "vatten", ["P1"]],
    ["articles", "pump", ["A1"]], ["articles", "rem", ["A2"]], ["articles", "em", []],
    ["invoices", "service", ["F1"]], ["invoices", "tornet", ["F1"]],
    ["files", "skiss", ["Sprängskiss_värmepump.txt"]], ["files", "pump", ["Sprängskiss_värmepump.txt"]],
  ])
    assert.deepEqual(await found(list, q), wanted, `${list}: ${q}`);
});

test("pickers and the quick search find the same", async () => {
  assert.deepEqual(await picked("objects", "pump"), ["O-100"]);
  assert.deepEqual(await picked("customers", "torn"), ["K1"]);
  assert.deepEqual(await picked("customers", "031123456"), ["K1"]);
  assert.deepEqual(await picked("contacts", "ström"), ["P1"]);
  assert.deepEqual(await picked("articles", "pump"), ["A1"]);
  assert.match(textOf((await staff.get("/staff/find?q=pump")).text), /O-100.*F1 Pumpservice/s);
});

test("what is made, changed, added or removed is found from then on by its new words alone", async () => {
  await staff.submit("/staff/customers/new", { number: "K3", name: "Skeppsbron" }, { form: "/staff/customers/new" });
  assert.deepEqual(await found("customers", "bron"), ["K3"]);
  await staff.submit("/staff/customers/K3", { name: "Fyrtornet" }, { form: "/staff/customers/K3" });
  assert.deepEqual(await found("customers", "bron"), []);
  assert.deepEqual(await found("customers", "tornet"), ["K1", "K3"]);
  const sent = [{ field: "files", name: "takplan.txt", bytes: "hej" }];
  const form = "/staff/objects/O-300/files";
  await staff.submit(form, { visible: "yes" }, { form, files: sent });
  assert.deepEqual(await found("files", "plan"), ["takplan.txt"]);
  const [[id]] = portal.sql("SELECT id FROM file WHERE name = 'takplan.txt'");
  await staff.submit(`/staff/files/${id}`, { name: "källarritning.txt" }, { form: `/staff/files/${id}` });
  assert.deepEqual([await found("files", "plan"), await found("files", "ritning")], [[], ["källarritning.txt"]]);
  await staff.submit(`/staff/files/${id}/remove`);
  assert.deepEqual(await found("files", "ritning"), []);
});

test("objects and specifications are found by the new name of their customer", async () => {
  await staff.submit("/staff/customers/K1", { name: "Brf Lövängen" }, { form: "/staff/customers/K1" });
  assert.deepEqual([await found("objects", "ängen"), await found("invoices", "ängen")], [["O-100", "O-200"], ["F1"]]);
  assert.deepEqual(await found("objects", "vattentorn"), []);
  await portal.importFiles({ "customers.csv": "number,name\nK1,Brf Solbacken\n",
    "objects.csv": "number,name,customer\nO-100,Frånluftsfläkt,K1\n" });
  assert.deepEqual([await found("objects", "backen"), await found("invoices", "backen")], [["O-100", "O-200"], ["F1"]]);
  assert.deepEqual([await found("objects", "pump"), await found("objects", "lufts")], [[], ["O-100"]]);
});

test("an erased contact is found by none of its words", async () => {
  assert.deepEqual(await found("contacts", "0701234567"), ["P1"]);
  const done = await admin.postForm("/staff/contacts/P1/erase", { number: "P1" }, [], "/staff/contacts/P1/privacy");
  assert.equal(done.status, 303, textOf(done.text));
  const inactive = async (q) => tableOf((await staff.get(`/staff/contacts?q=${q}&inactive=yes`)).text)?.rows ?? [];
  for (const q of ["lindström", "maja", "0701234567", "brfvatten"]) assert.deepEqual(await inactive(q), [], q);
});

test("check finds a row without words, and a migration that wants it writes the words of all rows", async () => {
  portal.sql("INSERT INTO article (number, name, article_type) VALUES ('A9', 'Dränkpump', 'material')");
  assert.match((await portal.run("check")).stderr, /rows of article have no words/);
  portal.writeWords();
  assert.deepEqual(await found("articles", "pump"), ["A1", "A9"]);
  assert.equal((await portal.run("check")).code, 0);
});
