// Saying what is wrong with single cases and rows of a specification in a real browser: by keyboard and without
// JavaScript, on phones and wide screens; and what staff see of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertSound, browserTest, PASSWORD } from "./site.mjs";

const LONG = "Donaudampfschiffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const NUMBERS = ["F-1", "F-2", "F-3"];
const files = {
  "customers.csv": "number,name\nA,Brf Aspen\n",
  "contacts.csv": "number,first_name,last_name,email,customers\nK1,Bo,Ek,bo@x.se,A\n",
  "accounts.csv": `email,password,verified\nbo@x.se,${PASSWORD},yes\n`,
  "cases.csv": `number,title,customer,created\nC1,Läckande kran i ${LONG},A,2026-03-01T08:00:00\n`
    + "C2,Trasig hiss,A,2026-03-01T08:00:00\n",
  "article_rows.csv": "number,case,date,title,quantity,unit,unit_price,status\n"
    + NUMBERS.map((n) => `${n}-1,C1,2026-03-02,Arbetstid,1.5,tim,620,attested\n${n}-2,C1,2026-03-02,${LONG},1,st,`
      + `12345.5,attested\n${n}-3,C2,2026-03-03,Resa,2,mil,95,attested\n`).join(""),
  "invoice_specifications.csv": "number,customer,title,status,period_from,period_to,rows\n"
    + NUMBERS.map((n) => `${n},A,Mars,awaiting_approval,2026-03-01,2026-03-31,${n}-1|${n}-2|${n}-3\n`).join(""),
};
const site = browserTest({ files, logins: { bo: "bo@x.se", staff: { email: "hand@firma.se", role: "handler" } } });
const examine = (page, what) => assertSound(page, what, { widths: [320, 390, 1280, 1920], axe: [390, 1920] });

test("a row is named by keyboard alone, without JavaScript", async () => {
  const page = await site.open("/invoices/F-1/reject", { javaScriptEnabled: false, width: 390 });
  await page.focus("#comment");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.equal(await page.locator(":focus").getAttribute("name"), "case:C1");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Fel timpris");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname === "/invoices/F-1");
  assert.match(await page.locator("main").innerText(), /Ärende C1, Arbetstid \(F-1-1\): Fel timpris/);
});

for (const [locale, colorScheme, number] of [["sv-SE", "light", "F-2"], ["en-GB", "dark", "F-3"]]) {
  test(`what is wrong with cases and rows is accessible and fits every screen: ${locale}, ${colorScheme}`, async () => {
    const look = { locale, colorScheme };
    const page = await site.open(`/invoices/${number}/reject`, look);
    await examine(page, "folded");
    for (const summary of await page.locator(".spec-group summary").all()) await summary.click();
    await page.locator(`[name="row:${number}-2"]`).evaluate((input) => input.removeAttribute("maxlength"));
    await page.fill(`[name="row:${number}-2"]`, `${LONG} `.repeat(8));
    await page.fill('[name="case:C2"]', "Inte beställt");
    await page.click("main button[type=submit]");
    assert.equal(await page.locator(`[name="row:${number}-2"]`).getAttribute("aria-invalid"), "true");
    await examine(page, "refused");
    await page.fill(`[name="row:${number}-2"]`, `För dyrt ${LONG}`);
    await page.click("main button[type=submit]");
    await page.waitForURL((url) => url.pathname === `/invoices/${number}`);
    await examine(page, "rejected");
    for (const [path, what] of [[`/staff/invoices/${number}`, "the specification of staff"],
      ["/staff/cases/C1/work", "the rows of the case"], ["/staff/cases/C2", "the case"]])
      await examine(await site.open(path, { ...look, who: "staff" }), what);
  });
}

test("the draft of staff marks the rows that were rejected, not chosen", async () => {
  const page = await site.open("/staff/invoices/F-2", { who: "staff" });
  await page.locator('form[action$="/withdraw"] button').click();
  await page.getByRole("heading", { name: "Dra tillbaka fakturaspecifikation F-2?" }).waitFor();
  await examine(page, "asking first");
  await page.getByRole("link", { name: "Nej, gå tillbaka" }).click();
  await page.locator('form[action$="/withdraw"] button').click();
  await page.locator("main").getByRole("button", { name: "Dra tillbaka" }).click();
  await page.getByText("ligger inte kvar på utkastet").waitFor();
  await site.go(page, "/staff/invoices/F-2/edit");
  assert.deepEqual(await page.locator('input[name="row"]').evaluateAll((boxes) =>
    boxes.map((box) => `${box.value} ${box.checked}`)), ["F-2-1 true", "F-2-2 false", "F-2-3 false"]);
  await examine(page, "the draft");
});

test("published again, every row says what changed since the decision, on every screen", async () => {
  await site.portal.importFiles({ "article_rows.csv": "number,case,date,title,quantity,unit,unit_price,status\n"
    + `F-1-1,C1,2026-03-02,Arbetstid ${LONG},1.25,tim,580,attested\nF-1-3,C2,2026-03-03,Resa,2,mil,95,cancelled\n` });
  const page = await site.open("/invoices/F-1");
  const row = page.locator(".spec-line").first();
  assert.match((await row.innerText()).replace(/\s+/g, " "),
    /Ändrad sedan beslutet: Titel: Arbetstid då, .* nu Antal: 1,5 tim då, 1,25 tim nu À-pris: 620,00 då, 580,00 nu/);
  await page.getByText("1 rad har tagits bort:").waitFor();
  await examine(page, "changed since the decision");
});
