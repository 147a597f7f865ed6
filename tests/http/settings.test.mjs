// Settings that take something out of the portal: pages and kinds of login that are off, the time of dashboards,
// comments of decisions.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, linkOf, valueOf } from "./html.mjs";

const PASSWORD = "Ekollon-2026";
const files = {
  "customers.csv": `number,name,login\nA,Brf Aspen,aspen/${PASSWORD}\n`,
  "objects.csv": `number,name,customer,login\nO1,Hus 1,A,hus/${PASSWORD}\n`,
  "contacts.csv": "number,first_name,last_name,email,customers\nK1,Bo,Ek,bo@x.se,A\n",
  "accounts.csv": `email,password,verified\nbo@x.se,${PASSWORD},yes\n`,
  "cases.csv": "number,title,customer,object,created\nC1,Kran,A,O1,2026-03-01T08:00:00\n",
  "invoice_specifications.csv": "number,customer,title,status,rows\nF-1,A,Tom,awaiting_approval,\n",
};

let bare, whole;
before(async () => {
  [bare, whole] = await Promise.all([
    startPortal({ files,
      config: "[pages]\nnew_case = no\nactions = no\ninvoices = no\nfiles = no\ndashboards = no\n" }),
    startPortal({ files,
      config: "[logins]\ncontact = yes\ncustomer = no\nobject = no\n[dashboards]\nmonths = 12\n[invoices]\n"
        + "reject_comment = no\n" }),
  ]);
});
after(() => Promise.all([bare?.stop(), whole?.stop()]));

async function login(portal, name = "bo@x.se") {
  const client = portal.client();
  const answer = await client.login(name, PASSWORD);
  return { client, answer };
}

test("a page that is off has no address that answers and no link to it", async () => {
  const { client } = await login(bare);
  for (const path of ["/cases/new", "/cases/new/objects", "/cases/C1/actions", "/cases/C1/actions.csv", "/invoices",
    "/invoices.csv", "/invoices/F-1",
    "/invoices/F-1/approve", "/files", "/files.zip", "/dashboards", "/dashboards/cases", "/dashboards/cases.csv"])
    assert.equal((await client.get(path)).status, 404, path);
  const token = await client.token("/account");
  for (const path of ["/cases/new", "/cases/draft", "/invoices/F-1/approve"])
    assert.equal((await client.post(path, { csrf_token: token, title: "x" })).status, 404, path);
  for (const path of ["/", "/cases", "/cases/C1", "/account"]) {
    const page = await client.get(path);
    assert.equal(page.status, 200, path);
    assert.doesNotMatch(page.text, /href="\/(cases\/new|invoices|files|dashboards|cases\/C1\/actions)/, path);
  }
});

test("kinds of login that are off answer like a wrong password", async () => {
  const wrong = await whole.client().login("aspen", "fel");
  for (const name of ["aspen", "hus"]) {
    const { client, answer } = await login(whole, name);
    assert.equal(answer.status, 401);
    assert.equal(answer.text.replace(/value="[^"]*"/g, ""), wrong.text.replace(/value="[^"]*"/g, ""));
    assert.equal((await client.get("/cases")).status, 303);
  }
  assert.equal((await login(whole)).answer.status, 303);
});

test("dashboards begin with the time of the settings", async () => {
  const { client } = await login(whole);
  const page = (await client.get("/dashboards/cases")).text;
  const from = new Date(valueOf(page, "from")), to = new Date(valueOf(page, "to"));
  assert.equal((to.getFullYear() - from.getFullYear()) * 12 + to.getMonth() - from.getMonth(), 12);
});

test("a rejection needs no reason where the settings say so", async () => {
  const { client } = await login(whole);
  const page = await client.get("/invoices/F-1/reject");
  assert.doesNotMatch(/<textarea[^>]*name="comment"[^>]*>/.exec(page.text)[0], /required/);
  const answer = await client.submit(page, { comment: "" });
  assert.equal(answer.status, 303, errorOf(answer.text, "comment"));
  assert.ok(linkOf((await client.get("/")).text, "Fakturaspecifikationer"));
});

test("the last kind of login cannot be turned off", async () => {
  const done = await bare.run("check", "--config", "/dev/null");
  assert.equal(done.code, 0, done.stderr);
  const { writeFileSync } = await import("node:fs");
  const file = `${bare.folder}/none.ini`;
  writeFileSync(file, "[logins]\ncontact = no\ncustomer = no\nobject = no\n");
  const refused = await bare.run("check", "--config", file);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /none\.ini:2: at least one kind of login/);
});
