// Picklists as staff keep them: texts, order, what can be chosen, and what customers are offered at once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, textOf, valueOf } from "./html.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
let portal, staff, eken;
before(async () => {
  portal = await startPortal({ config: "[case_form]\nfields = title, type\n", files: {
    "picklists.csv": "list,key,label_sv,label_en\ncase_type,fel,Felanmälan,Fault\ncase_type,best,Beställning,Order\n"
      + "case_type,ann,Annat,\n",
    "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\n`,
    "cases.csv": "number,title,type,customer,created\nC1,Kran,ann,K1,2026-03-01T08:00:00\n",
  } });
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
  eken = portal.client();
  assert.equal((await eken.login("eken", PASSWORD)).status, 303);
});
after(() => portal?.stop());

const PATH = "/staff/picklists/case_type";
const ids = () => Object.fromEntries(portal.sql("SELECT key, id FROM picklist_item WHERE list = 'case_type'"));
// The form with changes by key, {fel: {sv, en, position, active}}, and the fields of a new item.
async function send(changes = {}, fresh = {}) {
  const known = ids(), fields = { ...fresh };
  for (const [key, change] of Object.entries(changes))
    for (const [name, value] of Object.entries(change)) fields[`${name}_${known[key]}`] = value === false ? undefined
      : value;
  return staff.submit(PATH, fields, { form: PATH });
}

test("the lists are there, and no others", async () => {
  assert.match(textOf((await staff.get("/staff/picklists")).text), /Ärendetyper 3.*Objektgrupper 0/s);
  assert.equal((await staff.get("/staff/picklists/saknas")).status, 404);
});

test("texts, order and choice reach the customer at once", async () => {
  const html = (await eken.get("/cases/new")).text;
  assert.ok(html.indexOf("Felanmälan") < html.indexOf("Beställning")
    && html.indexOf("Beställning") < html.indexOf("Annat"), "in the order of the file");
  assert.equal((await send({ fel: { sv: "Fel & <brister>", position: "2" }, best: { position: "1" },
    ann: { position: "3", active: false } })).status, 303);
  const after = (await eken.get("/cases/new")).text;
  assert.ok(after.indexOf("Beställning") < after.indexOf("Fel &amp; &lt;brister&gt;"));
  assert.doesNotMatch(after, /Annat/);
  assert.match(textOf((await eken.get("/cases/C1")).text), /Annat/, "it stays where it stands");
  assert.deepEqual(portal.sql("SELECT subject, detail FROM audit WHERE action = 'picklist_changed'"),
    [["case_type", "fel, best, ann"]]);
});

test("an item is added, and one that is wrong is not", async () => {
  assert.equal((await send({}, { key: "service", label_sv: "Service", label_en: "" })).status, 303);
  assert.match((await eken.get("/cases/new")).text, /Service/);
  for (const [fresh, name] of [[{ key: "service", label_sv: "Igen" }, "key"], [{ key: "Stor Bokstav", label_sv: "x" },
    "key"], [{ key: "ny" }, "label_sv"], [{ key: "ny", label_sv: "x".repeat(301) }, "label_sv"]]) {
    const answer = await send({}, fresh);
    assert.equal(answer.status, 400);
    assert.ok(errorOf(answer.text, name), name);
    assert.equal(valueOf(answer.text, "key"), fresh.key);
  }
});

test("a fault in the list is shown beside its field, and everything typed stays", async () => {
  const id = ids().fel;
  const answer = await send({ fel: { sv: "", position: "tio", en: "kept" } });
  assert.equal(answer.status, 400);
  assert.match(answer.text, new RegExp(`id="sv_${id}-error"`));
  assert.match(answer.text, new RegExp(`id="position_${id}-error"`));
  assert.equal(valueOf(answer.text, `en_${id}`), "kept");
  assert.equal(portal.sql("SELECT label_en FROM picklist_item WHERE key = 'fel'")[0][0], "Fault");
});

test("of two at once on one list neither undoes what the other changed", async () => {
  const open = async () => {
    const page = await staff.get(PATH);
    return (change) => staff.submit(page, change, { form: PATH });
  };
  const [one, two] = Object.entries(ids()).slice(0, 2).map(([, id]) => id);
  const label = (id) => portal.sql(`SELECT label_sv FROM picklist_item WHERE id = ${id}`)[0][0];
  const [first, second, third] = [await open(), await open(), await open()];
  assert.equal((await first({ [`sv_${one}`]: "Första", key: "nyast", label_sv: "Nyast" })).status, 303);
  assert.equal((await second({ [`sv_${two}`]: "Andra" })).status, 303, "another item");
  assert.deepEqual([label(one), label(two)], ["Första", "Andra"]);
  const refused = await third({ [`sv_${one}`]: "Tredje", key: "nyast", label_sv: "Också" });
  assert.equal(refused.status, 409);
  assert.match(textOf(refused.text), /Senast ändrad av hand@firma\.se.*: Svensk text: Första \(du skrev Tredje\)/);
  assert.equal(valueOf(refused.text, `sv_${one}`), "Tredje");
  assert.match(errorOf(refused.text, "key"), /redan/);
  assert.equal(valueOf(refused.text, "label_sv"), "Också");
  assert.equal(label(one), "Första");
  assert.equal((await staff.submit(refused, { key: "", label_sv: "" }, { form: PATH })).status, 303);
  assert.equal(label(one), "Tredje");
  const both = [await open(), await open()];
  assert.deepEqual((await Promise.all(both.map((send, i) => send({ [`sv_${two}`]: `Samtidig ${i}` }))))
    .map((answer) => answer.status).sort(), [303, 409]);
});
