// The audit of what customers do: logins, refusals, new passwords, files taken away, decisions. And what it must not
// hold.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
let portal, kim;
before(async () => {
  portal = await startPortal({ files: {
    "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\n`,
    "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\n",
    "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\n`,
    "cases.csv": "number,title,customer,created\nC1,Kran,K1,2026-03-01T08:00:00\n",
    "invoice_specifications.csv": "number,customer,title,status,rows\nF-1,K1,Mars,awaiting_approval,\n"
      + "F-2,K1,April,awaiting_approval,\n",
  } });
  kim = portal.client();
  assert.equal((await kim.login(" KIM@x.se", PASSWORD)).status, 303);
});
after(() => portal?.stop());

const audit = (action) =>
  portal.sql(`SELECT kind, who, subject, detail FROM audit WHERE action = '${action}' ORDER BY id`);

test("logging in and out is kept, of every kind of login", async () => {
  const eken = portal.client();
  assert.equal((await eken.login("eken", PASSWORD)).status, 303);
  assert.equal((await eken.logout()).status, 303);
  assert.deepEqual(audit("login").map((row) => row.slice(0, 2)), [["login", "kim@x.se"], ["login", "eken"]]);
  assert.deepEqual(audit("logout").map((row) => row.slice(0, 2)), [["login", "eken"]]);
  assert.equal(portal.sql("SELECT COUNT(*) FROM audit WHERE client = '127.0.0.1'")[0][0], "3");
});

test("a refusal names a login that exists, and nothing else that was typed", async () => {
  const stranger = portal.client();
  assert.equal((await stranger.login("eken", "fel-lösen")).status, 401);
  assert.equal((await stranger.login("MittHemligaLösen", "fel")).status, 401);
  assert.deepEqual(audit("login_refused").map((row) => row[1]), ["eken", "?"]);
  assert.equal(
    portal.sql("SELECT COUNT(*) FROM audit WHERE lower(who || subject || detail) LIKE '%hemliga%' OR detail LIKE "
      + "'%fel-%'")[0][0], "0");
});

test("lists taken away are kept with what was chosen", async () => {
  for (const path of ["/cases.csv?q=kran&status=open", "/invoices.xlsx",
    "/dashboards/cases.csv"]) assert.equal((await kim.get(path)).status, 200, path);
  await kim.get("/cases");
  await portal.client().get("/cases.csv");
  assert.deepEqual(audit("export"),
    [["login", "kim@x.se", "/cases.csv", "q=kran&status=open"], ["login", "kim@x.se", "/invoices.xlsx", ""],
    ["login", "kim@x.se", "/dashboards/cases.csv", ""]]);
});

test("decisions and new passwords are kept", async () => {
  assert.equal((await kim.postForm("/invoices/F-1/approve")).status, 303);
  assert.equal((await kim.postForm("/invoices/F-2/reject", { comment: "Nej" })).status, 303);
  assert.deepEqual(audit("specification_approved").map((row) => row.slice(0, 3)), [["login", "kim@x.se", "F-1"]]);
  assert.deepEqual(audit("specification_rejected").map((row) => row.slice(0, 3)), [["login", "kim@x.se", "F-2"]]);
  const changed = await kim.postForm("/account/password", { current: PASSWORD, current_password: PASSWORD,
    password: "Annat-2026", new_password: "Annat-2026" }, [], "/account");
  assert.equal(changed.status, 303, changed.text);
  assert.deepEqual(audit("password_changed").map((row) => row[1]), ["kim@x.se"]);
});

test("administrators find it all", async () => {
  const { client } = await staffClient(portal, "chef@firma.se", "administrator");
  const csv = (await client.get("/staff/audit.csv?q=kim")).text;
  for (const action of ["login", "export", "specification_approved", "password_changed"]) assert.match(csv,
    new RegExp(`,${action},`));
  assert.match((await client.get("/staff/audit")).text, /staff\/audit\.csv|export/);
  assert.deepEqual(audit("export").at(-1).slice(0, 3), ["staff", "chef@firma.se", "/staff/audit.csv"]);
});
