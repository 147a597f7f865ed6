// What staff type in a real browser: kept while they write, offered when they come back, and kept in one form of a page
// while another is sent.
import assert from "node:assert/strict";
import { test } from "node:test";
import { waitFor } from "../http/harness.mjs";
import { STAFF_PASSWORD } from "../http/staff.mjs";
import { assertSound, browserTest } from "./site.mjs";

const site = browserTest({
  files: {
    "customers.csv": "number,name\nK1,Brf Eken\n",
    "cases.csv": "number,title,customer,created\nC1,Läckande kran,K1,2026-03-01T08:00:00\n",
  },
  logins: { hand: { email: "hand@firma.se", role: "handler" }, bo: { email: "bo@firma.se", role: "handler" } },
});
const kept = () => site.portal.sql("SELECT about FROM draft WHERE owner LIKE 'staff:%' ORDER BY about").flat();
const NOTE = "form[action$='/notes'] [name=note]", MESSAGE = "form[action$='/messages'] [name=message]";

test("what is typed is offered on return, fits its screens, and is thrown away on request", async () => {
  const page = await site.open("/staff/customers/K1");
  await page.fill("[name=name]", "Brf Almen");
  await page.locator("form[action='/staff/customers/K1'] .draft-status").filter({ hasText: "Utkast sparat" })
    .waitFor();
  await site.go(page, "/staff/customers");
  await site.go(page, "/staff/customers/K1");
  assert.match(await page.innerText(".draft-note"), /Ditt utkast från \d\d:\d\d/);
  assert.equal(await page.inputValue("[name=name]"), "Brf Eken");
  await assertSound(page, "the offered draft", { widths: [1280, 390, 320] });
  await page.click(".draft-note >> text=Fortsätt");
  assert.equal(await page.inputValue("[name=name]"), "Brf Almen");
  await assertSound(page, "the draft in its form", { widths: [1280, 390] });
  await page.click(".draft-note >> text=Kasta");
  assert.equal(await page.locator(".draft-note").count(), 0);
  assert.deepEqual(kept(), []);
});

test("what is typed and taken back is no draft", async () => {
  const page = await site.open("/staff/customers/K1");
  await page.fill("[name=name]", "Brf Almen");
  await waitFor("the draft", () => kept().length === 1);
  await page.fill("[name=name]", "Brf Eken");
  await waitFor("no draft", () => kept().length === 0);
});

test("a message stands there still when a note is saved, and the other way round", async () => {
  const page = await site.open("/staff/cases/C1");
  await page.fill(MESSAGE, "Vi kommer på onsdag");
  await page.fill(NOTE, "Nyckel hos Berg");
  await page.click("form[action$='/notes'] [type=submit]");
  await page.waitForURL("**/staff/cases/C1?draft=1#case-notes");
  assert.equal(await page.inputValue(MESSAGE), "Vi kommer på onsdag");
  assert.equal(await page.inputValue(NOTE), "");
  await page.fill(NOTE, "Ring först");
  await page.click("form[action$='/messages'] [type=submit]");
  await page.waitForURL("**/staff/cases/C1?draft=1#case-messages");
  assert.equal(await page.inputValue(NOTE), "Ring först");
  assert.equal(await page.inputValue(MESSAGE), "");
  // Also a form of the page in which nothing is written.
  await page.click("button[value=started]");
  await page.waitForURL("**/staff/cases/C1?draft=1");
  assert.equal(await page.inputValue(NOTE), "Ring först");
  await page.click("form[action$='/notes'] [type=submit]");
  await page.waitForURL("**/staff/cases/C1#case-notes");
  assert.deepEqual(kept(), []);
  assert.deepEqual(site.portal.sql("SELECT body FROM case_note ORDER BY id"), [["Nyckel hos Berg"], ["Ring först"]]);
});

test("what is written after the session ended is kept, without scripts too", async () => {
  for (const [who, javaScriptEnabled] of [["hand", true], ["bo", false]]) {
    const page = await site.open("/staff/cases/C1", { who, javaScriptEnabled });
    site.portal.sql(`UPDATE staff_session SET last_seen = ${Date.now() - 7200_000}000`); // ran out an hour ago
    await page.fill(NOTE, "Porten är trasig");
    await page.click("form[action$='/notes'] [type=submit]");
    await page.fill("[name=email]", `${who}@firma.se`);
    await page.fill("[name=password]", STAFF_PASSWORD);
    await page.click("main [type=submit]");
    await page.waitForURL("**/staff/cases/C1?draft=1");
    assert.equal(await page.inputValue(NOTE), "Porten är trasig");
    await page.click(".draft-note >> text=Kasta");
  }
});
