// The accessibility statement: what it says, in which language, and that it follows docs/accessibility.md.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { tableOf, textOf } from "./html.mjs";

let portal;
before(async () => {
  portal = await startPortal({ config: "[portal]\nname = Hissfirman\nphone = 031-123 45\n"
    + "contact_sv = Skriv till hjalp@firma.se\ncontact_en = Write to help@firma.se\n" });
});
after(() => portal?.stop());

const document = readFileSync(new URL("../../docs/accessibility.md", import.meta.url), "utf8");
const criteria = [...document.matchAll(/^\| (\d\.\d\.\d+) \| (A+) \| (.*?) \| (.*?) \| (\w+) \|/gm)];
const WORDS = { sv: { yes: "Uppfyllt", partly: "Uppfyllt med brister", absent: "Gäller inte här" },
  en: { yes: "Holds", partly: "Holds with limitations", absent: "Does not apply" } };

test("the statement is in both languages, open to everybody, and has all 55 criteria as the document has them",
  async () => {
  assert.equal(criteria.length, 55);
  for (const lang of ["sv", "en"]) {
    const answer = await portal.client().get("/accessibility", { "accept-language": lang });
    assert.equal(answer.status, 200);
    assert.match(answer.text, new RegExp(`<html lang="${lang}"`));
    assert.deepEqual(tableOf(answer.text).rows, criteria.map(([, number, level, english, swedish, holds]) =>
      [`${number} ${lang === "sv" ? swedish : english}`, level, WORDS[lang][holds]]));
  }
});

test("the statement names the company, its contact and phone, each limitation and the day of the review", async () => {
  const text = textOf((await portal.client().get("/accessibility", { "accept-language": "en" })).text);
  assert.match(text, /Hissfirman wants everybody/);
  assert.match(text, /Phone: 031-123 45 Write to help@firma\.se/);
  assert.ok(text.includes(/^Last reviewed: (\S+)$/m.exec(document)[1]));
  const part = document.split("\n## Limitations\n")[1].split("\n## ")[0];
  const limits = [...part.matchAll(/^\| [\d., ]+ \| (.*?) \|/gm)].map((m) => m[1]);
  assert.ok(limits.length > 0);
  for (const limit of limits) assert.ok(text.includes(limit), limit);
});

test("the statement counts the criteria that hold", async () => {
  const text = textOf((await portal.client().get("/accessibility", { "accept-language": "sv" })).text);
  const count = (word) => criteria.filter((one) => one[5] === word).length;
  assert.ok(text.includes(`av 55 kriterier är ${count("yes")} uppfyllda, ${count("absent")} gäller`), text);
});
