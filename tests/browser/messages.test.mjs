// The thread of a case in a real browser, on both sides: without faults of access, within the screen, and without
// JavaScript.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertSound, browserTest, PASSWORD } from "./site.mjs";

const LONG = "Fastighetsskötarlägenhetsuthyrningsverksamhetens".repeat(4);
const site = browserTest({
  config: "[portal]\nname = Bergslagens Fastighetsservice\n",
  files: {
    "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\n`,
    "contacts.csv": "number,first_name,last_name,email\nP1,Kim,Ek,kim@x.se\n",
    "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\n`,
    "cases.csv": "number,title,customer,contacts,created\n"
      + "260301-0001,Läckande kran i undercentralen,K1,P1,2026-03-01T08:00:00\n"
      + "260301-0002,Utan meddelanden,K1,P1,2026-03-01T08:00:00\n",
  },
  logins: { kim: "kim@x.se", eken: "eken", hand: { email: "hand@firma.se", role: "handler" } },
  prepare: ({ portal }) => portal.sql(
    "INSERT INTO case_message (case_id, at, from_staff, who, body, waiting, submission) SELECT c.id, "
    + "1772355600000000 + n * 3600000000, s, w, b, 1 - s, 'k' || n"
    + " FROM cases c, (SELECT 1 AS n, 0 AS s, 'Kim Ek' AS w, 'Det droppar fortfarande. När kommer ni?' AS b UNION ALL "
    + "SELECT 2, 1, 'hand@firma.se',"
    + ` 'Maja kommer på torsdag mellan nio och elva.' UNION ALL SELECT 3, 0, 'Kim Ek', '${LONG}') few WHERE c.number `
    + `= '260301-0001'`),
});

const PAGES = [["kim", "/cases/260301-0001"], ["eken", "/cases/260301-0002"], ["hand", "/staff/cases/260301-0001"],
  ["kim", "/account"], ["hand", "/staff/contacts/P1"], ["hand", "/staff/account"], ["hand", "/staff"], ["kim", "/"]];

test("both sides have no faults of access and fit their screen", async () => {
  for (const [who, path] of PAGES) await site.assertSound(path, { who });
});

test("a message is written, refused and sent by keyboard, also without JavaScript", async () => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await site.open("/cases/260301-0002", { who: "eken", javaScriptEnabled });
    await page.fill("[name=message]", "Hissen låter illa");
    await page.press("[name=name]", "Enter");
    await page.waitForSelector(".error-summary");
    assert.equal(await page.inputValue("[name=message]"), "Hissen låter illa");
    await page.fill("[name=name]", "Bo Berg");
    await page.press("[name=name]", "Enter");
    await page.waitForSelector(".message-who");
    assert.match(await page.innerText(".message:last-child"), /Bo Berg[\s\S]*Hissen låter illa/);
    await site.close(page);
  }
});

test("on paper the thread stands without its form", async () => {
  const page = await site.open("/cases/260301-0001");
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.isVisible(".thread form"), false);
  assert.equal(await page.isVisible(".message-body"), true);
});
