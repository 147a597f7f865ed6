// Numbers and texts that are kept instead of counted for each page are right after each way to change what they come
// from: the numbers of the menu and of the chips, and what a card says of the work.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal, waitFor } from "./harness.mjs";
import { cardsOf, menuNumber, textOf } from "./html.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
const files = {
  "customers.csv": "number,name\nK1,Brf Eken\n",
  "objects.csv": "number,name,customer\nO1,Lgh 2,K1\n",
  "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\nP2,Bo,Al,bo@x.se,K1\n",
  "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\nbo@x.se,${PASSWORD},yes\n`,
  "articles.csv": "number,name,article_type,unit,unit_price\nA1,Arbetstid,time,tim,500\n",
  "cases.csv": "number,title,status,customer,object,created,started,finished\n"
    + "C1,Hiss,finished,K1,O1,2024-02-05T08:00,2024-02-06T08:00,2024-02-07T08:00\n"
    + "C2,Port,finished,K1,O1,2024-02-05T09:00,2024-02-06T08:00,2024-02-07T08:00\n"
    + "C3,Larm,not_started,K1,O1,2024-02-05T10:00,,\n",
  "work_orders.csv": "number,case,title,status,created,started,finished\n"
    + "W1,C1,Byte,finished,2024-02-05T09:00,2024-02-06T08:00,2024-02-07T08:00\n",
  "article_rows.csv": "number,case,article,date,description,article_type,quantity,status\n"
    + "R1,C1,A1,2024-02-06,Felsökt,time,1,attested\nR2,C2,A1,2024-02-06,Smort,time,1,editable\n",
  "invoice_specifications.csv": "number,customer,title,status,rows\nF1,K1,Februari,draft,R1\n",
};

let portal, kim, bo, staff;
before(async () => {
  portal = await startPortal({ files });
  [kim, bo] = [portal.client(), portal.client()];
  assert.equal((await kim.login("kim@x.se", PASSWORD)).status, 303);
  assert.equal((await bo.login("bo@x.se", PASSWORD)).status, 303);
  staff = (await staffClient(portal, "chef@firma.se", "administrator")).client;
});
after(() => portal?.stop());

const sound = async (answer) => assert.ok([200, 303].includes((await answer).status), textOf((await answer).text));
const numbers = async (client) => {
  const page = (await client.get("/account")).text;
  return [menuNumber(page, "/cases"), menuNumber(page, "/invoices")];
};
const done = async () => Object.fromEntries(cardsOf((await kim.get("/cases")).text)
  .map((card) => [card.number, card.state.replaceAll("\u00a0", " ").replace(/^Klart (?:[^:]*: )?/, "")]));
async function check() {
  const checked = await portal.run("check");
  assert.equal(checked.code, 0, checked.stdout + checked.stderr);
}
const load = (changed) => portal.importFiles(changed);

test("the number of unread messages moves when staff write, when it is read, and for each login", async () => {
  assert.deepEqual([await numbers(kim), await numbers(bo)], [[0, 0], [0, 0]]);
  await sound(staff.submit("/staff/cases/C1", { message: "Vi kommer igen." }));
  assert.deepEqual([await numbers(kim), await numbers(bo)], [[1, 0], [1, 0]]);
  await sound(staff.submit("/staff/cases/C3", { message: "Ring oss." }));
  assert.deepEqual(await numbers(kim), [2, 0]);
  // What is seen is noted only when nobody else writes, and else at the next look.
  await waitFor("the message to be seen", async () => {
    await kim.get("/cases/C1");
    return (await numbers(kim))[0] === 1;
  });
  assert.deepEqual([await numbers(kim), await numbers(bo)], [[1, 0], [2, 0]]);
  await sound(bo.submit("/cases/C3", { message: "Vi ringer." }, { form: "/cases/C3/messages" }));
  assert.deepEqual([await numbers(kim), await numbers(bo)], [[0, 0], [1, 0]], "the customers had the last word");
});

test("it follows the links between contacts and customers", async () => {
  await sound(staff.submit("/staff/cases/C2", { message: "Klart." }));
  assert.equal((await numbers(bo))[0], 2);
  await load({ "contacts.csv": "number,customers\nP2,\n" });
  assert.equal((await numbers(bo))[0], 0);
  await load({ "contacts.csv": "number,customers\nP2,K1\n" });
  assert.equal((await numbers(bo))[0], 2);
});

test("the number of specifications moves with each step of staff, each decision, and each changed row", async () => {
  const step = async (act) =>
    staff.sure(await staff.submit("/staff/invoices/F1", {}, { form: `/staff/invoices/F1/${act}` }));
  assert.equal((await numbers(kim))[1], 0);
  await sound(step("publish"));
  assert.deepEqual([(await numbers(kim))[1], (await numbers(bo))[1]], [1, 1]);
  await sound(step("withdraw"));
  assert.equal((await numbers(kim))[1], 0);
  await sound(step("publish"));
  await sound(kim.submit("/invoices/F1/approve", {}, { form: "/invoices/F1/approve" }));
  assert.deepEqual([(await numbers(kim))[1], (await numbers(bo))[1]], [0, 0]);
  await load({ "article_rows.csv": "number,case,article,quantity\nR1,C1,A1,2\n" });
  assert.deepEqual([(await numbers(kim))[1], (await numbers(bo))[1]], [1, 1], "the row changed after the decision");
});

test("a card says what was done after each way to change the work", async () => {
  const row = { article: "A1", date: "2024-02-08", quantity: "1", description: "Bytt kort" };
  assert.deepEqual(await done(), { C1: "Felsökt", C2: "Smort", C3: (await done()).C3 });
  await sound(staff.submit("/staff/cases/C1/rows/new", row));
  assert.equal((await done()).C1, "Bytt kort");
  const made = portal.sql("SELECT number FROM article_row WHERE description = 'Bytt kort'")[0][0];
  await sound(staff.submit(`/staff/cases/C1/rows/${made}`, { description: "Bytt styrkort" }));
  assert.equal((await done()).C1, "Bytt styrkort");
  await load({ "article_rows.csv": `number,case,status\n${made},C1,cancelled\n` });
  assert.equal((await done()).C1, "Felsökt");
  await load({ "article_rows.csv": "number,case\nR2,C1\n" });
  assert.deepEqual([(await done()).C1, (await done()).C2], ["Smort", "ons 7 feb 2024"]);
  await load({ "article_rows.csv": "number,case\nR2,C2\n", "work_orders.csv": "number,case,title\nW1,C1,Översyn\n" });
  assert.deepEqual([(await done()).C1, (await done()).C2], ["Felsökt", "Smort"]);
  await check();
});
