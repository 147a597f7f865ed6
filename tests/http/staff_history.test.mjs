// The history that staff see of cases, registers and specifications: who changed what, the lines of one save together,
// with names instead of numbers.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal, waitFor } from "./harness.mjs";
import { historyOf, textOf } from "./html.mjs";
import { staffClient } from "./staff.mjs";

let portal, staff, chief;
before(async () => {
  portal = await startPortal({ files: {
    "customers.csv": "number,name\nK1,Brf Eken\nK2,Brf Asken\n",
    "objects.csv": "number,name,customer\nO1,Storgatan 1,K1\n",
    "contacts.csv": "number,first_name,last_name,email,phone,customers\nP1,Kim,Ek,kim@x.se,031-1,K1\nP2,Eva,Ask,,,\n",
    "accounts.csv": "email,password,verified\nkim@x.se,Ekollon-2026,yes\nny@x.se,Ekollon-2026,yes\n",
    "articles.csv": "number,name,article_type\nA1,Arbete,time\nA2,Resa,travel\n",
    "cases.csv": "number,title,customer,object,created\nC1,Kran,K1,O1,2026-03-01T08:00:00\n",
    "article_rows.csv": "number,case,date,title,article,quantity,unit_price,status\n"
      + "R1,C1,2026-03-01,Rad,A1,1,100,attested\nR2,C1,2026-03-02,Rad två,A1,1,100,attested\n"
      + "R3,C1,2026-03-02,Rad tre,A1,1,100,editable\n",
  } });
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
  chief = (await staffClient(portal, "chef@firma.se", "administrator")).client;
  portal.sql("UPDATE staff SET full_name = 'Anna Hand' WHERE email = 'hand@firma.se'");
});
after(() => portal?.stop());

const change = async (path, fields, action = path) => {
  const sent = await staff.sure(await staff.submit(path, fields, { form: action }));
  assert.equal(sent.status, 303, textOf(sent.text));
};
const history = async (path) => historyOf((await staff.get(path)).text);
const lines = async (path) => (await history(path)).map((save) => save.lines);

test("the lines of one save of a case stand together, under the name of who saved", async () => {
  await change("/staff/cases/C1/edit", { title: "Kranen", description: "Droppar" });
  await change("/staff/cases/C1/edit", { customer: "K2", object: "", primary_contact: "P1", contacts: "P1\r\nP2" });
  const saves = await history("/staff/cases/C1");
  assert.deepEqual(saves.map((save) => save.who), ["Anna Hand", "Anna Hand"]);
  assert.deepEqual(saves[1].lines, [["Titel", "Kran", "Kranen"], ["Beskrivning", "", "Droppar"]]);
});

test("numbers of customers, objects, contacts and articles have their names", async () => {
  const [[...of]] = await lines("/staff/cases/C1");
  assert.deepEqual(of, [["Kund", "Brf Eken (K1)", "Brf Asken (K2)"], ["Objekt", "Storgatan 1 (O1)", ""],
    ["Primärkontakt", "", "Kim Ek (P1)"], ["Kontakter", "", "Kim Ek (P1), Eva Ask (P2)"]]);
  await change("/staff/cases/C1/rows/R3", { article: "A2" });
  const [row] = await lines("/staff/cases/C1");
  assert.deepEqual(row.find(([field]) => /Artikel$/.test(field))?.slice(1), ["Arbete (A1)", "Resa (A2)"]);
  await change("/staff/contacts/P2", { customers: "K1\r\nK2" });
  assert.deepEqual(await lines("/staff/contacts/P2"), [[["Kunder", "", "Brf Eken (K1), Brf Asken (K2)"]]]);
});

for (const [path, fields, wanted, made] of [
  ["customers", { name: "Brf Eken 2", city: "Göteborg" }, [["Namn", "Brf Eken", "Brf Eken 2"], ["Ort", "", "Göteborg"]],
    { number: "K9", name: "Ny kund" }],
  ["objects", { name: "Storgatan 3", active: undefined }, [["Namn", "Storgatan 1", "Storgatan 3"],
    ["Aktiv", "Ja", "Nej"]], { number: "O9", name: "Nytt objekt" }],
  ["contacts", { last_name: "Ekman" }, [["Efternamn", "Ek", "Ekman"]],
    { number: "P9", first_name: "Ny", last_name: "Kontakt" }],
  ["articles", { name: "Arbetstid", unit_price: "12,5" }, [["Namn", "Arbete", "Arbetstid"], ["À-pris", "", "12,50"]],
    { number: "A9", name: "Ny artikel", article_type: "time" }],
]) {
  test(`a row of ${path} has its history, from the day it was registered`, async () => {
    const number = `${{ customers: "K", objects: "O", contacts: "P", articles: "A" }[path]}1`;
    await change(`/staff/${path}/${number}`, fields);
    const [save] = await history(`/staff/${path}/${number}`);
    assert.equal(save.who, "Anna Hand");
    assert.deepEqual(save.lines, wanted);
    await change(`/staff/${path}/new`, made);
    assert.deepEqual(await lines(`/staff/${path}/${made.number}`), [[["Registrerades", "", made.number]]]);
    await change(`/staff/${path}/${made.number}`, {});
    assert.equal((await history(`/staff/${path}/${made.number}`)).length, 1, "a save that changes nothing is no line");
  });
}

test("a login of a register and an address that is given to a contact stand in the history", async () => {
  await change("/staff/customers/K2", { login: "asken/Hemligt-2026" }, "/staff/customers/K2/login");
  await change("/staff/customers/K2", {}, "/staff/customers/K2/login/remove");
  assert.deepEqual(await lines("/staff/customers/K2"), [[["Inloggning i portalen", "asken", ""]],
    [["Inloggning i portalen", "", "asken"]]]);
  const [[account]] = portal.sql("SELECT id FROM account WHERE email = 'ny@x.se'");
  await change(`/staff/accounts/${account}`, { contact: "P2" }, `/staff/accounts/${account}/contact`);
  assert.deepEqual((await lines("/staff/contacts/P2"))[0], [["E-postadress", "", "ny@x.se"]]);
});

test("a specification has the history of its draft and its steps", async () => {
  const found = await staff.get(
    "/staff/invoices/new?customer=K2&title=Mars&period_from=2026-03-01&period_to=2026-03-31");
  const made = await staff.submit(found, { row: "R1" }, { form: "/staff/invoices/new" });
  const path = made.headers.get("location"), number = decodeURIComponent(path.split("/").pop());
  await change(`${path}/edit`, { title: "Mars 2026", row: ["R1", "R2"] });
  await change(path, {}, `${path}/publish`);
  await change(path, {}, `${path}/withdraw`);
  assert.deepEqual(await lines(path), [[["Status", "Väntar på godkännande", "Utkast"]],
    [["Status", "Utkast", "Väntar på godkännande"]],
    [["Titel", "Mars", "Mars 2026"], ["Rader", "1 (100,00 kr)", "2 (200,00 kr)"]],
    [["Specifikationen skapades", "", number]]]);
});

test("erasing a person deletes the history of the contact, and cases no longer name them", async () => {
  const data = JSON.parse((await chief.get("/staff/contacts/P1/personal-data.json")).text);
  assert.deepEqual(data.register_history.map((one) => [one.field, one.before, one.after]),
    [["Efternamn", "Ek", "Ekman"]]);
  portal.sql("UPDATE staff_session SET proven = 9000000000000000");
  const page = await chief.get("/staff/contacts/P1/personal-data");
  const erased = await chief.submit(page, { number: "P1" }, { form: "/staff/contacts/P1/erase" });
  assert.equal(erased.status, 303, textOf(erased.text));
  assert.deepEqual(portal.sql("SELECT COUNT(*) FROM register_change WHERE after LIKE '%Ekman%'"), [["0"]]);
  assert.doesNotMatch(textOf((await staff.get("/staff/cases/C1")).text), /Kim|Ekman/);
});

test("an import is not undone over a row that staff have changed since, also when they changed it back", async () => {
  const send = (name) =>
    chief.postForm("/staff/imports", {}, [{ field: "files", name, bytes: `number,name\nN1,Ny kund\n` }]);
  const run = (await send("customers.csv")).headers.get("location");
  const text = async () => textOf((await chief.get(run)).text);
  await waitFor("the check", async () => /Importera nu/.test(await text()));
  await chief.submit(run, {}, { form: `${run}/run` });
  await waitFor("the import", async () => /Ångra importen/.test(await text()));
  await change("/staff/customers/N1", { name: "Annat" });
  await change("/staff/customers/N1", { name: "Ny kund" });
  await chief.sure(await chief.submit(run, {}, { form: `${run}/undo` }));
  await waitFor("the refusal", async () => /N1/.test(await text()));
  assert.deepEqual(portal.sql("SELECT name FROM customer WHERE number = 'N1'"), [["Ny kund"]]);
});
