// [invoices] reject = no: customers can only approve.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { linkOf } from "./html.mjs";

const PASSWORD = "Ekollon-2026";
let portal, bo;
before(async () => {
  portal = await startPortal({ config: "[invoices]\nreject = no\n", files: {
    "customers.csv": "number,name\nA,Brf Aspen\n",
    "contacts.csv": "number,first_name,last_name,email,customers\nK1,Bo,Ek,bo@x.se,A\n",
    "accounts.csv": `email,password,verified\nbo@x.se,${PASSWORD},yes\n`,
    "invoice_specifications.csv": "number,customer,title,status,rows\nF-1,A,Tom,awaiting_approval,\n",
  } });
  bo = portal.client();
  assert.equal((await bo.login("bo@x.se", PASSWORD)).status, 303);
});
after(() => portal?.stop());

test("without rejecting there is neither link nor address", async () => {
  const page = (await bo.get("/invoices/F-1")).text;
  assert.equal(linkOf(page, "Avvisa …"), undefined);
  assert.equal(linkOf(page, "Godkänn …"), "/invoices/F-1/approve");
  assert.equal((await bo.get("/invoices/F-1/reject")).status, 404);
  const answer = await bo.post("/invoices/F-1/reject", { csrf_token: await bo.token("/account"), comment: "Nej" });
  assert.equal(answer.status, 404);
  assert.equal((await bo.postForm("/invoices/F-1/approve")).status, 303);
});
