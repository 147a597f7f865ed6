// The staff area in a real browser: every page with axe, on phones and wide screens, in both languages, light and dark.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertSound, browserTest, PASSWORD } from "./site.mjs";

const LONG = "Donaudampfschiffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const files = {
  "picklists.csv": "list,key,label_sv\ncase_type,fel,Felanmälan\npriority,hog,Hög\nwork_order_type,s,Service\n"
    + "action_code,b,Byte\n",
  "customers.csv": `number,name,login\nK1,Samfälligheten ${LONG},eken/${PASSWORD}\n`,
  "objects.csv": `number,name,customer,parent\nO1,${LONG},K1,\nO2,Pumprum,K1,O1\n`,
  "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\n",
  "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\nny@x.se,${PASSWORD},yes\n`,
  "articles.csv": "number,name,article_type,unit,unit_price\n100,Tekniker,time,h,650\n",
  "cases.csv": `number,title,type,customer,object,contacts,created\nC1,${LONG},fel,K1,O1,P1,2026-03-01T08:00:00\n`
    + `C2,Utan allt,,,,,2026-03-02T08:00:00\n`,
  "work_orders.csv": "number,case,title,type,status,resource,booked_from,booked_to,created\n"
    + "C1-1,C1,Byt pump,s,not_started,Conny,2026-03-02T08:00:00,2026-03-02T10:00:00,2026-03-01T09:00:00\n",
  "article_rows.csv": "number,case,work_order,article,date,title,article_type,quantity,unit_price,status\n"
    + "R1,C1,C1-1,100,2026-03-02,Arbete,time,1.5,650,attested\n",
  "invoice_specifications.csv": "number,customer,title,status,rows,decided_by,decided_at\n"
    + "F-1,K1,Mars,approved,R1,Kim Ek,2026-11-01T08:00:00\n",
};
const PAGES = [
  "/staff", "/staff/cases", "/staff/cases?q=finnsinte", "/staff/cases/C1", "/staff/cases/C2", "/staff/cases/C1/edit",
  "/staff/cases/new", "/staff/lists/cases", "/staff/lists/contacts", "/staff/help",
  "/staff/invoices", "/staff/invoices/new", "/staff/invoices/new?customer=K1", "/staff/invoices/F-1",
  "/staff/invoices?q=finnsinte", "/staff/customers", "/staff/customers/new", "/staff/customers/K1", "/staff/objects",
  "/staff/objects/O1", "/staff/objects/tree", "/staff/objects/tree?parent=O1", "/staff/objects/tree?parent=O2",
  "/staff/contacts", "/staff/contacts/P1", "/staff/contacts/P1/personal-data",
  "/staff/find?q=Ek", "/staff/find?q=finnsinte", "/staff/picklists", "/staff/picklists/case_type",
  "/staff/picklists/object_group", "/staff/accounts", "/staff/accounts?q=finnsinte", "/staff/accounts/1",
  "/staff/accounts/2", "/staff/view-as", "/staff/users", "/staff/users/1", "/staff/audit", "/staff/account",
];
const REFUSED = [["/staff/cases?from=x", 400], ["/staff/saknas", 404]];

const site = browserTest({
  files,
  logins: { chef: { email: "chef@firma.se", role: "administrator" } },
  prepare: async () => (await site.client("chef")).postForm("/staff/cases/C1/notes", { note: `En not om ${LONG}` }, [],
    "/staff/cases/C1"),
});
const examine = (page, what) => assertSound(page, what, { widths: [320, 390, 768, 1280] });

for (const [locale, colorScheme] of [["sv-SE", "light"], ["en-GB", "dark"]]) {
  test(`every page of staff is accessible and fits every screen: ${locale}, ${colorScheme}`, async () => {
    const page = await site.open("/staff/login", { locale, colorScheme, who: null });
    await examine(page, "/staff/login");
    await site.enterAs(page, "chef");
    for (const [path, status] of [...PAGES.map((one) => [one, 200]), ...REFUSED]) {
      await site.go(page, path, status);
      await examine(page, path);
    }
  });
}

// Browsers show an empty field when a date, a time, a number or a colour has another form.
const PICKY = "main :is([type=date], [type=datetime-local], [type=number], [type=color]):not([readonly])";
for (const [path, button = "main form button.btn-primary"] of [["/staff/cases/C1/rows/new"],
  ["/staff/cases/C1/work-orders/new"], ["/staff/invoices/new?customer=K1"], ["/staff/picklists/case_type"],
  ["/staff/configuration/look"], ["/staff/cases", ".search-form .btn-primary"],
  ["/staff/audit", ".search-form .btn-primary"]]) {
  test(`${path}: a date, a time, a number and a colour that were refused stay as they were typed`, async () => {
    const page = await site.open(path);
    const names = await page.$$eval(PICKY, (inputs) => inputs.map((input) => {
      input.closest("details")?.setAttribute("open", "");
      input.type = "text";
      input.value = "fel fel";
      return input.name;
    }));
    assert.ok(names.length > 0);
    await page.locator(button).first().click();
    await page.waitForSelector("[data-error-summary]");
    for (const name of names) assert.equal(await page.inputValue(`[name=${name}]`), "fel fel", name);
  });
}

test("forms that were refused are accessible too", async () => {
  for (const [path, fill] of [["/staff/cases/new", ["title", "customer"]], ["/staff/cases/C1/edit", ["title",
    "customer"]], ["/staff/cases/C1/rows/new", ["quantity"]], ["/staff/customers/new", []], ["/staff/view-as", []]]) {
    const page = await site.open(path, { width: 390, height: 800 });
    for (const name of fill) await page.fill(`[name=${name}]`, name === "title" ? "" : "fel fel");
    await page.locator("main form:not([action*='/login']) button.btn-primary").first().click();
    assert.ok(await page.locator("[aria-invalid=true]").count(), path);
    await examine(page, `${path} refused`);
    await site.close(page);
  }
});

test("hits and rows are gone through by keyboard, and numbers found by name", async () => {
  const page = await site.open("/staff");
  await page.focus("[accesskey=f]");
  await page.keyboard.type("utan");
  await page.keyboard.press("Enter");
  await page.waitForURL(/find\?q=utan/);
  await page.waitForSelector("a.cell-link:focus"); // at the first frame
  await site.go(page, "/staff/cases?q=");
  const rows = page.locator("main a.cell-link");
  await rows.first().focus();
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), await rows.nth(1).textContent());
  await page.keyboard.press("End");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), await rows.last().textContent());
  await site.go(page, "/staff/cases/new");
  await page.focus("#customer");
  await page.keyboard.type("samf");
  await page.locator("#customer-list [role=option]").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.equal(await page.inputValue("#customer"), "K1");
  assert.ok((await page.locator("#customer-hint").textContent()).length, "its name stands beside");
});

test("a case is found, changed and finished by keyboard alone, without JavaScript", async () => {
  const page = await site.open("/staff/cases", { javaScriptEnabled: false });
  await page.focus("#q");
  await page.keyboard.type("utan allt");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=utan/);
  await page.getByRole("link", { name: "C2", exact: true }).press("Enter");
  await page.waitForURL(/\/staff\/cases\/C2$/);
  await page.getByRole("link", { name: "Ändra ärendet" }).press("Enter");
  await page.waitForURL(/edit$/);
  await page.fill("#customer", "K1");
  await page.focus("#customer");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/staff\/cases\/C2$/);
  assert.match(await page.locator("main").innerText(), /K1/);
  await page.getByRole("button", { name: "Avsluta ärendet" }).press("Enter");
  await page.waitForURL(/\/staff\/cases\/C2$/);
  assert.match(await page.locator(".page-head").innerText(), /Avslutat/);
});

test("every page of a view as a customer says so", async () => {
  const page = await site.open("/staff/view-as", { width: 390, height: 800 });
  await page.fill("#login", "eken");
  await page.fill("#reason", "Ring om C1");
  await page.click("main button[type=submit]");
  await page.waitForURL(`${site.url}/`);
  await examine(page, "as a customer");
  assert.match(await page.locator(".viewing").innerText(), /eken/);
  await page.locator(".viewing button").click();
  await page.waitForURL(/\/staff$/);
});
