// Each text field of the forms of the portal and of staff: its limit, one character more, several lines, and characters
// that look alike or are not seen. The limits are those of the tables of fields (src/model/*_fields.c), the same for
// the portal and for staff.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fieldsOf } from "./fields.mjs";
import { ENGINE, startPortal } from "./harness.mjs";
import { errorOf, textOf, unescape, valueOf } from "./html.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
const LONG = 100_000;
const CASE_TEXTS = fieldsOf("case").filter(({ portal: place, kind }) =>
  place && ["TEXT", "MULTILINE", "PHONE", "POSTAL_CODE"].includes(kind));
assert.ok(CASE_TEXTS.length >= 8, "the table of fields is read");
const CASE = { ...Object.fromEntries(CASE_TEXTS.map(({ name, limit }) => [name, limit])), extra_note: LONG };
let portal;
let staff;
let kim;
before(async () => {
  portal = await startPortal({
    config: `[case_form]\nfields = ${Object.keys(CASE).join(", ")}, extra_area\n`
      + "[extra.note]\nlabel_sv = Anteckning\nkind = multiline\n[extra.area]\nlabel_sv = Yta\nkind = number\n",
    files: {
      "customers.csv": "number,name\nK1,Brf Eken\n",
      "objects.csv": "number,name,customer\nO1,Huset,K1\n",
      "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\n",
      "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\n`,
      "articles.csv": "number,name,article_type\nT10,Arbetstid,time\n",
      "cases.csv": "number,title,customer,object,created\nC1,Kran,K1,O1,2026-03-01T08:00:00\n",
      "work_orders.csv": "number,case,title,created\nC1-1,C1,Byt kran,2026-03-02T08:00:00\n",
      "article_rows.csv": "number,case,title,date,quantity\nC1-R1,C1,Packning,2026-03-03,1\n",
    },
  });
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
  kim = portal.client();
  assert.equal((await kim.login("kim@x.se", PASSWORD)).status, 303);
});
after(() => portal?.stop());

// Each form: where it is, its fields with their limits, what it needs besides, and how a stored value is read.
const FORMS = [
  { name: "a customer", path: "/staff/customers/K1", table: "customer", where: "number = 'K1'",
    limits: { name: 300, phone: 100, street: 300, postal_code: 100, city: 300 } },
  { name: "an object", path: "/staff/objects/O1", table: "object", where: "number = 'O1'",
    limits: { name: 300, street: 300, postal_code: 100, city: 300 } },
  { name: "a contact", path: "/staff/contacts/P1", table: "contact", where: "number = 'P1'",
    limits: { first_name: 300, last_name: 300, phone: 100, mobile: 100 } },
  { name: "an article", path: "/staff/articles/T10", table: "article", where: "number = 'T10'",
    limits: { name: 300, unit: 100 } },
  { name: "a case of staff", path: "/staff/cases/C1/edit", table: "cases", where: "number = 'C1'", limits: CASE },
  { name: "a work order", path: "/staff/cases/C1/work-orders/C1-1", table: "work_order", where: "number = 'C1-1'",
    limits: { title: 500, resource: 300 } },
  { name: "an article row", path: "/staff/cases/C1/rows/C1-R1", table: "article_row", where: "number = 'C1-R1'",
    limits: { title: 500, description: LONG, unit: 100, resource: 300 } },
  { name: "a new case of the portal", path: "/cases/new", client: () => kim, table: "cases",
    where: "id = (SELECT MAX(id) FROM cases)", base: { title: "Kran" }, limits: CASE },
  { name: "a new case of staff", path: "/staff/cases/new", table: "cases", where: "id = (SELECT MAX(id) FROM cases)",
    base: { title: "Kran" }, limits: CASE },
];

const isLong = (name) => CASE[name] === LONG;
const send = (form, fields) =>
  (form.client?.() ?? staff).submit(form.path, { ...form.base, ...fields }, { form: form.path });
const areaOf = (html, name) =>
  new RegExp(`<textarea[^>]*name="${name}"[^>]*>(.*?)</textarea>`, "s").exec(html)?.[1] ?? "";
const kept = (html, name) => (isLong(name) ? unescape(areaOf(html, name).trim()) : valueOf(html, name));
// Line feeds are not the ends of rows.
function stored(form, name) {
  const value = name.startsWith("extra_")
    ? `(SELECT value FROM case_extra WHERE case_id = t.id AND key = '${name.slice(6)}')` : `t.${name}`;
  const line = ENGINE === "postgres" ? "CHR(10)" : "CHAR(10)";
  return portal.sql(`SELECT REPLACE(${value}, ${line}, '⏎') FROM ${form.table} t WHERE ${form.where}`)[0]?.[0] ?? "";
}

for (const form of FORMS) {
  for (const [name, limit] of Object.entries(form.limits)) {
    test(`${form.name}: ${name} takes ${limit} characters and no more`, async () => {
      const whole = "å".repeat(limit);
      const taken = await send(form, { [name]: whole });
      assert.equal(taken.status, 303, textOf(taken.text).slice(0, 500));
      assert.equal(stored(form, name), whole);
      const refused = await send(form, { [name]: `${whole}x` });
      assert.equal(refused.status, 400);
      assert.match(errorOf(refused.text, name), new RegExp(`Högst ${limit} tecken får plats; det är ${limit + 1}`));
      assert.equal(kept(refused.text, name), `${whole}x`, "what was typed stays");
    });

    test(`${form.name}: ${name} is composed and trimmed, without invisible characters`, async () => {
      const typed = " \u00a0A\u030asa\u200b \u202eE\u00adk\u2066\ufeff\r\n\tnästa\u0007rad \u3000\n";
      assert.equal((await send(form, { [name]: typed })).status, 303);
      assert.equal(stored(form, name), isLong(name) ? "Åsa Ek⏎\tnästa rad" : "Åsa Ek nästa rad");
    });
  }
}

test("a number in an extra field is stored alike by portal and staff", async () => {
  for (const form of FORMS.filter((one) => one.limits === CASE)) {
    assert.equal((await send(form, { extra_area: " 3,50 " })).status, 303, form.name);
    assert.equal(stored(form, "extra_area"), "3.5", form.name);
    const refused = await send(form, { extra_area: "mycket" });
    assert.equal(refused.status, 400, form.name);
    assert.match(errorOf(refused.text, "extra_area"), /Skriv ett tal/);
  }
});

test("what is stored is saved again unchanged, longer than its limit too", async () => {
  const over = "x".repeat(700);
  portal.sql(`UPDATE cases SET title = '${over}', site_city = '${over}' WHERE number = 'C1'`);
  portal.sql(`UPDATE customer SET phone = '${over}' WHERE number = 'K1'`);
  for (const [form, kept, name] of [[FORMS[4], "site_city", "your_reference"], [FORMS[0], "phone", "city"]]) {
    assert.equal((await send(form, { [name]: "Ändrat" })).status, 303, form.name);
    assert.equal(stored(form, kept), over);
    assert.equal(stored(form, name), "Ändrat");
    const refused = await send(form, { [kept]: `${over}y` });
    assert.equal(refused.status, 400);
    assert.match(errorOf(refused.text, kept), /tecken får plats/);
  }
});
