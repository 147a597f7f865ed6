// The receipt of a case: where it is, what happens now, and how to call the company.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { makePortal, startPortal } from "./harness.mjs";
import { linkOf, textOf } from "./html.mjs";

const PASSWORD = "Ekollon-2026";
const factOf = (html, name) => new Map([...html.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/g)].map((m) => m.slice(1)))
  .get(name);
let portal, kim;
before(async () => {
  portal = await startPortal({
    config: "[portal]\nphone = 0200-12 34 50\nemergency_phone = 112\n",
    files: {
      "customers.csv": `number,name,login\nA,Brf Aspen,aspen/${PASSWORD}\n`,
      "objects.csv": "number,name,customer,street,postal_code,city\nA1,Aspen 1,A,Storgatan 1,411 01,Göteborg\n",
      "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,A\n",
      "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\nolinkad@x.se,${PASSWORD},yes\n`,
    },
  });
  kim = portal.client();
  await kim.login("kim@x.se", PASSWORD);
});
after(() => portal?.stop());

async function receipt(client, fields) {
  const answer = await client.postForm("/cases/new", { title: "Kran", ...fields });
  assert.equal(answer.status, 303, textOf(answer.text));
  return (await client.get(answer.headers.get("location"))).text;
}

test("the receipt says the place, with the address of the object when the case has none of its own", async () => {
  assert.equal(factOf(await receipt(kim, { object: "A1" }), "Plats"), "Aspen 1, Storgatan 1, 411 01 Göteborg");
  assert.equal(factOf(await receipt(kim, { object: "A1", site_street: "Lillgatan 2" }), "Plats"),
    "Aspen 1, Lillgatan 2");
  assert.equal(factOf(await receipt(kim, { title: "Utan plats" }), "Plats"), undefined);
});

test("the receipt says what happens now: a mail only to those whom mails can reach", async () => {
  assert.match(textOf(await receipt(kim, { title: "Ett" })), /Du får ett mejl när tiden är bokad/);
  const shared = portal.client();
  await shared.login("aspen", PASSWORD);
  const text = textOf(await receipt(shared, { reporter: "Bo" }));
  assert.match(text, /Vi läser ditt ärende och bokar en tid/);
  assert.doesNotMatch(text, /mejl/);
});

test("phone and emergency number can be dialled", async () => {
  const page = await receipt(kim, { title: "Två" });
  assert.equal(linkOf(page, "0200-12 34 50"), "tel:0200123450");
  assert.equal(linkOf(page, "112"), "tel:112");
  assert.equal(linkOf((await kim.get("/cases/new")).text, "112"), "tel:112");
});

test("a receipt of a case that the login cannot see says nothing that others may have written in it", async () => {
  const client = portal.client();
  await client.login("olinkad@x.se", PASSWORD);
  const page = await receipt(client, { site_street: "Min gata 1" });
  assert.equal(factOf(page, "Plats"), undefined);
  assert.match(textOf(page), /Spara ärendenumret/);
});

test("a phone that nobody can dial is reported before anything is served", async () => {
  const odd = await makePortal({ config: "[portal]\nphone = växeln\n" });
  const done = await odd.run("check");
  assert.equal(done.code, 1);
  assert.match(done.stdout + done.stderr, /kundportal\.ini:2: phone must be a phone number/);
  odd.database.drop();
});
