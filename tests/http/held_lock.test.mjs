// Somebody writes for a long time: others who want to write wait, and everybody who only reads goes on.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ENGINE, startPortal, waitFor } from "./harness.mjs";
import { readRoutes } from "./permissions.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Kanel-bulle-7";
const PLACES = 4; // for those who write, beside 8 for those who read
let portal, anna, chief;
before(async () => {
  portal = await startPortal({ files: {
    "customers.csv": "number,name\nK1,Brf Eken\n",
    "contacts.csv": "number,first_name,last_name,email,customers\nP1,Anna,Alm,anna@example.com,K1\n",
    "accounts.csv": `email,password,verified\nanna@example.com,${PASSWORD},yes\nbo@example.com,${PASSWORD},yes\n`,
    "cases.csv": "number,title,customer,created\nC1,Kran,K1,2026-03-01T08:00:00\n",
  } });
  anna = portal.client();
  await anna.login("anna@example.com", PASSWORD);
  chief = (await staffClient(portal, "chef@firma.se", "administrator")).client;
  const said = await chief.postForm("/staff/cases/C1/messages", { message: "Vi kommer i morgon.", seen: "0" }, [],
    "/staff/cases/C1");
  assert.equal(said.status, 303, said.text);
});
after(() => portal?.stop());

const statuses = async (requests) => (await Promise.all(requests)).map((answer) => answer.status);
const times = (n, make) => Array.from({ length: n }, (_, i) => make(i));

test("pages and the answer to whether it is alive do not wait for many who wait to write", async () => {
  const visitors = times(24, () => portal.client());
  const tokens = await Promise.all(visitors.map((visitor) => visitor.token("/login")));
  const held = await portal.hold("login", "name = 'bo@example.com'");
  const logins = visitors.map((visitor, i) =>
    visitor.post("/login", { csrf_token: tokens[i], username: "bo@example.com", password: PASSWORD }));
  await portal.metric("kundportal_database_writers", PLACES);
  const pages = ["/", "/cases", "/cases/C1", "/files", "/account"];
  assert.deepEqual(await statuses(times(20, (i) => anna.get(pages[i % pages.length]))), times(20, () => 200));
  assert.deepEqual(await statuses(times(8, () => chief.get("/staff/cases"))), times(8, () => 200));
  assert.deepEqual(await statuses(times(8, () => portal.client().get("/healthz"))), times(8, () => 200));
  await held.release();
  for (const status of await statuses(logins)) assert.ok([303, 503].includes(status), `${status}`);
});

test("what a page writes besides, such as which message was seen, is left for the next time",
  { skip: ENGINE !== "sqlite" }, async () => {
  portal.sql("DELETE FROM message_seen");
  const held = await portal.hold();
  assert.deepEqual(await statuses(times(16, () => anna.get("/cases/C1"))), times(16, () => 200));
  await held.release();
  // The processes of the portal write now and then too, and then it is left once more.
  await waitFor("the message to be noted as seen", async () => {
    assert.equal((await anna.get("/cases/C1")).status, 200);
    return portal.sql("SELECT count(*) FROM message_seen")[0][0] === "1";
  });
});

// A download of personal data was refused when a mail was noted as sent at the same moment.
test("what is read by staff and noted in the audit waits for those who write, and is not refused", async () => {
  const numbers = { cases: "C1", contacts: "P1", customers: "K1", preview: "login", dashboards: "cases" };
  const paths = readRoutes().filter(({ method, path }) => method === "GET" && path.startsWith("/staff"))
    .map(({ path }) => path.replace(/([a-z]+)\/\{[a-z]+\}/g, (_, folder) => `${folder}/${numbers[folder] ?? "1"}`)
      .replace(/\{[a-z]+\}/g, "1"));
  assert.ok(paths.includes("/staff/contacts/P1/personal-data.json"));
  const held = await portal.hold("audit");
  const answers = Promise.all([...paths, "/staff/configuration/preview/login?as=anna%40example.com"]
    .map(async (path) => `${path} ${(await chief.get(path)).status}`));
  for (const path of ["/staff", "/staff/cases", "/staff/cases/C1"]) await chief.get(path);
  await held.release();
  assert.deepEqual((await answers).filter((told) => told.endsWith(" 503")), []);
});

test("an import is tried without holding up those who write, nor waiting for them", async () => {
  const folder = join(portal.folder, "try");
  mkdirSync(folder);
  writeFileSync(join(folder, "customers.csv"), "number,name\nK1,Brf Asken\nK2,Brf Björken\n");
  const held = await portal.hold("customer", "number = 'K9'");
  const run = await portal.run("import", "--dry-run", folder);
  await held.release();
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /customers\.csv/);
  assert.deepEqual(portal.sql("SELECT number, name FROM customer"), [["K1", "Brf Eken"]]);
  assert.deepEqual(readdirSync(join(portal.data, "tmp")).filter((name) => name.startsWith("try-")), []);
});
