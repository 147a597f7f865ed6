// Cases as staff keep them: search over all, the page with everything, changes with their history, notes, state, and two at once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, linkOf, tableOf, textOf, valueOf } from "./html.mjs";
import { readCsv } from "./sheets.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
let portal, staff, kim;
const many = Array.from({ length: 60 }, (_, i) => `M${i},Massärende ${i},,K1,,P2,2025-01-01T08:00:${String(i).padStart(2, "0")}Z,not_started\n`).join("");
before(async () => {
  portal = await startPortal({
    config: "[case_form]\nfields = title, description, extra_floor, extra_urgent\n[extra.floor]\nlabel_sv = Våning\nkind = number\n[extra.urgent]\nlabel_sv = Bråttom\nkind = yes_no\n",
    files: {
      "picklists.csv": "list,key,label_sv\ncase_type,fel,Felanmälan\ncase_type,best,Beställning\npriority,hog,Hög\n",
      "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\nK2,Brf Björken,\n`,
      "objects.csv": "number,name,customer\nO1,Storgatan 1,K1\nO2,Lillgatan 2,K2\n",
      "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,\nP2,Eva,Ask,eva@x.se,K2\n",
      "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\n`,
      "cases.csv": "number,title,type,customer,object,contacts,created,status\n" + many
        + "C1,Läckande kran,fel,K1,O1,P2,2026-03-01T08:00:00,not_started\nC2,Helt utan,,,,,2026-03-02T08:00:00,not_started\n"
        + "C3,Utan kontakt,best,K2,O2,,2026-03-03T08:00:00,finished\n2026/4,Udda nummer,,K2,,P2,2026-03-04T08:00:00,started\n",
    },
  });
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
  kim = portal.client();
  assert.equal((await kim.login("kim@x.se", PASSWORD)).status, 303);
});
after(() => portal?.stop());

const listed = async (query) => {
  const answer = await staff.get(`/staff/cases?${query}`);
  assert.equal(answer.status, 200, query);
  return tableOf(answer.text)?.rows.map((row) => row[0]) ?? [];
};

test("staff search all cases, whoever they belong to", async () => {
  assert.deepEqual((await listed("page_size=10")).slice(0, 4), ["2026/4", "C3", "C2", "C1"]);
  assert.deepEqual(await listed("q=l%C3%A4ck+kran"), ["C1"]);
  assert.deepEqual(await listed("status=started"), ["2026/4"]);
  assert.deepEqual(await listed("customer=K2"), ["2026/4", "C3"]);
  assert.deepEqual(await listed("object=O1&type=fel"), ["C1"]);
  assert.deepEqual(await listed("from=2026-03-02&to=2026-03-02"), ["C2"]);
  assert.deepEqual(await listed("unlinked=1"), ["C3", "C2"]);
  assert.deepEqual(await listed("unlinked=1&status=open"), ["C2"]);
  assert.deepEqual(await listed("customer=saknas"), []);
  assert.equal((await staff.get("/staff/cases?from=x")).status, 400);
});

test("the list goes on page by page, and comes whole as files", async () => {
  const seen = [];
  let path = "/staff/cases?page_size=20&sort=created";
  for (let i = 0; path && i < 10; i++) {
    const page = await staff.get(path);
    seen.push(...tableOf(page.text).rows.map((row) => row[0]));
    path = linkOf(page.text, "Nästa");
  }
  assert.equal(seen.length, 64);
  assert.equal(new Set(seen).size, 64);
  assert.equal(seen.at(-1), "2026/4");
  const csv = readCsv((await staff.get("/staff/cases.csv")).text);
  assert.equal(csv.length, 65);
  assert.equal((await staff.get("/staff/cases.xlsx?q=kran")).bytes.subarray(0, 2).toString(), "PK");
  assert.match(textOf((await staff.get("/staff/cases")).text), /64 ärenden/);
});

test("the search of customers knows nothing of it", async () => {
  assert.equal(tableOf((await kim.get("/cases?unlinked=1")).text)?.rows.length ?? 0, 0);
  const eken = portal.client();
  assert.equal((await eken.login("eken", PASSWORD)).status, 303);
  assert.match(textOf((await eken.get("/cases?unlinked=1&page_size=10")).text), /61 ärenden/);
  assert.doesNotMatch((await eken.get("/cases")).text, /unlinked/);
});
