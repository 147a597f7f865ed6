// The lists as each staff user wants them: columns, their order, and their last search.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal, waitFor } from "./harness.mjs";
import { linkOf, tableOf, textOf, valueOf } from "./html.mjs";
import { readCsv } from "./sheets.mjs";
import { staffClient } from "./staff.mjs";

let portal, staff, other;
before(async () => {
  portal = await startPortal({
    config: "[case_form]\nfields = title, extra_floor\n[extra.floor]\nlabel_sv = Våning\nkind = number\n",
    files: {
      "customers.csv": "number,name,email,city,status\nK1,Brf Eken,eken@x.se,Umeå,active\n"
        + "K2,Brf Linden,,Luleå,active\nK3,Gamla Boken,,Umeå,inactive\n",
      "invoice_specifications.csv": "number,customer,title,status\nF-1,K1,Mars,draft\nF-2,K2,April,draft\n",
      "cases.csv": "number,title,customer,site_city,created,extra_floor,status\n"
        + "C1,Kran,K1,Umeå,2026-03-01T08:00:00,3,not_started\nC2,Lampa,,,2026-03-02T08:00:00,,finished\n",
    },
  });
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
  other = (await staffClient(portal, "andra@firma.se", "handler")).client;
});
after(() => portal?.stop());

const heads = async (client) => tableOf((await client.get("/staff/cases?q=")).text).heads;
const choose = (fields) => staff.postForm("/staff/lists/cases", { act: "save", ...fields });

test("each staff user has the columns and the order they chose, in files too", async () => {
  const standard = await heads(staff);
  const form = (await staff.get("/staff/lists/cases")).text;
  assert.equal(valueOf(form, "order_number"), "1");
  assert.match(form, /value="title" checked/);
  assert.match(textOf(form), /Våning/);
  const answer = await choose({ column: ["number", "title", "site_city", "extra_floor"], order_site_city: "1",
    order_number: "2", order_title: "x", order_extra_floor: "3" });
  assert.equal(answer.headers.get("location"), "/staff/cases");
  assert.deepEqual(await heads(staff), ["Ort", "Ärendenummer", "Våning", "Titel"]);
  assert.deepEqual(tableOf((await staff.get("/staff/cases?q=kran")).text).rows, [["Umeå", "C1", "3", "Kran"]]);
  assert.deepEqual(readCsv((await staff.get("/staff/cases.csv?q=kran")).text),
    [["site_city", "number", "extra_floor", "title"], ["Umeå", "C1", "3", "Kran"]]);
  assert.deepEqual(await heads(other), standard, "of others nothing changes");
  assert.deepEqual(portal.sql("SELECT detail FROM audit WHERE action = 'list_changed'"),
    [["site_city,number,extra_floor,title"]]);
  assert.equal((await choose({ column: ["title"] })).status, 400);
  assert.equal((await choose({ column: ["number", "finns_inte"], order_number: "" })).status, 303);
  assert.deepEqual(await heads(staff), ["Ärendenummer"]);
  assert.equal((await choose({ act: "reset" })).status, 303);
  assert.deepEqual(await heads(staff), standard);
});

test("the search that was made last comes back, until it is cleared", async () => {
  const searched = await staff.get("/staff/cases?keep=1&q=&status=finished&page_size=50&sort=created");
  assert.deepEqual(tableOf(searched.text).rows.map((row) => row[0]), ["C2"]);
  const resumed = await staff.get("/staff/cases");
  assert.equal(resumed.status, 303);
  assert.equal(resumed.headers.get("location"), "/staff/cases?status=finished&sort=created&page_size=50");
  assert.equal((await staff.get("/staff/cases?status=not_started")).status, 200, "a link of elsewhere");
  assert.equal((await staff.get("/staff/cases")).headers.get("location"), resumed.headers.get("location"),
    "changes nothing of it");
  assert.equal((await other.get("/staff/cases")).status, 200, "others have their own");
  await waitFor("a remembered search", () => portal.sql("SELECT query FROM staff_list WHERE query <> ''").length);
  assert.deepEqual(portal.sql("SELECT query FROM staff_list WHERE query <> ''"),
    [["?status=finished&sort=created&page_size=50"]]);
  const clear = linkOf((await staff.get(resumed.headers.get("location"))).text, "Rensa");
  assert.equal((await staff.get(clear)).status, 200);
  assert.equal((await staff.get("/staff/cases")).status, 200);
  assert.equal((await staff.get("/staff/cases?keep=1&from=fel")).status, 400, "what is wrong is not remembered");
  assert.equal((await staff.get("/staff/cases")).status, 200);
});

test("the columns of a register are chosen likewise, and its files stay as they are", async () => {
  const columns = async (client) => tableOf((await client.get("/staff/customers?q=")).text).heads;
  const send = (fields) => staff.postForm("/staff/lists/customers", { act: "save", ...fields });
  const standard = await columns(staff), file = (await staff.get("/staff/customers.csv?q=")).text;
  const form = (await staff.get("/staff/lists/customers")).text;
  assert.match(textOf(form), /Kolumner i listan: Kunder/);
  assert.match(form, /value="name" checked/);
  assert.doesNotMatch(form, /value="postal_code" checked/);
  assert.equal((await send({ column: ["postal_code", "city", "number"], order_city: "1", order_number: "2" }))
    .headers.get("location"), "/staff/customers");
  assert.match(textOf((await staff.get("/staff/customers")).text), /Sparat/);
  assert.deepEqual(await columns(staff), ["Ort", "Nummer", "Postnummer"]);
  const found = (await staff.get("/staff/customers?q=boken&inactive=yes")).text;
  assert.deepEqual(tableOf(found).rows, [["Umeå", "K3", ""]]);
  assert.match(found, /class="row-inactive"/, "which is told without its column too");
  assert.equal((await staff.get("/staff/customers.csv?q=")).text, file);
  assert.deepEqual(await columns(other), standard, "of others nothing changes");
  assert.match(textOf((await staff.get("/staff/lists/objects")).text), /Kolumner i listan: Objekt/,
    "each register has its own");
  assert.deepEqual(
    portal.sql("SELECT subject, detail FROM audit WHERE action = 'list_changed' ORDER BY id DESC LIMIT 1"),
      [["customers", "city,number,postal_code"]]);
  const refused = await send({ column: ["name"] });
  assert.equal(refused.status, 400);
  assert.match(textOf(refused.text), /Nummer måste vara med/);
  assert.equal((await send({ act: "reset" })).status, 303);
  assert.deepEqual(await columns(staff), standard);
});

const remembers = async (list, search, kept, found, elsewhere) => {
  const first = async (path) => tableOf((await staff.get(path)).text).rows.map((row) => row[0]);
  const plain = `/staff/${list}`;
  assert.match((await staff.get(plain)).text, /name="keep" value="1"/);
  assert.doesNotMatch((await staff.get(plain)).text, /\?keep=1/, "there is nothing to clear");
  assert.deepEqual(await first(`${plain}?keep=1&${search}`), found);
  assert.equal((await staff.get(plain)).headers.get("location"), `${plain}?${kept}`);
  assert.equal((await staff.get(`${plain}?${elsewhere}`)).status, 200, "a link of elsewhere");
  assert.equal((await staff.get(plain)).headers.get("location"), `${plain}?${kept}`, "changes nothing of it");
  assert.equal((await other.get(plain)).status, 200, "others have their own");
  const all = readCsv((await staff.get(`${plain}.csv`)).text).length;
  assert.ok(all > found.length + 1, "files have what their address asks for");
  assert.equal((await staff.get(linkOf((await staff.get(`${plain}?${kept}`)).text, "Rensa"))).status, 200);
  assert.equal((await staff.get(plain)).status, 200);
};

test("registers come back to the last search", async () => {
  await remembers("customers", "q=boken&inactive=yes", "q=boken&inactive=yes", ["K3"], "q=eken");
  await staff.get("/staff/objects?keep=1&q=&customer=K1");
  const resumed = (await staff.get("/staff/objects")).headers.get("location");
  assert.equal(resumed, "/staff/objects?customer=K1");
  assert.equal(linkOf((await staff.get(resumed)).text, "Rensa"), "/staff/objects?keep=1");
  await staff.get("/staff/objects?keep=1");
  assert.equal((await staff.get("/staff/objects")).status, 200);
});

test("invoice specifications come back to the last search",
  () => remembers("invoices", "q=april&status=", "q=april", ["F-2"], "q=K1"));

test("files and accounts come back to the last search", async () => {
  for (const [list, query] of [["files", "q=plan&kind=case"], ["accounts", "q=x&state=active"]]) {
    assert.equal((await staff.get(`/staff/${list}?keep=1&${query}`)).status, 200);
    assert.equal((await staff.get(`/staff/${list}`)).headers.get("location"), `/staff/${list}?${query}`);
    assert.equal(linkOf((await staff.get(`/staff/${list}?${query}`)).text, "Rensa"), `/staff/${list}?keep=1`);
    await staff.get(`/staff/${list}?keep=1`);
    assert.equal((await staff.get(`/staff/${list}`)).status, 200);
  }
});
