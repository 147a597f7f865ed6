// The page of a case in a real browser: it fits every screen in both languages, is accessible, and prints.
import assert from "node:assert/strict";
import { test } from "node:test";
import { storeFiles } from "../http/stored.mjs";
import { print } from "./paper.mjs";
import { browserTest, PASSWORD } from "./site.mjs";

const UNBROKEN = "Fjärrvärmeundercentralsövervakningsanläggningen".repeat(2);
const day = (days) => new Date(Date.now() + days * 864e5).toISOString().slice(0, 10);
const FUTURE = day(3), PAST = day(-3);
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const files = {
  "customers.csv": "number,name\nA,Bostadsrättsföreningen Aspen och Björken i Västra Hamnen\n",
  "objects.csv": "number,name,customer,street,postal_code,city\nO1,Undercentralen,A,Ängsgatan 1,123 45,Åmål\n",
  "contacts.csv": "number,first_name,last_name,email,customers\nK1,Bo,Ek,bo@x.se,A\n",
  "accounts.csv": `email,password,verified\nbo@x.se,${PASSWORD},yes\n`,
  "cases.csv": `number,title,description,customer,object,reporter,reporter_phone,created
C1,Det droppar från ${UNBROKEN},${UNBROKEN} läcker,A,O1,Bo Ek,070-123 45 67,${PAST}T08:00:00
C2,Läckande kran,Köket,A,O1,Bo Ek,070-123 45 67,${PAST}T09:00:00
C3,Ny,,A,,,,${PAST}T09:00:00
`,
  "work_orders.csv": `number,case,title,status,resource,booked_from,booked_to,created,started,finished
W1,C1,Titta,not_started,Tommy Lind,${FUTURE}T08:00:00,${FUTURE}T10:00:00,${PAST}T08:00:00,,
W2,C2,Laga,finished,Tommy Lind,,,${PAST}T08:00:00,${PAST}T10:00:00,${PAST}T11:00:00
`,
  "article_rows.csv": `number,case,date,title,description,article_type,quantity,unit,unit_price,status
R1,C2,${PAST},Felsökning,Bytte packning i ${UNBROKEN} och provkörde,time,2,tim,500,attested
R2,C2,${PAST},Packning,,material,2,st,12.5,attested
`,
};
const site = browserTest({
  files, logins: { bo: "bo@x.se" },
  prepare: ({ portal }) => storeFiles(portal, [
    { key: "p", name: `${UNBROKEN}.png`, type: "image/png", bytes: PNG, case: "C1" },
    { key: "q", name: "kran.png", type: "image/png", bytes: PNG, case: "C2" },
    { key: "r", name: "protokoll.txt", case: "C2" }]),
});
const EVERY = { widths: [320, 390, 1280, 1920], axe: [390, 1280], schemes: ["light", "dark"] };

for (const number of ["C1", "C2", "C3"])
  test(`the page of ${number} fits and is accessible`, () => site.assertSound(`/cases/${number}`, EVERY));

test("the open form for files and the reasons fit and are accessible", async () => {
  const page = await site.open("/cases/C1");
  for (const name of ["Lägg till bild eller dokument", "Varför ser jag det här?"])
    await page.getByText(name).click();
  await page.setViewportSize({ width: 320, height: 800 });
  assert.ok(await page.getByRole("button", { name: "Lägg till", exact: true }).isVisible());
  await site.assertSound("/cases/C1", { widths: [320] });
});

test("the form that corrects a case fits and is accessible, also when it is refused", async () => {
  const client = await site.client("bo");
  const sent = await client.postForm("/cases/new", { title: "Egen anmälan", description: "x", object: "O1" });
  const number = /\d{6}-\d{4,}/.exec((await client.get(sent.headers.get("location"))).text)[0];
  await site.assertSound(`/cases/${number}/edit`, EVERY);
  const page = await site.open(`/cases/${number}/edit`);
  await page.fill("#title", "");
  await page.getByRole("button", { name: "Spara" }).click();
  await page.locator("[data-error-summary]:focus").waitFor();
});

test("the way back is the first thing on the page, and leads to the same result", async () => {
  const page = await site.open("/cases?q=kran&sort=-title&page_size=10");
  await page.getByRole("link", { name: "Läckande kran" }).first().click();
  await page.getByRole("link", { name: "Till sökresultatet" }).click();
  assert.equal(new URL(page.url()).search, "?q=kran&sort=-title&page_size=10");
});

test("a picture is added without and with scripts", async () => {
  for (const javaScriptEnabled of [false, true]) {
    const name = `bild-${javaScriptEnabled}.png`;
    const page = await site.open("/cases/C3", { javaScriptEnabled });
    await page.getByText("Lägg till bild eller dokument").click();
    await page.setInputFiles("input[name=attachments]", { name, mimeType: "image/png", buffer: PNG });
    await page.getByRole("button", { name: "Lägg till", exact: true }).click();
    await page.locator(`.case-files a:has-text("${name}")`).waitFor();
  }
});

test("the page prints what was done and reported, without forms", async () => {
  const page = await site.open("/cases/C2");
  await page.evaluate(() => document.querySelectorAll("img").forEach((image) => image.remove()));
  const { sheets, outside } = await print(page, "case");
  const text = sheets.join("\n").replaceAll("\u00a0", " ");
  for (const part of ["Läckande kran", "Klart", "Packning, 2 st", "1 025,00 kr", "Köket", "070-123 45 67"])
    assert.ok(text.includes(part), part);
  for (const part of ["Till sökresultatet", "Lägg till bild", "Se åtgärder", "Varför ser jag"])
    assert.ok(!text.includes(part), part);
  assert.deepEqual(outside, []);
});
