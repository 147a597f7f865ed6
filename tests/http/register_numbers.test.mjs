// Numbers of registers as people have them: with blanks, å ä ö and every sign. A row whose number had a blank could not
// be saved in a browser, its duplicate was not found, and no address could be given to such a contact.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, hrefsOf, textOf, unescape, valueOf } from "./html.mjs";
import { staffClient } from "./staff.mjs";

const NUMBERS = ["Lgh 2 B", "Åäö", "K&M", "A(1)", "1+1", "2024/17", "~0", "a~1b", "#1", "vad?", "50%", "%41", "a.b",
  "..",
  "new", "tree", "receipt", "x;y", "a=b", "\"citat\"", "<b>", "it's", "a\\b", "日本"];
const REGISTERS = {
  customers: { one: "name", fields: { name: "Brf Eken" } },
  objects: { one: "name", fields: { name: "Huset" } },
  contacts: { one: "last_name", fields: { first_name: "Kim", last_name: "Ek" } },
  articles: { one: "name", fields: { name: "Packning", article_type: "material" } },
};
let portal;
let staff;
before(async () => {
  portal = await startPortal();
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
});
after(() => portal?.stop());

const make = (register, number, more = {}) =>
  staff.submit(`/staff/${register}/new`, { number, ...REGISTERS[register].fields, ...more },
    { form: `/staff/${register}/new` });

for (const register of Object.keys(REGISTERS)) {
  const { one } = REGISTERS[register];
  test(`${register}: a row of any number is made, opened from the list and saved again`, async () => {
    const wrong = [];
    for (const number of NUMBERS) {
      const made = await make(register, number);
      assert.equal(made.status, 303, `${number} is made: ${textOf(made.text)}`);
      const address = made.headers.get("location");
      const listed = hrefsOf((await staff.get(`/staff/${register}?q=${encodeURIComponent(number)}&inactive=yes`)).text);
      const page = await staff.get(address);
      const saved = page.status === 200 && (await staff.submit(page, { [one]: `Ny ${number}` }, { form: address }));
      const kept = saved && saved.status === 303 && valueOf((await staff.get(saved.headers.get("location"))).text, one);
      if (valueOf(page.text, "number") !== number || !listed.includes(address) || kept !== `Ny ${number}`)
        wrong.push(`${number} at ${address}: ${page.status} ${saved?.status} ${kept}`);
    }
    assert.deepEqual(wrong, []);
  });

  test(`${register}: a number that is taken is refused beside its field`, async () => {
    for (const number of NUMBERS) {
      const again = await make(register, number);
      assert.equal(again.status, 400, number);
      assert.match(errorOf(again.text, "number"), /upptaget/, number);
    }
  });

  test(`${register}: two people at one row of any number see what the other changed`, async () => {
    for (const number of ["Lgh 2 B", "Åäö", "2024/17", "50%"]) {
      const list = hrefsOf((await staff.get(`/staff/${register}?q=${encodeURIComponent(number)}`)).text);
      const address = list.find((href) => href.startsWith(`/staff/${register}/`) && !/\/(new|tree)$|\.csv/.test(href));
      const page = await staff.get(address);
      assert.equal((await staff.submit(page, { [one]: "Först" }, { form: address })).status, 303, number);
      const second = await staff.submit(page, { [one]: "Sedan" }, { form: address });
      assert.equal(second.status, 409, number);
      assert.match(textOf(second.text), /Först/);
      assert.equal(valueOf(second.text, one), "Sedan");
      assert.equal((await staff.submit(second, {}, { form: address })).status, 303, number);
    }
  });
}

test("a number that only looks different is the same one, and is stored as people see it", async () => {
  const made = await make("customers", "  O\u0308ster\u200b 1\u00ad ");
  assert.equal(made.status, 303, textOf(made.text));
  assert.deepEqual(portal.sql("SELECT number FROM customer WHERE name = 'Brf Eken'"), [["Öster 1"]]);
  for (const number of ["Öster 1", "Öster\u00a01", "\u202eÖster 1"]) {
    const again = await make("customers", number);
    assert.equal(again.status, 400, number);
    assert.match(errorOf(again.text, "number"), /upptaget/, number);
  }
  assert.equal((await make("customers", "A|B")).status, 400, "lists of numbers in files have | between them");
});

test("an address is given to and taken from a contact of any number", async () => {
  await portal.importFiles({ "accounts.csv": "email,password,verified\nkim@x.se,Ekollon-2026,yes\n" });
  const [[id]] = portal.sql("SELECT id FROM account WHERE email = 'kim@x.se'");
  for (const number of NUMBERS) {
    const form = `/staff/accounts/${id}/contact`;
    const given = await staff.submit(`/staff/accounts/${id}`, { contact: number }, { form });
    assert.equal(given.status, 303, `given to ${number}`);
    const quoted = number.replaceAll("'", "''");
    const has = () =>
      portal.sql(`SELECT COUNT(*) FROM contact WHERE email = 'kim@x.se' AND number = '${quoted}'`)[0][0];
    assert.equal(has(), "1", number);
    const taken = await staff.sure(await staff.postForm(`${form}/remove`, { contact: number }, [],
      `/staff/accounts/${id}`));
    assert.equal(taken.status, 303, `taken from ${number}`);
    assert.equal(has(), "0", number);
  }
});

test("a login is given to a customer of any number", async () => {
  for (const [i, number] of NUMBERS.entries()) {
    const found = await staff.get(`/staff/customers?q=${encodeURIComponent(number)}`);
    const address = hrefsOf(found.text).find((href) => {
      try {
        const part = decodeURIComponent(href.split("/")[3] ?? "");
        return href.startsWith("/staff/customers/") && href !== "/staff/customers/new"
          && part.replace(/^~2/, "").replaceAll("~1", "/").replaceAll("~0", "~") === number;
      } catch {
        return false;
      }
    });
    assert.ok(address, number);
    const sent = await staff.submit(address, { login: `kund${i}/hemligt-${i}` }, { form: `${address}/login` });
    assert.equal(sent.status, 303, number);
    assert.match(unescape((await staff.get(sent.headers.get("location"))).text), new RegExp(`kund${i}`));
  }
});
