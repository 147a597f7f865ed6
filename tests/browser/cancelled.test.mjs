// Cancelling in a real browser: staff are asked why, and customers see what the setting lets them see.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browserTest, PASSWORD } from "./site.mjs";

const site = browserTest({
  config: "[cases]\nshow_cancelled = yes\n",
  files: {
    "customers.csv": "number,name\nK1,Brf Eken\n",
    "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\n",
    "accounts.csv": `email,password,verified,language\nkim@x.se,${PASSWORD},yes,sv\n`,
    "cases.csv": "number,title,status,customer,primary_contact,created,cancel_reason,duplicate_of\n"
      + "C1,Läckande kran i undercentralen,,K1,P1,2026-03-01T08:00:00,,\n"
      + "C2,Porten går inte att öppna,cancelled,K1,P1,2026-03-02T08:00:00,Hyresgästen har flyttat ut,\n"
      + "C3,Kranen droppar,cancelled,K1,P1,2026-03-02T09:00:00,,C1\nC4,Hissen,,K1,P1,2026-03-02T09:00:00,,\n",
    "work_orders.csv": "number,case,title,status,resource,booked_from,created,cancel_reason\n"
      + "C1-1,C1,Byt packning,,Maja Lind,2036-03-04T09:00:00,2026-03-02T09:00:00,\n"
      + "C1-2,C1,Måla,cancelled,Maja Lind,,2026-03-02T09:00:00,Behövs inte längre\n"
      + "C2-1,C2,Smörj låset,,Maja Lind,2036-03-05T09:00:00,2026-03-02T09:00:00,\n",
  },
  logins: { hand: { email: "hand@firma.se", role: "handler" }, kim: "kim@x.se" },
});
const STAFF = ["/staff/cases/C1", "/staff/cases/C1/cancel", "/staff/cases/C2", "/staff/cases/C3",
  "/staff/cases/C1/work-orders/C1-1", "/staff/cases/C1/work-orders/C1-1/cancel", "/staff/cases/C1/work-orders/C1-2",
  "/staff/cases/C2/work-orders/C2-1", "/staff/cases?status=cancelled"];
const CUSTOMER = ["/cases", "/cases/C1", "/cases/C2", "/cases/C3", "/cases?status=cancelled"];

test("pages with cancelled things have no faults of access and fit their screens", async () => {
  const widths = [320, 390, 1280, 1920];
  for (const path of STAFF) await site.assertSound(path, { who: "hand", widths, axe: [390, 1280] });
  for (const path of CUSTOMER)
    await site.assertSound(path, { who: "kim", widths, axe: [390, 1280], schemes: ["light", "dark"] });
});

for (const javaScriptEnabled of [true, false]) {
  test(`a case is cancelled only with a reason, and opened again, ${javaScriptEnabled ? "with" : "without"} scripts`,
    async () => {
      const page = await site.open("/staff/cases/C4", { who: "hand", javaScriptEnabled });
      await page.getByRole("link", { name: /^Makulera ärendet/ }).click();
      await page.getByRole("button", { name: "Makulera ärendet" }).click();
      await page.waitForSelector("[data-error-summary]");
      assert.match(await page.innerText("main"), /Skriv varför det makuleras/);
      await page.fill("[name=reason]", "Fel adress");
      await page.getByRole("button", { name: "Makulera ärendet" }).click();
      await page.waitForURL("**/staff/cases/C4");
      assert.match(await page.innerText("main"), /Makulerat.*Fel adress/s);
      await page.getByRole("button", { name: "Öppna ärendet igen" }).click();
      await page.waitForURL("**/staff/cases/C4");
      assert.match(await page.innerText("main .page-head"), /Ej påbörjat/);
    });
}

test("a booking that is over is asked about once, and saved when that is meant", async () => {
  const page = await site.open("/staff/cases/C4/work-orders/new", { who: "hand" });
  await page.fill("[name=title]", "Byt");
  await page.fill("[name=booked_from]", "2026-03-04T09:00");
  await page.click("button[value=save]");
  await page.waitForSelector("[data-error-summary]");
  assert.match(await page.innerText("main"), /Den bokade tiden har passerat/);
  await page.click("button[value=save]");
  await page.waitForURL("**/staff/cases/C4/work");
});
