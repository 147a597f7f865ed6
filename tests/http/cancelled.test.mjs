// Cancelled cases and work orders (domain 2.8): what staff do, what follows, and what customers see of it with the
// setting and without it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ENGINE, startPortal } from "./harness.mjs";
import { errorOf, selectOf, tableOf, textOf, valueOf } from "./html.mjs";
import { staffClient, submitSurely } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
const CASES = ["Dold", "Order", "Åter", "Första", "Andra", "Främmande", "Bokad", "Hand", "Klar", "Bytt", "Utan hus",
  "På huset", "Förr"];
const LINKS = { Främmande: "K2,,P1", "Utan hus": "K1,,P1", Andra: "K1,O1,P2" }; // customer, object, contact
const FILES = {
  "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\nK2,Brf Asken,\n`,
  "objects.csv": `number,name,customer,login\nO1,Hus 1,K1,hus/${PASSWORD}\n`,
  "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\nP2,Bo,Gran,bo@x.se,\n",
  "accounts.csv": `email,password,verified,language\nkim@x.se,${PASSWORD},yes,sv\nbo@x.se,${PASSWORD},yes,sv\n`,
  "cases.csv": "number,title,customer,object,primary_contact,created\n" + CASES.map((title, i) =>
    `C${i + 1},${title},${LINKS[title] ?? "K1,O1,P1"},`
    + `2026-03-0${1 + (i % 9)}T08:00:00\n`).join(""),
};

// The same company twice: one hides what is cancelled, the other shows it.
const portals = {};
before(async () => {
  for (const shown of [false, true]) {
    const portal = await startPortal({ files: FILES,
      config: `[cases]\nshow_cancelled = ${shown ? "yes" : "no"}\n[notifications]\nbooking_wait_seconds = 3600\n`
        + "[mail]\nsmtp_url = smtp://127.0.0.1:9\nfrom = portal@x.se\n" }); // nobody answers, so mails stay
    const kim = portal.client(), bo = portal.client(), eken = portal.client();
    portals[shown ? "shows" : "hides"] = { portal, kim, bo, eken,
      staff: (await staffClient(portal, "hand@firma.se", "handler")).client };
    for (const [client, name] of [[kim, "kim@x.se"], [bo, "bo@x.se"], [eken, "eken"]])
      assert.equal((await client.login(name, PASSWORD)).status, 303, name);
  }
});
after(() => Promise.all(Object.values(portals).map(({ portal }) => portal.stop())));

const staffPath = (number) => `/staff/cases/${number}`;
async function saved(staff, from, fields, form) {
  const answer = await staff.submit(from, fields, { form });
  assert.equal(answer.status, 303, textOf(answer.text));
}
const cancel = (staff, number, fields) => saved(staff, `${staffPath(number)}/cancel`, fields);
const addOrder = (staff, number, fields) => {
  const path = `${staffPath(number)}/work-orders/new`;
  return saved(staff, path, fields, path);
};
const stored = (portal, number) =>
  portal.sql(`SELECT status, started, finished, booked, cancel_reason FROM cases WHERE number = '${number}'`)[0]
    .map((one) => (one === "" ? null : one));
const sound = async (portal) => {
  const checked = await portal.run("check");
  assert.equal(checked.code, 0, checked.stdout + checked.stderr);
};
const CHR = ENGINE === "postgres" ? "chr" : "char";
const flat = (column) => `replace(replace(${column}, ${CHR}(13), ''), ${CHR}(10), '¶')`;
const mails = (portal, to) =>
  portal.sql(`SELECT subject, ${flat("body")}, ${flat("calendar")} FROM mail WHERE recipient = '${to}' ORDER BY id`);
const forget = (portal) => portal.sql("DELETE FROM mail");
const found = async (client, query = "") =>
  (await client.get(`/cases.csv?${query}`)).text.trim().split("\r\n").slice(1).map((line) => line.split(",")[0]);

for (const [kind, shown] of [["hides", false], ["shows", true]]) {
  test(`a cancelled case is ${shown ? "shown" : "hidden"} on every path of customers, and counts nowhere`, async () => {
    const { portal, staff, kim, eken } = portals[kind];
    await addOrder(staff, "C1", { title: "Byt", booked_from: "2027-03-03T09:00", booked_to: "2027-03-03T11:00" });
    await saved(kim, "/cases/C1", { message: "Hej" });
    forget(portal);
    await cancel(staff, "C1", { reason: "Hyresgästen har flyttat" });
    assert.deepEqual(stored(portal, "C1").slice(0, 5), ["3", null, null, null, "Hyresgästen har flyttat"]);
    for (const client of [kim, eken]) {
      for (const path of ["/cases/C1", "/cases/C1/actions", "/cases/C1/actions.csv"])
        assert.equal((await client.get(path)).status, shown ? 200 : 404, path);
      assert.equal((await found(client)).includes("C1"), shown, "the list");
      assert.equal((await found(client, "q=Dold")).includes("C1"), shown, "the search");
      assert.deepEqual(await found(client, "status=cancelled"), shown ? ["C1"] : []);
      assert.ok(!(await found(client, "status=open")).includes("C1"));
      assert.ok(!(await found(client, "status=finished")).includes("C1"));
    }
    const offered = selectOf((await kim.get("/cases")).text, "status");
    assert.equal(JSON.stringify(offered).includes("Makulerat"), shown, "the choices of the filter");
    const list = textOf((await kim.get("/cases")).text);
    const counted = (await found(kim)).length;
    assert.match(list, new RegExp(`Klara 0.*Alla ${counted}`), "the chips");
    assert.doesNotMatch(textOf((await kim.get("/")).text), /Dold/, "the start page");
    assert.doesNotMatch(textOf((await kim.get("/objects/O1")).text), /Dold/, "the page of its object");
    const board = (await kim.get("/dashboards/cases.csv?from=2026-03-01&to=2026-03-31")).text;
    assert.doesNotMatch(board, /\bC1\b/, "the dashboard of cases");
    assert.doesNotMatch((await kim.get("/dashboards/work-orders.csv")).text, /C1-1/, "the dashboard of work orders");
    if (shown) {
      const page = textOf((await kim.get("/cases/C1")).text);
      assert.match(page, /Makulerat: Hyresgästen har flyttat/);
      assert.match(page, /Byt Makulerad/, "its work order counts as cancelled");
      assert.doesNotMatch(page, /Passar inte tiden|Inte ännu/);
    }
    await sound(portal);
  });

  test(`the people of a booking learn that nobody comes, when cancelled cases are ${shown ? "shown" : "hidden"}`,
    async () => {
      const { portal, staff } = portals[kind];
      await addOrder(staff, "C7", { title: "Byt", booked_from: "2027-03-03T09:00", booked_to: "2027-03-03T11:00" });
      const [[, , booked]] = mails(portal, "kim@x.se").slice(-1);
      const uid = /UID:(\S+?)¶/.exec(booked)[1];
      forget(portal);
      await cancel(staff, "C7", { reason: "Ångrat sig" });
      const [[subject, body, calendar], ...more] = mails(portal, "kim@x.se");
      assert.equal(more.length, 0);
      assert.match(subject, shown ? /^Ärende C7 är makulerat/ : /^Ärende C7 har ingen bokad tid längre/);
      assert.equal(/Skäl: Ångrat sig/.test(body), shown);
      assert.equal(body.includes("/cases/C7"), shown, "a link only to what they may open");
      assert.match(calendar, /METHOD:CANCEL/);
      assert.ok(calendar.includes(`UID:${uid}`));
    });
}

test("a booking that is over is not mailed as news, nor named beside one that comes", async () => {
  const { portal, staff } = portals.hides;
  const path = `${staffPath("C13")}/work-orders/new`;
  forget(portal);
  for (const fields of [{ booked_from: "2026-03-04T09:00", booked_to: "2026-03-04T11:00" },
    { booked_from: "2026-03-04T09:00" }])
    assert.equal((await submitSurely(staff, path, { title: "Länge sedan", ...fields }, { form: path })).status, 303);
  assert.deepEqual(mails(portal, "kim@x.se"), []);
  await addOrder(staff, "C13", { title: "Snart", booked_from: "2036-03-04T09:00" });
  const [[, body, calendar]] = mails(portal, "kim@x.se");
  assert.match(body, /Snart/);
  assert.doesNotMatch(body + calendar, /Länge sedan/);
  const order = `${staffPath("C13")}/work-orders/C13-3`;
  forget(portal);
  const moved = await submitSurely(staff, order, { booked_from: "2026-03-05T09:00" }, { form: order });
  assert.equal(moved.status, 303);
  assert.match(mails(portal, "kim@x.se")[0][0], /har ingen bokad tid längre/, "one that came no more is news");
});

test("nobody is mailed about a hidden case that had no booking", async () => {
  const { portal, staff } = portals.hides;
  forget(portal);
  await cancel(staff, "C8", { reason: "Fel adress" });
  assert.deepEqual(mails(portal, "kim@x.se"), []);
});

test("a case is not cancelled without a reason, nor twice, nor by the form of its state", async () => {
  const { portal, staff } = portals.shows;
  const path = `${staffPath("C9")}/cancel`;
  const refused = await staff.submit(path, { reason: " ​ " });
  assert.equal(refused.status, 400);
  assert.equal(errorOf(refused.text, "reason"), "Skriv varför det makuleras.");
  const long = await staff.submit(path, { reason: "x".repeat(501) });
  assert.equal(long.status, 400);
  const page = (await staff.get(staffPath("C9"))).text;
  const version = valueOf(page, "version");
  for (const state of ["cancelled", "3", "not_started", ""]) {
    const answer = await staff.postForm(`${staffPath("C9")}/state`, { version, state }, [], staffPath("C9"));
    assert.equal(answer.status, 400, state);
  }
  assert.equal(stored(portal, "C9")[0], "0");
  await cancel(staff, "C9", { reason: "Fel" });
  const again = await staff.postForm(path, { version, reason: "Igen" }, [], staffPath("C9"));
  assert.equal(again.status, 409);
  assert.equal((await staff.get(path)).status, 303, "a cancelled case has no page to cancel it");
  assert.equal(stored(portal, "C9")[4], "Fel");
});

test("a cancelled work order does not hold up its case, and is hidden from customers", async () => {
  for (const { portal, staff, kim } of Object.values(portals)) {
    const shown = portals.shows.portal === portal;
    await addOrder(staff, "C2", { title: "Laga", act: "save" });
    await addOrder(staff, "C2", { title: "Måla", booked_from: "2027-03-03T09:00" });
    const first = `${staffPath("C2")}/work-orders/C2-1`, second = `${staffPath("C2")}/work-orders/C2-2`;
    await saved(staff, first, { act: "finish" }, first);
    assert.equal(stored(portal, "C2")[0], "1");
    forget(portal);
    const refused = await staff.submit(`${second}/cancel`, { reason: "" });
    assert.equal(refused.status, 400);
    await saved(staff, `${second}/cancel`, { reason: "Behövs inte" });
    assert.equal(stored(portal, "C2")[0], "2", "the case is finished");
    assert.equal(stored(portal, "C2")[3], null, "and not booked");
    const page = textOf((await kim.get("/cases/C2")).text);
    assert.equal(/Måla Makulerad/.test(page), shown);
    assert.equal(page.includes("Behövs inte"), shown, "the reason");
    assert.doesNotMatch(page, /2027-03-03/, "its booking");
    const [mail] = mails(portal, "kim@x.se");
    assert.match(mail[0], /C2 är klart|C2 är avslutat/);
    assert.match(mail[2], /METHOD:CANCEL/, "the booking leaves the calendar");
    const locked = (await staff.get(second)).text;
    assert.match(textOf(locked), /Makulerad Behövs inte/);
    assert.doesNotMatch(locked, /name="booked_from"/);
    const changed = await staff.postForm(second, { version: valueOf(locked, "version"), title: "Nytt" }, [], second);
    assert.equal(changed.status, 409);
    await saved(staff, second, {}, `${second}/reopen`);
    assert.equal(stored(portal, "C2")[0], "1", "opened again, it counts again");
    await saved(staff, first, {}, `${first}/reopen`);
    assert.deepEqual(portal.sql("SELECT status, finished FROM work_order WHERE number = 'C2-1'")[0]
      .map((one) => one || null), ["0", null]);
    await sound(portal);
  }
});

test("a cancelled case is opened again with its work orders, bookings and place in the lists", async () => {
  for (const { portal, staff, kim } of Object.values(portals)) {
    await addOrder(staff, "C3", { title: "Byt", booked_from: "2027-03-03T09:00", started: "2026-03-04T09:00" });
    const was = stored(portal, "C3");
    await cancel(staff, "C3", { reason: "Fel" });
    const order = await staff.postForm(`${staffPath("C3")}/work-orders/new`,
      { title: "Ny", version: valueOf((await staff.get(staffPath("C3"))).text, "version") }, [], staffPath("C3"));
    assert.equal(order.status, 409, "a cancelled case gets no work orders");
    forget(portal);
    await saved(staff, staffPath("C3"), { state: "started" }, `${staffPath("C3")}/state`);
    assert.deepEqual(stored(portal, "C3"), [...was.slice(0, 4), null]);
    assert.ok((await found(kim, "status=open")).includes("C3"));
    assert.match(mails(portal, "kim@x.se")[0][0], /C3 är bokat/, "the booking is announced again");
    const history = textOf((await staff.get(staffPath("C3"))).text);
    assert.match(history, /StatusFöre: Påbörjat Efter: Makulerat/);
    assert.match(history, /StatusFöre: Makulerat Efter: Påbörjat/);
    await sound(portal);
  }
});

test("a duplicate gives its contacts, messages and files to the other case, and both link to each other", async () => {
  for (const { portal, staff, bo } of Object.values(portals)) {
    await saved(bo, "/cases/C5", { message: "Från dubbletten" });
    const path = `${staffPath("C5")}/cancel`;
    for (const [number, fault] of [["C99", /inget ärende/], ["C5", /eget nummer/], ["C6", /annan kund/],
      ["C1", /är makulerat/]]) {
      const refused = await staff.submit(path, { duplicate_of: number });
      assert.equal(refused.status, 400, number);
      assert.match(errorOf(refused.text, "duplicate_of"), fault);
    }
    assert.equal((await bo.get("/cases/C4")).status, 404);
    forget(portal);
    await cancel(staff, "C5", { duplicate_of: "#C4" });
    const other = await bo.get("/cases/C4");
    assert.equal(other.status, 200, "the contact follows the other case");
    assert.match(textOf(other.text), /Från dubbletten/);
    assert.match(textOf((await staff.get(staffPath("C5"))).text), /Dubblett av C4/);
    assert.match(textOf((await staff.get(staffPath("C4"))).text), /Dubbletter av det här ärendet: C5/);
    const [[subject, body]] = mails(portal, "bo@x.se");
    assert.match(subject, /^Ärende C5 fortsätter som ärende C4/);
    assert.match(body, /\/cases\/C4¶/);
    const answer = await bo.get("/cases/C5");
    if (portals.hides.portal === portal) {
      assert.equal(answer.status, 303, "who opens the hidden duplicate is led to the other case");
      assert.match(answer.headers.get("location"), /\/cases\/C4$/);
    } else {
      assert.match(answer.text, /href="\/cases\/C4"/);
    }
    await sound(portal);
  }
});

test("a duplicate leads nobody to a case that they may not see", async () => {
  for (const { portal, staff } of Object.values(portals)) {
    const house = portal.client();
    assert.equal((await house.login("hus", PASSWORD)).status, 303);
    await cancel(staff, "C12", { duplicate_of: "C11" });
    assert.equal((await house.get("/cases/C11")).status, 404, "the original is on no object");
    const answer = await house.get("/cases/C12");
    assert.equal(answer.status, portals.hides.portal === portal ? 404 : 200);
    assert.doesNotMatch(answer.text, /cases\/C11/);
  }
});

test("files have the state, the reason and the original, and come back unchanged", async () => {
  const { portal, staff } = portals.shows;
  const out = await portal.run("export", `${portal.folder}/out`);
  assert.equal(out.code, 0, out.stderr);
  const again = await portal.run("import", `${portal.folder}/out`);
  assert.equal(again.code, 0, again.stderr);
  assert.doesNotMatch(again.stdout, /cases\.csv: [^\n]*[1-9]\d* (new|changed)/);
  const rows = tableOf((await staff.get("/staff/cases?status=cancelled")).text).rows;
  assert.ok(rows.length >= 3);
  await sound(portal);
});

test("an import cancels and opens again, also with work orders", async () => {
  const { portal } = portals.hides;
  const { importFiles } = portal;
  await importFiles.call(portal, { "cases.csv": "number,status,cancel_reason\nC10,cancelled,Ur fil\n",
    "work_orders.csv": "number,case,title,status,created\nC10-1,C10,Byt,started,2026-03-02T08:00:00\n" });
  assert.deepEqual([stored(portal, "C10")[0], stored(portal, "C10")[4]], ["3", "Ur fil"]);
  await importFiles.call(portal, { "cases.csv": "number,status,cancel_reason\nC10,not_started,\n" });
  assert.equal(stored(portal, "C10")[0], "1", "open again, it follows its work orders");
  await importFiles.call(portal, { "work_orders.csv": "number,status\nC10-1,cancelled\n" });
  assert.equal(stored(portal, "C10")[0], "1", "without live work orders it keeps its state");
  await sound(portal);
});
