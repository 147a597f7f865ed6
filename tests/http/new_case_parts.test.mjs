// The three parts of the form of a new case: what stands where, what is folded, and what opens a folded part.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { textOf } from "./html.mjs";

const PASSWORD = "Ekollon-2026";
const files = {
  "picklists.csv": "list,key,label_sv,label_en\ncase_type,fel,Felanmälan,Fault\npriority,akut,Akut,Urgent\n",
  "customers.csv": `number,name,login\nA,Brf Aspen,aspen/${PASSWORD}\nB,Brf Björken,\n`,
  "objects.csv": "number,name,customer,street,city\nA1,Aspen 1,A,Storgatan 1,Göteborg\nB1,Björken 1,B,,\n",
  "contacts.csv": "number,first_name,last_name,email,mobile,customers\nK1,Bo,Ek,bo@x.se,070-123,A|B\n"
    + "K2,Utan,Tel,tel@x.se,,A|B\n",
  "accounts.csv": `email,password,verified\nbo@x.se,${PASSWORD},yes\ntel@x.se,${PASSWORD},yes\n`
    + `ny@x.se,${PASSWORD},yes\n`,
};
let plain, configured, labelled;
before(async () => {
  [plain, configured, labelled] = await Promise.all([
    startPortal({ files }),
    startPortal({ files, config: "[case_form]\nfields = reporter, title, priority, your_reference, site_street\n"
      + "[field.priority]\nrequired = yes\n[field.your_reference]\nlabel_sv = Beställarnummer\n" }),
    startPortal({ files, config: "[field.object]\nlabel_sv = Anläggning\nrequired = yes\n" }),
  ]);
});
after(() => Promise.all([plain, configured, labelled].map((one) => one?.stop())));

async function formOf(portal, name, fields) {
  const client = portal.client();
  assert.equal((await client.login(name, PASSWORD)).status, 303, name);
  const page = fields ? await client.postForm("/cases/new", fields) : await client.get("/cases/new");
  return page.text.slice(page.text.indexOf('class="case-form"'));
}
// What the user reads and fills in, in its order: headings, lines of folded parts (`>` closed, `v` open) and fields.
const PIECES = new RegExp("<legend>(.*?)</legend>|<details class=\"fold\"( open)?>\\s*<summary>(.*?)</summary>"
  + "|<(?:input|select|textarea)[^>]* id=\"(\\w+)\"", "gs");
const outline = (html) => [...html.matchAll(PIECES)]
  .map(([, legend, open, folded, field]) => legend ?? field ?? `${open ? "v" : ">"} ${folded}`);

test("where, what and contact follow each other; what need not be filled in is folded", async () => {
  assert.deepEqual(outline(await formOf(plain, "bo@x.se")), ["Var?", "object", "customer",
    "> Adress: objektets – ändra", "site_street", "site_postal_code", "site_city", "Vad?", "title", "description",
    "attachments", "> Fler uppgifter", "type", "priority", "your_reference",
    "> Kontakt: Bo Ek, 070-123 – ändra", "reporter", "reporter_phone"]);
});

test("a person whose phone is not known, and people who share a login, are asked", async () => {
  for (const name of ["tel@x.se", "aspen"])
    assert.ok(outline(await formOf(plain, name)).includes("Kontakt"), name);
});

test("a login that can choose no object is asked for the address", async () => {
  const seen = outline(await formOf(plain, "ny@x.se"));
  assert.deepEqual(seen.slice(0, 2), ["Adress", "site_street"]);
});

test("a typed address is shown as one line", async () => {
  const html = await formOf(plain, "bo@x.se", { title: "", site_street: "Lillgatan 2", site_city: "Åmål" });
  assert.ok(outline(html).includes("> Adress: Lillgatan 2, Åmål – ändra"), textOf(html));
});

test("a folded part with a refused field is open", async () => {
  const html = await formOf(plain, "bo@x.se", { title: "x", your_reference: "x".repeat(2000) });
  assert.ok(outline(html).includes("v Fler uppgifter"), textOf(html));
});

test("a hidden or read-only object is neither asked for nor known, and a single one has its label", async () => {
  for (const setting of ["hidden", "readonly"]) {
    const portal = await startPortal({ files, config: `[field.object]\n${setting} = yes\n` });
    try {
      const html = await formOf(portal, "bo@x.se");
      assert.doesNotMatch(html, /name="(object|choose|open_shown)" value="[^"]|data-known=/, setting);
    } finally {
      await portal.stop();
    }
  }
  const client = labelled.client();
  await client.login("aspen", PASSWORD);
  const page = (await client.get("/cases/new")).text;
  assert.match(textOf(page), /Anläggning ?Aspen 1 \(A1\)/);
  assert.match(page, /type="hidden" name="object" value="A1"/);
});

test("the settings rule the order within a part, the labels, and what is asked for at once", async () => {
  const html = await formOf(configured, "aspen");
  assert.deepEqual(outline(html), ["Adress", "site_street", "Vad?", "title", "priority", "attachments",
    "> Fler uppgifter", "your_reference", "Kontakt", "reporter"]);
  assert.match(textOf(html), /Beställarnummer/);
});
