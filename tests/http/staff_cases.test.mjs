// Cases as staff keep them: search over all, the page with everything, changes with their history, notes, state, and
// two at once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, linkOf, tableOf, textOf, valueOf } from "./html.mjs";
import { readCsv } from "./sheets.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
let portal, staff, kim;
const many = Array.from({ length: 60 },
  (_, i) => `M${i},Massärende ${i},,K1,,P2,2025-01-01T08:00:${String(i).padStart(2, "0")}Z,not_started\n`).join("");
before(async () => {
  portal = await startPortal({
    config: "[case_form]\nfields = title, description, extra_floor, extra_urgent\n[extra.floor]\nlabel_sv = Våning\n"
      + "kind = number\n[extra.urgent]\nlabel_sv = Bråttom\nkind = yes_no\n",
    files: {
      "picklists.csv": "list,key,label_sv\ncase_type,fel,Felanmälan\ncase_type,best,Beställning\npriority,hog,Hög\n",
      "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\nK2,Brf Björken,\n`,
      "objects.csv": "number,name,customer\nO1,Storgatan 1,K1\nO2,Lillgatan 2,K2\n",
      "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,\nP2,Eva,Ask,eva@x.se,K2\n",
      "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\n`,
      "cases.csv": "number,title,type,customer,object,contacts,created,status\n" + many
        + "C1,Läckande kran,fel,K1,O1,P2,2026-03-01T08:00:00,not_started\n"
        + "C2,Helt utan,,,,,2026-03-02T08:00:00,not_started\n"
        + "C3,Utan kontakt,best,K2,O2,,2026-03-03T08:00:00,finished\n"
        + "2026/4,Udda nummer,,K2,,P2,2026-03-04T08:00:00,started\n",
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

test("staff search the cases of all customers", async () => {
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

const page = async (number) => (await staff.get(`/staff/cases/${number}`)).text;
// The form of a case as it is shown now; send() sends it later, with changes.
async function open(number, client = staff) {
  const answer = await client.get(`/staff/cases/${number}/edit`);
  return { html: answer.text,
    send: (change) => client.submit(answer, change, { form: `/staff/cases/${number}/edit` }) };
}
const changes = (number) =>
  portal.sql(`SELECT h.who, h.field, h.before, h.after FROM case_change h JOIN cases c ON c.id = h.case_id WHERE `
    + `c.number = '${number}' ORDER BY h.id`);

test("the page shows everything, with links to the registers", async () => {
  const html = await page("C1");
  assert.match(textOf(html),
    /C1 Läckande kran.*Ej påbörjat.*Felanmälan.*Brf Eken \(K1\).*Storgatan 1 \(O1\).*Eva Ask/s);
  assert.equal(linkOf(html, "Brf Eken (K1)"), "/staff/customers/K1");
  assert.match(textOf(await page("C2")), /utan kund, objekt och kontakt/);
  assert.match(textOf(await page("2026~14")), /Udda nummer/);
  assert.equal((await staff.get("/staff/cases/saknas")).status, 404);
  assert.equal((await staff.get("/staff/cases/saknas/edit")).status, 404);
});

test("a change is saved, listed in the history, and counts in the portal at once", async () => {
  assert.equal((await kim.get("/cases/C2")).status, 404);
  const form = await open("C2");
  const answer = await form.send({ title: "Nu med kontakt", type: "best", customer: "K1", object: "O1",
    primary_contact: "P1", description: "Rad ett\r\nRad två",
    extra_floor: "3", extra_urgent: "yes" });
  assert.equal(answer.status, 303, textOf(answer.text));
  assert.equal(answer.headers.get("location"), "/staff/cases/C2");
  assert.match(textOf((await kim.get("/cases/C2")).text), /Nu med kontakt.*Rad ett Rad två/s);
  assert.match(textOf((await kim.get("/cases?q=kontakt")).text), /Nu med kontakt/);
  const told = changes("C2");
  assert.deepEqual(told.find((row) => row[1] === "Titel"), ["hand@firma.se", "Titel", "Helt utan", "Nu med kontakt"]);
  assert.deepEqual(told.find((row) => row[1] === "Ärendetyp")?.slice(2), ["", "Beställning"]);
  assert.match(textOf(await page("C2")), /Historik.*Helt utan.*Nu med kontakt/s);
  assert.doesNotMatch(textOf((await kim.get("/cases/C2")).text), /hand@firma/);
  const again = await (await open("C2")).send({});
  assert.equal(again.status, 303);
  assert.equal(changes("C2").length, told.length, "nothing changed, nothing told");
  assert.equal((await (await open("C2")).send({ primary_contact: "", contacts: "P2" })).status, 303);
  assert.equal((await kim.get("/cases/C2")).status, 404);
});

test("a fault is shown beside its field, and everything typed stays", async () => {
  const form = await open("C1");
  const answer = await form.send({ title: "", customer: "X9", object: "X8", contacts: "P1\r\nX7", primary_contact: "X6",
    extra_floor: "tre", type: "saknas", description: "behåll mig" });
  assert.equal(answer.status, 400);
  for (const name of ["title", "customer", "object", "contacts", "primary_contact", "extra_floor", "type"]) assert.ok(
    errorOf(answer.text, name), name);
  assert.equal(valueOf(answer.text, "customer"), "X9");
  assert.ok(answer.text.includes("behåll mig"));
  assert.match(textOf(await page("C1")), /Läckande kran/);
  assert.equal((await form.send({ csrf_token: "x" })).status, 403);
});

test("when two people change the same thing, the second sees the other change and keeps what they typed", async () => {
  const other = (await staffClient(portal, "andra@firma.se", "handler")).client;
  const [first, second] = [await open("C1", other), await open("C1")];
  assert.equal((await first.send({ title: "Ny titel", reporter: "Pelle" })).status, 303);
  const refused = await second.send({ title: "Min titel", your_reference: "Min ref" });
  assert.equal(refused.status, 409);
  assert.match(textOf(refused.text), /Vad andra ändrat.*andra@firma\.se: Titel: Läckande kran Ny titel/s);
  assert.equal(valueOf(refused.text, "title"), "Min titel");
  assert.equal(valueOf(refused.text, "your_reference"), "Min ref");
  assert.equal(valueOf(refused.text, "reporter"), "Pelle", "an untouched field is as it is now");
  assert.equal((await staff.submit(refused, {}, { form: "/staff/cases/C1/edit" })).status, 303);
  assert.deepEqual(portal.sql("SELECT title, your_reference, reporter FROM cases WHERE number = 'C1'"),
    [["Min titel", "Min ref", "Pelle"]]);
});

test("notes are for staff alone", async () => {
  assert.equal((await staff.postForm("/staff/cases/C1/notes", { note: "Hemlig <b>notis</b>" }, [], "/staff/cases/C1"))
    .status, 303);
  const html = await page("C1");
  assert.ok(html.includes("Hemlig &lt;b&gt;notis&lt;/b&gt;"));
  const empty = await staff.postForm("/staff/cases/C1/notes", { note: " " }, [], "/staff/cases/C1");
  assert.equal(empty.status, 400);
  assert.ok(errorOf(empty.text, "note"));
  const long = await staff.postForm("/staff/cases/C1/notes", { note: "x".repeat(10001) }, [], "/staff/cases/C1");
  assert.equal(long.status, 400);
  assert.ok(long.text.includes("x".repeat(10001)));
  const eken = portal.client();
  assert.equal((await eken.login("eken", PASSWORD)).status, 303);
  for (const path of ["/", "/cases", "/cases/C1", "/cases/C1/actions", "/cases.csv",
    "/cases?q=hemlig"]) assert.doesNotMatch((await eken.get(path)).text, /notis/, path);
  const eva = await portal.run("export", `${portal.folder}/ut`);
  assert.equal(eva.code, 0, eva.stderr);
});

test("a case without work orders is started, finished and opened again by hand", async () => {
  const set = async (state, version) => staff.post("/staff/cases/C1/state", { csrf_token: await staff.token(
    "/staff/cases/C1"), state, version: version ?? valueOf(await page("C1"), "version") });
  assert.equal((await set("finished")).status, 303);
  assert.deepEqual(
    portal.sql("SELECT status, CASE WHEN finished IS NULL THEN 'no' ELSE 'yes' END FROM cases WHERE number = 'C1'"),
      [["2", "yes"]]);
  assert.equal((await set("started")).status, 303);
  assert.deepEqual(
    portal.sql("SELECT status, CASE WHEN finished IS NULL THEN 'no' ELSE 'yes' END FROM cases WHERE number = 'C1'"),
      [["1", "no"]]);
  assert.equal((await set("finished", "1")).status, 409);
  assert.equal((await set("nonsens")).status, 400);
  assert.deepEqual(changes("C1").filter((row) => row[1] === "Status").map((row) => row.slice(2)),
    [["Ej påbörjat", "Avslutat"], ["Avslutat", "Påbörjat"]]);
  const check = await portal.run("check");
  assert.equal(check.code, 0, check.stdout + check.stderr);
});

test("which attachments the portal shows is decided here", async () => {
  const eken = portal.client();
  assert.equal((await eken.login("eken", PASSWORD)).status, 303);
  const made = await eken.postForm("/cases/new", { title: "Med fil", reporter: "Eken" },
    [{ field: "attachments", name: "läs.txt", bytes: Buffer.from("Hej\n"), type: "text/plain" }]);
  assert.equal(made.status, 303, textOf(made.text));
  const number = portal.sql("SELECT number FROM cases ORDER BY id DESC LIMIT 1")[0][0];
  const key = portal.sql("SELECT key FROM file ORDER BY id DESC LIMIT 1")[0][0];
  const path = `/staff/cases/${number}/attachments/${key}`;
  const got = await staff.get(linkOf(await page(number), "läs.txt"));
  assert.equal(got.text, "Hej\n");
  assert.match(got.headers.get("content-security-policy"), /sandbox/);
  assert.equal((await staff.postForm(path, { visible: "no" }, [], `/staff/cases/${number}`)).status, 303);
  assert.doesNotMatch((await eken.get(`/cases/${number}`)).text, /läs\.txt/);
  assert.match(textOf(await page(number)), /Syns inte i portalen/);
  assert.equal((await staff.postForm(path, { visible: "yes" }, [], `/staff/cases/${number}`)).status, 303);
  assert.match((await eken.get(`/cases/${number}`)).text, /läs\.txt/);
  assert.equal((await staff.postForm(path, { visible: "kanske" }, [], `/staff/cases/${number}`)).status, 400);
  assert.equal((await staff.postForm(`/staff/cases/C1/attachments/${key}`, { visible: "no" }, [],
    `/staff/cases/${number}`)).status, 404);
});

test("an import that changes a case makes open forms older ones", async () => {
  for (const [name, text] of [["cases.csv", "number,title,created\n2026/4,Ur inläsningen,2026-03-04T08:00:00\n"],
    ["work_orders.csv", "number,case,title,created\nW-9,2026/4,Ny,2026-03-05T08:00:00\n"],
      ["article_rows.csv", "number,case,date,title,article_type,quantity\nR-9,2026/4,2026-03-05,Ny,other,1\n"]]) {
    const form = await open("2026~14");
    await portal.importFiles({ [name]: text });
    assert.equal((await form.send({ reporter: name })).status, 409, name);
    const again = await open("2026~14");
    await portal.importFiles({ [name]: text });
    assert.equal((await again.send({ reporter: name })).status, 303, `${name} changed nothing`);
  }
});
