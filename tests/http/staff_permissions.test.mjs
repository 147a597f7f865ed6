// The table of docs/staff.md, line by line: every address of the staff area as nobody, as each login of customers, and as each role.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { staffClient } from "./staff.mjs";
import { storeFiles } from "./stored.mjs";

const PASSWORD = "Ekollon-2026";
const lines = readFileSync(new URL("../../docs/staff.md", import.meta.url), "utf8").split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim().replaceAll("`", "")))
  .filter((cells) => cells[1]?.startsWith("/staff") && ["GET", "POST"].includes(cells[2]));

let portal;
const clients = {};
before(async () => {
  portal = await startPortal({ files: {
    "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\n`,
    "objects.csv": `number,name,customer,login\nO1,Storgatan 1,K1,hus/${PASSWORD}\n`,
    "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\n",
    "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\n`,
    "invoice_specifications.csv": "number,customer,status\nF1,K1,draft\n",
    "cases.csv": "number,title,customer,object,created\nC1,Kran,K1,O1,2026-03-01T08:00:00\n",
    "articles.csv": "number,name,article_type\nA1,Arbete,time\n",
    "work_orders.csv": "number,case,created\nC1-1,C1,2026-03-01T08:00:00\n",
    "article_rows.csv": "number,case,date,title,quantity\nR1,C1,2026-03-01,Rad,1\n",
  } });
  storeFiles(portal, [{ key: "plan", name: "plan.txt", customer: "K1" }]);
  portal.sql("INSERT INTO config_version (number, at, who, note, text) VALUES (1, 0, 'x', '', '[portal]\nlogo = data:image/png;base64,iVBORw0KGgoAAAAN')");
  clients.administrator = [(await staffClient(portal, "chef@firma.se", "administrator")).client];
  portal.sql("INSERT INTO import_run (id, staff_id, who, created, state) SELECT 1, id, email, 1, 'done' FROM staff");
  clients.handler = [(await staffClient(portal, "hand@firma.se", "handler")).client];
  clients.nobody = [portal.client()];
  clients.customers = [];
  for (const name of ["kim@x.se", "eken", "hus"]) {
    const client = portal.client();
    assert.equal((await client.login(name, PASSWORD)).status, 303);
    client.cookies.set("staff", client.cookies.get("session")); // the wrong kind of session in the cookie of staff
    clients.customers.push(client);
  }
});
after(() => portal?.stop());

async function ask(client, method, path) {
  if (method === "GET") return client.get(path);
  return client.post(path, { csrf_token: await client.token("/staff/account") });
}

test("the table has lines", () => assert.ok(lines.length >= 16));

// What a form without its fields is answered with is the form's business: anything but "no such address" and "log in".
for (const [, path, method, ...wanted] of lines) {
  test(`${method} ${path} is answered to whom docs/staff.md says`, async () => {
    for (const [i, kind] of ["nobody", "customers", "handler", "administrator"].entries()) {
      for (const client of clients[kind]) {
        const answer = await ask(client, method, path);
        const login = (method === "GET" && answer.status === 401) || (answer.status === 303 && answer.headers.get("location").startsWith("/staff/login"));
        const absent = answer.status === 404 && !(kind === "administrator" && path.includes("/999"));
        assert.equal(login ? "login" : absent ? "no" : "yes", wanted[i], `${kind}: ${answer.status}`);
      }
    }
  });
}
