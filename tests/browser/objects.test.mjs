// The pages of objects in a real browser: they fit every screen in both languages, are accessible, and print.
import assert from "node:assert/strict";
import { test } from "node:test";
import { storeFiles } from "../http/stored.mjs";
import { print } from "./paper.mjs";
import { browserTest, PASSWORD } from "./site.mjs";

const LONG = "Undercentralen för fjärrvärme och tappvarmvatten i flerbostadshuset Ängsgatan 1–31";
const UNBROKEN = "Fjärrvärmeundercentralsövervakningsanläggningen".repeat(2);
const FUTURE = new Date(Date.now() + 3 * 864e5).toISOString().slice(0, 10);
const PAST = new Date(Date.now() - 30 * 864e5).toISOString().slice(0, 10);
const files = {
  "picklists.csv": "list,key,label_sv,label_en\nobject_group,hus,Hus,House\n",
  "customers.csv": "number,name\nA,Bostadsrättsföreningen Aspen och Björken i Västra Hamnen\n",
  "objects.csv": "number,name,customer,parent,group,street,postal_code,city\n"
    + `O1,${LONG},A,,hus,Ängsgatan 1–31,123 45,Åmål\nO2,${UNBROKEN},A,O1,,,,\n`
    + Array.from({ length: 60 }, (_, i) => `Lgh ${i + 1},Lägenhet ${i + 1},A,O1,,,,\n`).join(""),
  "contacts.csv": "number,first_name,last_name,email,customers\nK1,Bo,Ek,bo@x.se,A\n",
  "accounts.csv": `email,password,verified\nbo@x.se,${PASSWORD},yes\n`,
  "cases.csv": `number,title,customer,object,created
C1,Det droppar från taket i ${UNBROKEN},A,O1,${PAST}T08:00:00
C2,Läckande kran,A,O1,${PAST}T09:00:00
`,
  "work_orders.csv": `number,case,status,resource,booked_from,booked_to,created,started,finished
W1,C1,not_started,Tommy Lind,${FUTURE}T08:00:00,${FUTURE}T10:00:00,${PAST}T08:00:00,,
W2,C2,finished,,,,${PAST}T08:00:00,${PAST}T10:00:00,${PAST}T11:00:00
`,
  "article_rows.csv": `number,case,date,title,quantity,unit_price,status\nR1,C2,${PAST},Pump,2,1234.5,attested\n`,
};
const site = browserTest({
  files, logins: { bo: "bo@x.se" },
  prepare: ({ portal }) => storeFiles(portal, [{ key: "r", name: `${UNBROKEN}.pdf`, object: "O1" }]),
});
const EVERY = { widths: [320, 390, 1280, 1920], axe: [390, 1280] };

for (const path of ["/objects", "/objects/tree", "/objects/tree?parent=O1", "/objects/O1", "/objects/O2"])
  test(`${path} fits and is accessible`, () => site.assertSound(path, { ...EVERY, schemes: ["light", "dark"] }));

test("the page of an object prints what it shows, without what is only for the screen", async () => {
  const page = await site.open("/objects/O1");
  const { sheets, outside } = await print(page, "object");
  const text = sheets.join("\n");
  for (const part of ["Läckande kran", "Nästa besök", "2 469,00 kr"])
    assert.ok(text.replaceAll("\u00a0", " ").includes(part), part);
  assert.ok(!text.includes("Anmäl fel här"));
  assert.deepEqual(outside, []);
});
