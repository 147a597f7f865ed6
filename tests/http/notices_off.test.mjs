// Mails about cases that the settings turn off, and settings that are wrong.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makePortal, startPortal } from "./harness.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";

test("what the installation does not send is neither sent nor offered as a choice", async () => {
  const portal = await startPortal({
    config: "[notifications]\nreceipt = no\nbooking = no\nfinish = no\nmessage = no\n",
    files: {
      "contacts.csv": "number,first_name,last_name,email\nP1,Kim,Ek,kim@x.se\n",
      "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\n`,
      "cases.csv": "number,title,primary_contact,created\nC1,Kran,P1,2026-03-01T08:00:00\n",
    },
  });
  try {
    const kim = portal.client();
    await kim.login("kim@x.se", PASSWORD);
    const staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
    assert.equal((await kim.postForm("/cases/new", { title: "x", description: "x" })).status, 303);
    assert.equal((await staff.postForm("/staff/cases/C1/messages", { message: "Hej" }, [], "/staff/cases/C1")).status,
      303);
    assert.equal((await staff.postForm("/staff/cases/C1/work-orders/new",
      { version: "1", title: "x", booked_from: "2036-12-04T09:00" })).status, 303);
    assert.deepEqual(portal.sql("SELECT recipient FROM mail"), []);
    assert.doesNotMatch((await kim.get("/account")).text, /Mejl om ärenden/);
  } finally {
    await portal.stop();
  }
});

test("a setting with a bad address is reported before anything is served", async () => {
  const portal = await makePortal({ config: "[notifications]\nstaff_new_case = jour@firma.se, ingen\n" });
  const done = await portal.run("check");
  assert.equal(done.code, 1);
  assert.match(done.stdout + done.stderr, /kundportal\.ini:2: staff_new_case must be mail addresses, found "ingen"/);
  portal.database.drop();
});
