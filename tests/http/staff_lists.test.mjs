// The list of cases as each of the staff wants it: columns, their order, and the search he made last.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { linkOf, tableOf, textOf, valueOf } from "./html.mjs";
import { readCsv } from "./sheets.mjs";
import { staffClient } from "./staff.mjs";

let portal, staff, other;
before(async () => {
  portal = await startPortal({
    config: "[case_form]\nfields = title, extra_floor\n[extra.floor]\nlabel_sv = Våning\nkind = number\n",
    files: {
      "customers.csv": "number,name\nK1,Brf Eken\n",
      "cases.csv": "number,title,customer,site_city,created,extra_floor,status\nC1,Kran,K1,Umeå,2026-03-01T08:00:00,3,not_started\nC2,Lampa,,,2026-03-02T08:00:00,,finished\n",
    },
  });
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
  other = (await staffClient(portal, "andra@firma.se", "handler")).client;
});
after(() => portal?.stop());

const heads = async (client) => tableOf((await client.get("/staff/cases?q=")).text).heads;
const choose = (fields) => staff.postForm("/staff/lists/cases", { act: "save", ...fields });

test("each of the staff has the columns and the order he chose, in files too", async () => {
  const standard = await heads(staff);
  const form = (await staff.get("/staff/lists/cases")).text;
  assert.equal(valueOf(form, "order_number"), "1");
  assert.match(form, /value="title" checked/);
  assert.match(textOf(form), /Våning/);
  const answer = await choose({ column: ["number", "title", "site_city", "extra_floor"], order_site_city: "1", order_number: "2", order_title: "x", order_extra_floor: "3" });
  assert.equal(answer.headers.get("location"), "/staff/cases");
  assert.deepEqual(await heads(staff), ["Ort", "Ärendenummer", "Våning", "Titel"]);
  assert.deepEqual(tableOf((await staff.get("/staff/cases?q=kran")).text).rows, [["Umeå", "C1", "3", "Kran"]]);
  assert.deepEqual(readCsv((await staff.get("/staff/cases.csv?q=kran")).text), [["site_city", "number", "extra_floor", "title"], ["Umeå", "C1", "3", "Kran"]]);
  assert.deepEqual(await heads(other), standard, "of others nothing changes");
  assert.deepEqual(portal.sql("SELECT detail FROM audit WHERE action = 'list_changed'"), [["site_city,number,extra_floor,title"]]);
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
  assert.equal((await staff.get("/staff/cases")).headers.get("location"), resumed.headers.get("location"), "changes nothing of it");
  assert.equal((await other.get("/staff/cases")).status, 200, "others have their own");
  for (const end = Date.now() + 30_000; !portal.sql("SELECT query FROM staff_list WHERE query <> ''").length && Date.now() < end;) await new Promise((done) => setTimeout(done, 50));
  assert.deepEqual(portal.sql("SELECT query FROM staff_list WHERE query <> ''"), [["?status=finished&sort=created&page_size=50"]]);
  const clear = linkOf((await staff.get(resumed.headers.get("location"))).text, "Rensa");
  assert.equal((await staff.get(clear)).status, 200);
  assert.equal((await staff.get("/staff/cases")).status, 200);
  assert.equal((await staff.get("/staff/cases?keep=1&from=fel")).status, 400, "what is wrong is not remembered");
  assert.equal((await staff.get("/staff/cases")).status, 200);
});
