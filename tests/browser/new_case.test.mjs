// A new case in a real browser: with and without scripts, on a phone and a wide screen, through a refusal, a draft, and
// a session that runs out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertSound, browserTest, PASSWORD } from "./site.mjs";

const PHOTO = {
  name: "foto.png",
  mimeType: "image/png",
  buffer: Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64"),
};
const houses = Array.from({ length: 60 }, (_, i) => `H${100 + i},Hus ${i},${i % 2 ? "A" : "B"},Ängsgatan ${i},Åmål,`)
  .join("\n");
const files = {
  "picklists.csv": "list,key,label_sv,label_en\ncase_type,fel,Felanmälan,Fault\npriority,akut,Akut,Urgent\n",
  "customers.csv": `number,name,login\nA,Brf Aspen,aspen/${PASSWORD}\nB,Brf Björken,\n`,
  "objects.csv": `number,name,customer,street,city,parent\n${houses}\nFRI,Fri,,,,\n`
    + "T1,Trapphus A,A,,,H101\nT11,Trapphus B,A,,,H101\nT2,Trapphus A,B,,,H102\n",
  "cases.csv": "number,title,customer,object,primary_contact,created,status\n"
    + "B1,Porten går inte i lås,B,H150,K1,2026-03-01T08:00:00,not_started\n",
  "contacts.csv": "number,first_name,last_name,email,mobile,customers,objects\nK1,Bo,Ek,bo@x.se,070-123,A|B,\n"
    + "K2,Åsa,Få,asa@x.se,,,H100|H101|FRI\n",
  "accounts.csv": `email,password,verified,language\nbo@x.se,${PASSWORD},yes,sv\nasa@x.se,${PASSWORD},yes,sv\n`
    + `ny@x.se,${PASSWORD},yes,sv\n`,
};

const site = browserTest({
  files,
  logins: { bo: "bo@x.se", asa: "asa@x.se", ny: "ny@x.se", aspen: "aspen" },
  open: { width: 390, height: 800, reducedMotion: "reduce" },
});
const enter = (who, options) => site.open("/cases/new", { who, ...options });

const sendButton = (page) => page.locator(".form-actions button");
async function sendAndRead(page) {
  await sendButton(page).click();
  await page.waitForURL(/\/cases\/receipt\//);
  return (await page.textContent(".receipt-number")).trim();
}

const stored = (number) => site.portal.sql(`SELECT c.title, o.number, cu.number, c.reporter, c.reporter_phone
  FROM cases c LEFT JOIN object o ON o.id = c.object_id LEFT JOIN customer cu ON cu.id = c.customer_id
  WHERE c.number = '${number}'`)[0];

const examine = (page, what) => assertSound(page, what, { schemes: ["light", "dark"] });

test("an object is found by typing, its customer follows, and may be cleared", async () => {
  const page = await enter("bo");
  await page.fill("#title", "Läckande kran");
  await page.fill("#object", "ängs 17");
  await page.waitForSelector("[role=option]");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.equal(await page.inputValue("input[name=object]"), "H117");
  assert.equal(await page.inputValue("#customer"), "A");
  await examine(page, "the filled form");
  assert.deepEqual(stored(await sendAndRead(page)), ["Läckande kran", "H117", "A", "Bo Ek", "070-123"]);
  await examine(page, "the receipt");
  await site.go(page, "/cases/new");
  await page.fill("#title", "Utan kund");
  await page.fill("#object", "H118");
  await page.waitForSelector("[role=option]");
  await page.click("[role=option]");
  assert.equal(await page.inputValue("#customer"), "B");
  await page.selectOption("#customer", { label: "Ingen kund" });
  assert.deepEqual(stored(await sendAndRead(page)).slice(0, 3), ["Utan kund", "H118", ""]);
});

test("in a short list the object proposes its customer too, but not over the user's own choice", async () => {
  const page = await enter("asa");
  const shown = () => page.evaluate(() => document.querySelector("#customer").selectedOptions[0].textContent);
  assert.equal(await shown(), "Objektets kund");
  await page.selectOption("#object", "H101");
  assert.equal(await page.inputValue("#customer"), "A");
  await page.selectOption("#object", "H100");
  assert.equal(await page.inputValue("#customer"), "B");
  await page.selectOption("#object", "FRI");
  assert.equal(await shown(), "Objektets kund");
  await page.selectOption("#customer", "A");
  await page.selectOption("#object", "H100");
  assert.equal(await page.inputValue("#customer"), "A");
  await page.fill("#title", "Fel kund");
  await sendButton(page).click();
  await page.waitForSelector("#customer-error");
  await examine(page, "the wrong customer");
  await page.selectOption("#customer", { label: "Ingen kund" });
  assert.deepEqual(stored(await sendAndRead(page)).slice(0, 3), ["Fel kund", "H100", ""]);
});

test("a refused form keeps all of it, with the photo, and leads to what to mend", async () => {
  const page = await enter("bo");
  await page.fill("#description", "Rad ett\nrad två");
  await page.fill("#object", "Hus 20");
  await page.waitForSelector("[role=option]");
  await page.click("[role=option]");
  await page.setInputFiles("#attachments", [PHOTO]);
  await sendButton(page).click();
  await page.waitForSelector("[data-error-summary]");
  await examine(page, "the refused form");
  await page.click("[data-error-summary] a");
  assert.equal(await page.evaluate(() => document.activeElement.id), "title");
  assert.equal(await page.inputValue("#description"), "Rad ett\nrad två");
  assert.equal(await page.inputValue("input[name=object]"), "H120");
  assert.match(await page.textContent(".case-form"), /foto\.png/);
  await page.fill("#title", "Nu med titel");
  const number = await sendAndRead(page);
  assert.equal(stored(number)[1], "H120");
  await page.click("text=Visa ärendet");
  const picture = await page.request.get(new URL(await page.getAttribute("a[href*=attachments]", "href"), site.url)
    .href);
  assert.deepEqual(await picture.body(), PHOTO.buffer);
});

test("what was typed comes back as a draft until it is sent or thrown away", async () => {
  const page = await enter("bo");
  await page.fill("#title", "Halvt");
  await page.waitForSelector("[data-draft-status]:has-text('Utkast')");
  await site.go(page, "/cases");
  await site.go(page, "/cases/new");
  assert.equal(await page.inputValue("#title"), "Halvt");
  await examine(page, "the draft");
  await page.click("text=Ta bort utkastet");
  await page.waitForSelector("text=Utkastet är borttaget");
  assert.equal(await page.inputValue("#title"), "");
  await page.fill("#title", "Halvt igen");
  await page.waitForSelector("[data-draft-status]:has-text('Utkast')");
  await page.fill("#title", "Helt");
  await sendAndRead(page);
  await site.go(page, "/cases/new");
  assert.equal(await page.inputValue("#title"), "");
});

for (const [who, name] of [["bo", "bo@x.se"], ["aspen", "aspen"]])
  test(`the session of ${name} runs out while typing: the filled form is there after logging in`, async () => {
    const page = await enter(who);
    await page.fill("#title", "Långt skrivet");
    if (who === "bo") await page.getByText("Kontakt: Bo Ek, 070-123 – ändra").click();
    await page.fill("#reporter", "Kim");
    await page.setInputFiles("#attachments", [PHOTO]);
    site.portal.sql("UPDATE session SET last_seen = last_seen - 86400000000, created = created - 86400000000");
    site.forgetSessions();
    await sendButton(page).click();
    await page.waitForURL(/\/login/);
    await page.waitForSelector("text=Det du skrev är sparat");
    await page.fill("[name=username]", name);
    await page.fill("[name=password]", PASSWORD);
    await page.press("[name=password]", "Enter");
    await page.waitForURL(/\/cases\/new/);
    assert.equal(await page.inputValue("#title"), "Långt skrivet");
    assert.match(await page.textContent(".case-form"), /foto\.png/);
    assert.equal(stored(await sendAndRead(page))[3], "Kim");
  });

test("a button chooses a latest object; its address and open cases are shown, and one is followed", async () => {
  const page = await enter("bo");
  const line = page.locator("summary", { hasText: "Adress" });
  assert.equal(await line.textContent(), "Adress: objektets – ändra");
  await page.click("[data-latest='Hus 50']");
  await page.waitForSelector("#open-cases");
  assert.equal(await page.inputValue("input[name=object]"), "H150");
  assert.equal(await page.inputValue("#customer"), "B");
  assert.equal(await page.getAttribute("[data-latest='Hus 50']", "aria-pressed"), "true");
  assert.equal(await line.textContent(), "Adress: Ängsgatan 50, Åmål – ändra");
  assert.equal(await page.textContent("[data-known-status]"), "Öppna ärenden på Hus 50");
  await examine(page, "the open cases of an object");
  await page.fill("#object", "x");
  await page.waitForSelector("#open-cases", { state: "detached" });
  assert.equal(await line.textContent(), "Adress: objektets – ändra");
  await page.click("[data-latest='Hus 50']");
  await page.fill("#title", "Samma fel");
  await page.click("#open-cases button >> nth=0");
  await page.waitForURL(/\/cases\/B1$/);
  await page.waitForSelector("text=Det du skrev finns kvar som utkast");
  await examine(page, "the case that is followed");
  await site.go(page, "/cases/new");
  assert.equal(await page.inputValue("#title"), "Samma fel");
  await page.click("text=Ta bort utkastet");
});

test("a form that showed the open cases is sent at once", async () => {
  const page = await enter("bo");
  await page.fill("#title", "Ett annat fel");
  await page.focus("[data-latest='Hus 50']");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#open-cases");
  assert.deepEqual(stored(await sendAndRead(page)).slice(0, 2), ["Ett annat fel", "H150"]);
});

test("without scripts: a latest object is chosen, and open cases are shown before the form is sent", async () => {
  const page = await enter("bo", { javaScriptEnabled: false });
  await page.fill("#title", "Utan skript på H150");
  await page.click("[data-latest='Hus 50']");
  assert.equal(await page.evaluate(() => document.activeElement?.value), "H150");
  assert.equal(await page.inputValue("#title"), "Utan skript på H150");
  await page.waitForSelector("#open-cases");
  await site.go(page, "/cases/new");
  await page.click("text=Ta bort utkastet");
  await page.fill("#title", "Sökt");
  await page.fill("#object", "H150");
  await page.press("#title", "Enter");
  await page.waitForSelector("text=Ärendet är inte skickat än");
  assert.equal(stored(await sendAndRead(page))[1], "H150");
});

test("the page that shows the open cases before sending leads to them", async () => {
  const page = await enter("bo");
  const body = "<input type='hidden' name='open_shown' value='' data-address='Adress'>";
  await page.route("**/cases/new/known*", (route) => route.fulfill({ contentType: "text/html", body }));
  await page.fill("#title", "Ovetande");
  await page.click("[data-latest='Hus 50']");
  await sendButton(page).click();
  await page.waitForSelector("text=Ärendet är inte skickat än");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /inte skickat än/);
  await examine(page, "the open cases before sending");
  await page.click("a[href='#open-cases']");
  await page.unroute("**/cases/new/known*");
  assert.equal(stored(await sendAndRead(page))[1], "H150");
});

test("hits stand under their property, and the keys go through all of them", async () => {
  const page = await enter("bo");
  await page.fill("#object", "trapphus");
  await page.waitForSelector("[role=option]");
  assert.deepEqual(await page.locator("[role=listbox] > [role=group]").evaluateAll((all) =>
    all.map((one) => `${one.getAttribute("aria-label")}: ${one.querySelectorAll("[role=option]").length}`)),
  ["Hus 1: 2", "Hus 2: 1"]);
  await assertSound(page, "hits under their property");
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.equal(await page.inputValue("input[name=object]"), "T2");
});

test("without scripts: the object is searched for in the form, and Enter sends it", async () => {
  const page = await enter("bo", { javaScriptEnabled: false });
  await page.fill("#title", "Utan skript");
  await page.fill("#object", "ängsgatan 3");
  await page.click("[data-picker-find]");
  assert.equal(await page.inputValue("#title"), "Utan skript");
  await page.getByLabel("Hus 33").check();
  await page.press("#title", "Enter");
  assert.match(page.url(), /\/cases\/receipt\//);
  const number = (await page.textContent(".receipt-number")).trim();
  assert.deepEqual(stored(number).slice(0, 3), ["Utan skript", "H133", "A"]);
});

test("an account without contact gets a number to keep and no link", async () => {
  const page = await enter("ny");
  await examine(page, "the form without contact");
  await page.fill("#title", "Utan kontakt");
  const number = await sendAndRead(page);
  assert.match(number, /^\d{6}-\d{4}$/);
  await examine(page, "the receipt without contact");
  assert.equal(await page.locator("text=Visa ärendet").count(), 0);
});

// A photo as large as phones take them, with noise so that it stays heavy.
const bigPhoto = (page) => page.evaluate(async () => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [4000, 3000];
  const context = canvas.getContext("2d"), picture = context.createImageData(4000, 3000);
  for (let i = 0, seed = 1; i < picture.data.length; i++) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    picture.data[i] = i % 4 === 3 ? 255 : (seed >> 16) % 256;
  }
  context.putImageData(picture, 0, 0);
  return canvas.toDataURL("image/jpeg", 0.5).split(",")[1];
});

test("a large photo is made smaller before it is sent, with a thumbnail; a small one stays as it is", async () => {
  const page = await enter("bo");
  const buffer = Buffer.from(await bigPhoto(page), "base64");
  await page.setInputFiles("#attachments", [{ name: "stor.jpg", mimeType: "image/jpeg", buffer }]);
  await page.waitForSelector("[data-kept] img");
  const sent = await page.evaluate(async () => {
    const answer = await fetch(document.querySelector("[data-kept] img").src), blob = await answer.blob();
    const picture = await createImageBitmap(blob);
    return { size: blob.size, width: picture.width, height: picture.height };
  });
  assert.deepEqual([sent.width, sent.height], [2560, 1920]);
  assert.ok(sent.size < buffer.length, `${sent.size} of ${buffer.length}`);
  assert.match(await page.textContent("[data-kept]"), /stor\.jpg/);
  await page.setInputFiles("#attachments", [PHOTO]);
  await page.waitForFunction(() => document.querySelectorAll("[data-kept] img").length === 2);
  assert.equal(await page.locator(".upload-list li").count(), 0, "what is kept does not wait any more");
  await examine(page, "photos that are kept with the draft");
  await page.waitForSelector("[data-draft-status]:text-is('Utkast sparat')");
  const again = await enter("bo");
  assert.equal(await again.locator("[data-kept] img").count(), 2, "the draft has them");
  await again.getByLabel("Ta bort stor.jpg").check();
  await again.fill("#title", "Bara den lilla");
  assert.deepEqual(site.portal.sql(`SELECT f.name FROM file f JOIN cases c ON c.id = f.case_id
    WHERE c.number = '${await sendAndRead(again)}'`), [["foto.png"]]);
});

test("a photo that cannot be kept now goes along with the form", async () => {
  const page = await enter("bo");
  await page.route("**/cases/draft/files", (route) => route.fulfill({ status: 204 }));
  await page.setInputFiles("#attachments", [PHOTO]);
  await page.waitForSelector(".upload-list canvas");
  await page.fill("#title", "Bilden följer med");
  const number = await sendAndRead(page);
  assert.deepEqual(site.portal.sql(`SELECT f.name FROM file f JOIN cases c ON c.id = f.case_id
    WHERE c.number = '${number}'`), [["foto.png"]]);
});
