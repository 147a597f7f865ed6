// Deciding on invoice specifications in a real browser: every state of the pages with axe on phones and wide screens,
// and by keyboard.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertSound, browserTest, PASSWORD } from "./site.mjs";

const LONG = "Donaudampfschiffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const NUMBERS = ["F-1", "F-2", "F-3", "F-4"];
const files = {
  "customers.csv": `number,name\nA,Samfälligheten ${LONG}\n`,
  "contacts.csv": "number,first_name,last_name,email,customers\nK1,Bo,Ek,bo@x.se,A\nK2,Eva,Ask,eva@x.se,A\n",
  "accounts.csv": `email,password,verified\nbo@x.se,${PASSWORD},yes\neva@x.se,${PASSWORD},yes\n`,
  "cases.csv": "number,title,customer,created\nC1,Kran,A,2026-03-01T08:00:00\n",
  "article_rows.csv": "number,case,date,title,quantity,unit_price,status\n"
    + NUMBERS.map((n) => `R-${n},C1,2026-03-02,Arbete,1,1234567.89,attested\n`).join(""),
  "invoice_specifications.csv": "number,customer,title,status,your_reference,rows\n"
    + NUMBERS.map((n) => `${n},A,${LONG} ${n},awaiting_approval,Ref 77,R-${n}\n`).join(""),
};

const site = browserTest({ files, logins: { bo: "bo@x.se", eva: "eva@x.se" } });
const examine = (page, what) => assertSound(page, what, { widths: [320, 390, 768, 1280] });

for (const [locale, colorScheme] of [["sv-SE", "light"], ["en-GB", "dark"]]) {
  const number = locale === "sv-SE" ? "F-1" : "F-2";
  test(`every page of a decision is accessible and fits every screen: ${locale}, ${colorScheme}`, async () => {
    const look = { locale, colorScheme };
    const reject = await site.open(`/invoices/${number}/reject`, look);
    await examine(reject, "rejecting");
    await reject.click("main button[type=submit]");
    assert.equal(await reject.locator("#comment").getAttribute("aria-invalid"), "true");
    await examine(reject, "rejecting without a comment");
    const [approve, again, other] = [await site.open(`/invoices/${number}/approve`, look),
      await site.open(`/invoices/${number}/approve`, look),
      await site.open(`/invoices/${number}/approve`, { ...look, who: "eva" })];
    await examine(approve, "approving");
    await approve.click("main button[type=submit]");
    await approve.waitForURL((url) => url.pathname === `/invoices/${number}`);
    await examine(approve, "approved");
    for (const [page, what] of [[again, "pressed again"], [other, "the second of two"]]) {
      await page.click("main button[type=submit]");
      await examine(page, what);
      assert.equal(await page.locator("main .btn").count(), 1);
    }
  });
}

test("a specification is approved by keyboard alone, without JavaScript", async () => {
  const page = await site.open("/invoices/F-3", { javaScriptEnabled: false });
  await page.getByRole("link", { name: "Godkänn …" }).press("Enter");
  await page.waitForURL(/approve$/);
  assert.equal(await page.inputValue("#your_reference"), "Ref 77");
  await page.focus("#your_reference");
  await page.keyboard.type("4711");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Stämmer");
  await page.keyboard.press("Tab");
  assert.match((await page.locator(":focus").innerText()).replaceAll("\u00a0", " "), /Godkänn 1 234 567,89 kr/);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname === "/invoices/F-3");
  assert.match(await page.locator("main").innerText(), /Specifikationen är godkänd.*Bo Ek.*Stämmer/s);
});
