// What people wrote is marked with the language of the installation's data in pages of the other language (WCAG 3.1.2):
// titles, descriptions, messages, notes, texts of rows; not numbers, names of things, nor texts of the program.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
const files = {
  "customers.csv": "number,name\nK1,Brf Eken\n",
  "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\n",
  "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\n`,
  "cases.csv": "number,title,description,customer,status,created,finished\n"
    + "C1,Läckande kran,Det droppar <hela> tiden,K1,finished,2026-03-01T08:00:00,2026-03-03T08:00:00\n"
    + "C2,4711,,K1,not_started,2026-03-01T08:00:00,\n",
  "work_orders.csv": "number,case,title,status,created\nC1-1,C1,Byt packning,finished,2026-03-01T09:00:00\n",
  "articles.csv": "number,name,article_type,unit,unit_price\n100,Tekniker,time,h,650\n",
  "article_rows.csv": "number,case,work_order,article,date,title,description,article_type,quantity,unit_price,status\n"
    + "R1,C1,C1-1,100,2026-03-02,Arbete på plats,Packningen är bytt,time,1.5,650,attested\n",
  "invoice_specifications.csv": "number,customer,title,status,rows\nF-1,K1,Mars månad,awaiting_approval,R1\n",
};

let portal, staff;
const clients = {};
before(async () => {
  portal = await startPortal({ files });
  for (const lang of ["en", "sv"]) {
    clients[lang] = portal.client({ "accept-language": lang });
    assert.equal((await clients[lang].login("kim@x.se", PASSWORD)).status, 303);
  }
  ({ client: staff } = await staffClient(portal, "anna@example.se", "handler"));
  await clients.sv.submit("/cases/C1", { message: "Tack för hjälpen" });
  await staff.submit("/staff/cases/C1", { note: "Ring före besöket" });
  staff.headers = { ...staff.headers, "accept-language": "en" };
});
after(() => portal?.stop());

const marked = (html) => [...html.matchAll(/<span lang="sv">(.*?)<\/span>/gs)].map((m) => m[1]);

const PAGES = {
  "/cases": ["Läckande kran"],
  "/cases/C1": ["Läckande kran", "Det droppar &lt;hela&gt; tiden", "Tack för hjälpen", "Packningen är bytt"],
  "/cases/C1/actions": ["Arbete på plats", "Packningen är bytt"],
  "/invoices": ["Mars månad"],
  "/invoices/F-1": ["Mars månad", "Arbete på plats", "Läckande kran"],
};
const STAFF = {
  "/staff/cases": ["Läckande kran"],
  "/staff/cases/C1": ["Läckande kran", "Det droppar &lt;hela&gt; tiden", "Tack för hjälpen", "Ring före besöket",
    "Byt packning", "Arbete på plats"],
  "/staff/invoices": ["Mars månad"],
};

for (const [path, texts] of [...Object.entries(PAGES), ...Object.entries(STAFF)]) {
  test(`${path}: an English page marks Swedish texts as Swedish`, async () => {
    const { status, text } = await (path in PAGES ? clients.en : staff).get(path);
    assert.equal(status, 200);
    assert.match(text, /<html lang="en"/);
    for (const one of texts) assert.ok(marked(text).includes(one), `${one}: ${marked(text).join(" | ")}`);
    for (const one of marked(text)) assert.match(one, /\p{L}{2}/u, `${one} is no text`);
    assert.doesNotMatch(text, /&lt;span|="[^"]*<span/, "a mark within an attribute");
  });
}

test("a Swedish page marks nothing", async () => {
  for (const path of Object.keys(PAGES)) assert.deepEqual(marked((await clients.sv.get(path)).text), [], path);
});

test("where data are English, a Swedish page marks them as English and an English page nothing", async () => {
  const other = await startPortal({ files, config: "[portal]\ndata_language = en\n" });
  try {
    for (const lang of ["sv", "en"]) {
      const client = other.client({ "accept-language": lang });
      await client.login("kim@x.se", PASSWORD);
      const { text } = await client.get("/cases/C1");
      assert.equal(/<span lang="en">Läckande kran<\/span>/.test(text), lang === "sv");
      assert.deepEqual(marked(text), []);
    }
  } finally {
    await other.stop();
  }
});
