// What a screen reader is told, where HTML that looks right could tell something else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { storeFiles } from "../http/stored.mjs";
import { browserTest, PASSWORD } from "./site.mjs";

const files = {
  "picklists.csv": "list,key,label_sv\ncase_type,fel,Felanmälan\nwork_order_type,s,Service\nfile_category,ritning,"
    + "Ritning\n",
  "customers.csv": "number,name,login\nK1,Brf Eken,eken/" + PASSWORD + "\n",
  "objects.csv": "number,name,customer,parent\nO1,Hus 1,K1,\nO2,Pumprum,K1,O1\n",
  "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\n",
  "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\n`,
  "articles.csv": "number,name,article_type,unit,unit_price\n100,Tekniker,time,h,650\n",
  "cases.csv": "number,title,type,customer,object,contacts,created\nC1,Läcka,fel,K1,O1,P1,2026-03-01T08:00:00\n"
    + "C2,Utan allt,,K1,,,2026-03-02T08:00:00\n",
  "work_orders.csv": "number,case,title,type,status,resource,booked_from,booked_to,created\n"
    + "C1-1,C1,Byt pump,s,not_started,Conny,2026-03-02T08:00:00,2026-03-02T10:00:00,2026-03-01T09:00:00\n",
  "article_rows.csv": "number,case,work_order,article,date,title,article_type,quantity,unit_price,discount,status\n"
    + "R1,C1,C1-1,100,2026-03-02,Arbete,time,1.5,650,,attested\n"
    + "R2,C1,,,2026-03-02,Tätning,material,2,80,0.1,attested\n"
    + "R3,C1,,,2026-03-03,Resa,travel,1,250,,attested\n",
  "invoice_specifications.csv": "number,customer,title,status,rows\nF-1,K1,Mars,awaiting_approval,R1|R2\n",
};

const site = browserTest({
  files,
  logins: { kim: "kim@x.se", chef: { email: "chef@firma.se", role: "administrator" } },
  prepare: async () => {
    const chef = await site.client("chef");
    storeFiles(site.portal, [
      { key: "a", name: "ritning.pdf", type: "application/pdf", customer: "K1", category: "ritning" },
      { key: "b", name: "mätvärden.txt", case: "C1" },
    ]);
    await chef.postForm("/staff/cases/C1/notes", { note: "En not" }, [], "/staff/cases/C1");
  },
});

// The rows of the tables of a page as the accessibility tree has them: the roles of their cells.
async function rowsRead(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const below = (node) => (node.childIds ?? []).map((id) => byId.get(id)).filter(Boolean)
    .flatMap((child) => (child.ignored ? below(child) : [child]));
  const role = (node) => node.role?.value;
  const cells = (row) => below(row).map(role).filter((one) => /cell|header$/.test(one ?? ""));
  const within = (node, wanted) =>
    below(node).flatMap((child) => (role(child) === wanted ? [child] : within(child, wanted)));
  return within(byId.get(nodes[0].nodeId), "table").map((table) => within(table, "row").map(cells));
}

// Each leads to a refusal by its button, with and without scripts.
const REFUSALS = [
  [null, "/login", "form[action='/login'] [type=submit]"],
  [null, "/staff/login", "form[action='/staff/login'] [type=submit]"],
  [null, "/password/forgot", "main form button"],
  ["kim", "/cases/new", "form.new-case [value=send], main form .btn-primary"],
  ["kim", "/cases/C1", "form[action$='/messages'] button"],
  ["kim", "/account", "form[action='/account/password'] [type=submit]"],
  ["chef", "/staff/cases/C1", "form[action$='/notes'] button"],
  ["chef", "/staff/users", "form[action='/staff/users'][method=post] button"],
  ["chef", "/staff/customers/K1", "form[action$='/login'] button"],
  ["chef", "/staff/account", "form[action$='/password'] [type=submit]"],
  ["chef", "/staff/lists/cases", null],
];
for (const [who, path, button] of REFUSALS) {
  test(`${path}: a refusal is told at once, in the title and where the focus is`, async () => {
    for (const javaScriptEnabled of [true, false]) {
      const page = await site.open(path, { who, locale: "en-GB", javaScriptEnabled });
      if (!button) for (const box of await page.locator("main tbody input[type=checkbox]").all()) await box.uncheck();
      await page.locator(button ?? "main button[value=save]").first().click();
      await page.waitForSelector("[data-error-summary]:focus");
      assert.match(await page.title(), /^Error: .+ – /);
    }
  });
}

// Where the page is after something was sent: what has the focus, and whether the message of the portal is in view.
const noticeSeen = (page) => page.evaluate(() => {
  const box = document.getElementById("notice").getBoundingClientRect();
  return { focus: document.activeElement.id, inView: box.top >= 0 && box.bottom <= innerHeight && box.height > 0 };
});

const SENT = [
  ["kim", "/cases/C1", "form[action$='/messages'] textarea", "form[action$='/messages'] button"],
  ["chef", "/staff/cases/C1", "form[action$='/messages'] textarea", "form[action$='/messages'] button"],
  ["chef", "/staff/cases/C1", "form[action$='/notes'] textarea", "form[action$='/notes'] button"],
  ["chef", "/staff/customers/K1", "#phone", "main form:has(#phone) button.btn-primary"],
];
for (const [who, path, field, button] of SENT) {
  test(`${path} ${button}: that it was sent is in view, and read because it has the focus`, async () => {
    for (const javaScriptEnabled of [true, false]) {
      const page = await site.open(path, { who, javaScriptEnabled, height: 600 });
      await page.fill(field, "031-123 456");
      await page.locator(button).first().click();
      await page.waitForSelector(javaScriptEnabled ? "#notice[role=status]:focus" : "#notice[role=status]");
      await page.waitForLoadState("load");
      const { focus, inView } = await noticeSeen(page);
      assert.ok(inView, `in view, scripts ${javaScriptEnabled}`);
      if (javaScriptEnabled) assert.equal(focus, "notice");
      await site.close(page);
    }
  });
}

test("a message on a page whose field has the focus describes that field", async () => {
  const page = await site.open("/login", { who: null });
  await page.fill("#username", "kim@x.se");
  await page.fill("#password", PASSWORD);
  await page.keyboard.press("Enter");
  await page.locator("form[action='/logout'] button").click();
  await page.waitForSelector("#notice");
  const focused = page.locator(":focus");
  assert.equal(await focused.getAttribute("name"), "username");
  assert.match(await focused.getAttribute("aria-describedby"), /^notice\b/);
});

test("a customer that an object proposes is said where the focus is elsewhere", async () => {
  const page = await site.open("/staff/cases/new", { who: "chef" });
  await page.fill("#object", "Hus");
  await page.locator("#object-list [role=option]").first().click();
  await page.waitForSelector("#announced[role=status]", { state: "attached" });
  assert.equal(await page.textContent("#announced"), "Kund (nummer): Brf Eken");
});

test("the chosen files are said when one comes or goes", async () => {
  const page = await site.open("/cases/new");
  const said = () => page.textContent("#announced[role=status]");
  await page.route("**/cases/draft/files", (route) => route.fulfill({ status: 204 })); // they stay chosen
  const file = (name) => ({ name, mimeType: "text/plain", buffer: Buffer.from(name) });
  await page.setInputFiles("#attachments", [file("a.txt"), file("b.txt")]);
  assert.equal(await said(), "Valda filer: a.txt, b.txt");
  await page.setInputFiles("#attachments", [file("c.txt")]);
  assert.equal(await said(), "Valda filer: a.txt, b.txt, c.txt");
  for (const left of ["Valda filer: b.txt, c.txt", "Valda filer: c.txt", "Ingen fil är vald"]) {
    await page.locator(".upload-list button").first().click();
    assert.equal(await said(), left);
  }
});

for (const [who, path] of [["kim", "/"], ["kim", "/cases"], [null, "/login"], ["chef", "/staff"]]) {
  test(`${path}: nothing moves on a phone once it is shown`, async () => {
    const page = await site.open(null, { who, width: 412, height: 900 });
    await page.addInitScript(() => {
      globalThis.moved = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((one) => (globalThis.moved += one.value)))
        .observe({ type: "layout-shift", buffered: true });
    });
    await site.go(page, path);
    await page.waitForSelector("[data-theme-text]:not(:empty)", { state: "attached" });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const moved = await page.evaluate(() => globalThis.moved);
    assert.ok(moved <= 0.02, `the layout shift of ${path} is ${moved}`);
  });
}

for (const [who, path, selector] of [["kim", "/cases", ".site-menu [aria-current=page]"],
  ["kim", "/dashboards/cases", ".board-tabs [aria-current]"],
  ["kim", "/dashboards/cases", ".board-periods [aria-current]"], ["kim", "/cases/C1", ".timeline-step[aria-current]"],
  ["chef", "/staff/cases", ".staff-menu [aria-current=page]"]]) {
  test(`${path}: ${selector} is marked where the system forces its colours`, async () => {
    const page = await site.open(path, { who, forcedColors: "active" });
    const outline = await page.$eval(selector, (one) => getComputedStyle(one).outlineStyle);
    assert.equal(outline, "solid");
  });
}

const LISTS = [
  ["kim", "/cases"], ["kim", "/cases/C1/actions"], ["kim", "/files"], ["kim", "/invoices"], ["kim", "/invoices/F-1"],
  ["kim", "/dashboards/cases/rows?from=2026-01-01&to=2026-12-31"],
  ["chef", "/staff/cases"], ["chef", "/staff/cases/C1"], ["chef", "/staff/lists/cases"], ["chef", "/staff/invoices"],
  ["chef", "/staff/invoices/F-1"], ["chef", "/staff/customers"],
  ["chef", "/staff/objects"], ["chef", "/staff/objects/tree"], ["chef", "/staff/contacts"], ["chef", "/staff/articles"],
  ["chef", "/staff/files"], ["chef", "/staff/picklists/case_type"], ["chef", "/staff/accounts"],
  ["chef", "/staff/users"], ["chef", "/staff/audit"], ["chef", "/staff/configuration/form"],
  ["chef", "/staff/help"],
];

for (const [who, path] of LISTS) {
  test(`${path}: each row has a heading of its own, and as many cells as there are headings of columns`, async () => {
    for (const width of [390, 1024]) {
      const page = await site.visit(path, { who, width });
      const tables = await rowsRead(page);
      assert.ok(tables.some((rows) => rows.length > 1), `${path} shows a table with rows`);
      for (const [heads, ...rows] of tables) {
        // Headings of groups and sums reach over several columns.
        for (const row of rows.filter((cells) => cells.length > 2 || heads.length <= 2)) {
          assert.equal(row.length, heads.length, `${path} at ${width} px: ${row} below ${heads}`);
          assert.equal(row.filter((cell) => cell === "rowheader").length, 1, `${path} at ${width} px: ${row}`);
        }
      }
    }
  });
}
