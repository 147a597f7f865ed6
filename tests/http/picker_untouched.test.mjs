// A login with so many customers that the form has a search box for them sent an empty customer from a browser without
// scripts, although nobody had touched the box: the case lost the customer of its object.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { textOf } from "./html.mjs";

const numbers = Array.from({ length: 40 }, (_, i) => i + 1);
let portal, kim;
before(async () => {
  portal = await startPortal({ files: {
    "customers.csv": ["number,name", ...numbers.map((n) => `K${n},Brf ${n}`)],
    "objects.csv": ["number,name,customer", ...numbers.map((n) => `O${n},Hus ${n},K${n}`)],
    "contacts.csv": ["number,first_name,last_name,email,customers",
      `P1,Kim,Ek,kim@x.se,${numbers.map((n) => `K${n}`).join("|")}`],
    "accounts.csv": ["email,password,verified", "kim@x.se,Ekollon-2026,yes"],
  } });
  kim = portal.client();
  await kim.login("kim@x.se", "Ekollon-2026");
});
after(() => portal?.stop());

// Finds the object by the button of its search box, as without scripts; then sends the form with `more`.
async function report(title, n, more) {
  const form = "/cases/new";
  const asked = await kim.submit(form, { title, object_search: `Hus ${n}`, search: "object" }, { form });
  const sent = await kim.submit(asked, { object: `O${n}`, ...more }, { form });
  assert.equal(sent.status, 303, textOf(sent.text));
  return portal.sql(`SELECT cu.number FROM cases c LEFT JOIN customer cu ON cu.id = c.customer_id
    WHERE c.title = '${title}'`)[0] ?? [""];
}

test("a search box for customers that nobody touched leaves the customer to the object", async () => {
  assert.deepEqual(await report("Orört", 7, {}), ["K7"]);
});

test("no customer, chosen among the hits, is no customer", async () => {
  assert.deepEqual(await report("Ingen kund", 8, { customer: "" }), [""]);
});

test("a customer that is found and chosen is the customer", async () => {
  const form = "/cases/new";
  const title = "Vald kund";
  const asked = await kim.submit(form, { title, customer_search: "Brf 9", search: "customer" }, { form });
  const sent = await kim.submit(asked, { customer: "K9" }, { form });
  assert.equal(sent.status, 303, textOf(sent.text));
  assert.deepEqual(portal.sql(`SELECT cu.number FROM cases c JOIN customer cu ON cu.id = c.customer_id
    WHERE c.title = '${title}'`), [["K9"]]);
});
