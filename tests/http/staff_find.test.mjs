// The field that finds a case, customer, object, contact or specification by number or name in one go.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { linkOf, textOf } from "./html.mjs";
import { staffClient } from "./staff.mjs";

let portal, staff;
before(async () => {
  portal = await startPortal({ files: {
    "customers.csv": "number,name\nK1,Brf Eken\n77,Sjuttiosju AB\n100%,Procent_AB\n",
    "objects.csv": "number,name,customer\nO1,Ekgatan 1,K1\n77,Hus 77,K1\n",
    "contacts.csv": "number,first_name,last_name,email,phone,mobile,customers\n"
      + "P1,Kim,Ekström,kim@x.se,031-1,+46 (0)70-123 45 67,K1\n",
    "work_orders.csv": "number,case,title,created\n260301-0001-1,260301-0001,Byt,2026-03-01T09:00:00\n",
    "cases.csv": "number,title,customer,created\n260301-0001,Ekdörr knarrar,K1,2026-03-01T08:00:00\n"
      + "2026/4,Udda,K1,2026-03-01T08:00:00\n",
    "invoice_specifications.csv": "number,customer,title,status,rows\nF-1,K1,Eklöv mars,draft,\n",
  } });
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
});
after(() => portal?.stop());

const find = (q) => staff.get(`/staff/find?q=${encodeURIComponent(q)}`);

test("a number that one thing has leads to it", async () => {
  for (const [q, path] of [["260301-0001", "/staff/cases/260301-0001"], [" 2026/4 ", "/staff/cases/2026~14"],
    ["K1", "/staff/customers/K1"], ["O1", "/staff/objects/O1"], ["P1", "/staff/contacts/P1"],
    ["F-1", "/staff/invoices/F-1"]]) {
    const answer = await find(q);
    assert.equal(answer.headers.get("location"), path, q);
    assert.equal((await staff.get(path)).status, 200, path);
  }
});

test("what stands around a number when it is pasted is left out", async () => {
  for (const [q, path] of [["Ärendenummer: 260301-0001", "/staff/cases/260301-0001"],
    ["#260301–0001", "/staff/cases/260301-0001"], ["https://x/staff/cases/2026~14?a=b#c", "/staff/cases/2026~14"],
    ["/cases/260301-0001/actions", "/staff/cases/260301-0001"], ["Kundnr: K1", "/staff/customers/K1"],
    ["Objekt\u00a0O1", "/staff/objects/O1"], ["Fakturaspecifikation F‑1", "/staff/invoices/F-1"],
    ["260301-0001-1", "/staff/cases/260301-0001"], ["Arbetsorder 260301-0001-1", "/staff/cases/260301-0001"]]) {
    assert.equal((await find(q)).headers.get("location"), path, q);
  }
});

test("a phone number is found in every spelling", async () => {
  const ask = async (q) => JSON.parse((await staff.get(`/staff/lookup/contacts?q=${encodeURIComponent(q)}`)).text);
  for (const q of ["070-123 45 67", "0701234567", "+46 70 123 45 67", "+46 (0)70-1234567", "070–123\u00a045\u00a067"]) {
    assert.match(textOf((await find(q)).text), /P1 Kim Ekström/, q);
    assert.match(textOf((await staff.get(`/staff/contacts?q=${encodeURIComponent(q)}`)).text), /Ekström/, q);
    assert.deepEqual((await ask(q)).map((hit) => hit.value), ["P1"], q);
  }
  assert.match(textOf((await find("070-123 45 68")).text), /Inget hittades/);
});

test("a number that several have, and names, give a list of each kind", async () => {
  assert.match(textOf((await find("77")).text), /Kunder 77 Sjuttiosju AB.*Objekt 77 Hus 77/s);
  const page = await find("ek");
  assert.match(textOf(page.text),
    /260301-0001 Ekdörr.*Kunder K1 Brf Eken.*Objekt 77 Hus 77 ?O1 Ekg.*P1 Kim Ekström.*Fakturaspecifikationer F-1 Ek/s);
  assert.equal(linkOf(page.text, "260301-0001"), "/staff/cases/260301-0001");
  assert.match(textOf((await find("kim@x")).text), /P1 Kim/);
});

test("what is not there, odd and empty questions are answered", async () => {
  assert.match(textOf((await find("finnsinte")).text), /Inget hittades/);
  assert.doesNotMatch(textOf((await find("_____")).text), /Brf Eken/);
  assert.match(textOf((await find("0%")).text), /Procent_AB/);
  assert.equal((await find("")).headers.get("location"), "/staff");
  for (const q of ["'", "\"", "a".repeat(5000), "å ä ö", "(", "<script>"]) assert.equal((await find(q)).status, 200, q);
});
