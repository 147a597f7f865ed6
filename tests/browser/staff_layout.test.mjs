// How pages of staff stand on their screens: nothing is cut or lies outside, headings keep away from buttons, the inbox
// is no longer than it must be, and the history has the lines of one save together.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertSound, browserTest } from "./site.mjs";

const LONG = "kunder.csv objekt.csv ".repeat(6) + "abcdefghijklmnopqrstuvwxyz".repeat(4);
const site = browserTest({
  files: {
    "customers.csv": "number,name\nK1,Brf Eken\n",
    "objects.csv": "number,name,customer\nO1,Storgatan 1,K1\n",
    "contacts.csv": "number,first_name,last_name,customers\nP1,Kim,Ek,K1\n",
    "accounts.csv": "email,password,verified\nen.mycket.lang.adress@bostadsrattsforeningen-eken.example,"
      + "Ekollon-2026,yes\n",
    "cases.csv": "number,title,customer,object,created\n" + Array.from({ length: 8 }, (_, i) =>
      `2603${10 + i}-0001,Kall panna i undercentralen,K1,O1,2026-03-${10 + i}T08:00:00\n`).join(""),
    "article_rows.csv": "number,case,date,title,quantity,unit_price,status\n"
      + "260310-0001-R1,260310-0001,2026-03-03,Cirkulationspump med frekvensomriktare,12,12499.90,editable\n",
    "invoice_specifications.csv": "number,customer,title,status,rows\nF1,K1,Mars,awaiting_approval,\n",
  },
  logins: { chef: { email: "chef@firma.se", role: "administrator" } },
  prepare: async (made) => {
    const { portal } = made;
    const audit = (who, detail, ip) => portal.sql("INSERT INTO audit (at, kind, who_id, who, action, subject, detail, "
      + `client) VALUES (${Date.now()}000, 'staff', 1, '${who}', 'import_undone', 'import 12', '${detail}', '${ip}')`);
    audit("en.mycket.lang.adress@serviceforetaget-i-goteborg.example", LONG, "2001:0db8:85a3:0000:0000:8a2e:0370:7334");
    const staff = await made.client("chef");
    await staff.submit("/staff/customers/K1", { name: "Brf Almen", city: "Göteborg" }, { form: "/staff/customers/K1" });
    await staff.submit("/staff/cases/260310-0001/edit", { title: "Kall panna", primary_contact: "P1" },
      { form: "/staff/cases/260310-0001/edit" });
  },
});

const PAGES = ["/staff", "/staff/cases/260310-0001", "/staff/audit", "/staff/accounts", "/staff/customers/K1",
  "/staff/contacts/P1", "/staff/invoices/F1"];

test("pages of staff fit their screens, and no table of a wide screen has to be scrolled", async () => {
  for (const path of PAGES) {
    const page = await site.visit(path);
    await assertSound(page, path, { widths: [390, 1280, 1920], each: async (_, state) => {
      const cut = await page.$$eval(".table-scroll", (all) => all.filter((one) => one.scrollWidth > one.clientWidth)
        .map((one) => one.innerText.slice(0, 40)));
      assert.deepEqual(cut, [], state);
    } });
  }
});

test("a heading keeps away from the buttons above it", async () => {
  for (const path of PAGES) {
    const page = await site.visit(path);
    const close = await page.$$eval("main h2", (all) => all.flatMap((heading) => {
      const top = heading.getBoundingClientRect();
      return [...document.querySelectorAll("main .btn")].map((one) => [one, one.getBoundingClientRect()])
        .filter(([one, box]) => !heading.contains(one) && box.bottom <= top.top + 1 && top.top - box.bottom < 12
          && box.left < top.right && box.right > top.left)
        .map(([one]) => `${one.innerText} / ${heading.innerText}`);
    }));
    assert.deepEqual(close, [], path);
  }
});

test("a line of the inbox takes a phone no more room than its text, and lists stand below each other", async () => {
  const phone = await site.visit("/staff", { width: 390 });
  const heights = await phone.$$eval(".inbox-list:has(a[href*='/staff/cases/']) tbody tr", (all) =>
    all.map((one) => one.getBoundingClientRect().height));
  assert.ok(heights.length >= 8);
  assert.deepEqual(heights.filter((height) => height > 125), []);
  const wide = await site.visit("/staff", { width: 1280 });
  const lefts = await wide.$$eval(".inbox-list tbody tr:first-child > :last-child", (all) =>
    all.map((one) => Math.round(one.getBoundingClientRect().left)));
  assert.ok(lefts.length >= 2);
  assert.equal(new Set(lefts).size, 1, `the times begin at ${lefts}`);
});
