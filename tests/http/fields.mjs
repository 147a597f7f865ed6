// The tables of fields, read from their source: src/model/NAME_fields.c, with the limits of field.h and the Swedish
// labels of the catalogues. A new field is a new row there, so a test that walks a table tries the new field too.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";

const SRC = new URL("../../src/", import.meta.url);
const read = (name) => readFileSync(new URL(name, SRC), "utf8");
const LIMITS = Object.fromEntries([...read("model/field.h").matchAll(/^#define (\w+_LIMIT) (\d+)/gm)]
  .map(([, name, limit]) => [name, Number(limit)]));
const SWEDISH = Object.fromEntries(readdirSync(SRC, { recursive: true }).filter((name) => name.endsWith("sv.po"))
  .flatMap((name) => [...read(name).matchAll(/^msgid "(.+)"\nmsgstr "(.+)"$/gm)])
  .map(([, msgid, text]) => [msgid, text]));
// {FIELD_IN("type", "type_id", _("Case type"), PICKLIST, KEY_LIMIT), .list = "case_type", .portal = 5}
const BEGIN = String.raw`\{FIELD(?:_IN|_APART)?\("(\w+)",\s*(?:"\w+",\s*)?_\("([^"]+)"\),\s*(\w+),\s*(\w+)\)`;
const FLAGS = String.raw`((?:,\s*\.\w+ = (?:[&\w"]+|_\("[^"]*"\)))*)`;
const ROW = new RegExp(`${BEGIN}${FLAGS}\\}`, "g");

// The fields of an entity in the order of its table: {name, label, kind, limit}, and the flags of the row.
export function fieldsOf(entity) {
  const source = read(`model/${entity}_fields.c`);
  const fields = [...source.matchAll(ROW)].map(([, name, label, kind, limit, flags]) => ({
    name, label: SWEDISH[label] ?? assert.fail(`no Swedish label: ${label}`), kind,
    limit: LIMITS[limit] ?? Number(limit),
    ...Object.fromEntries([...flags.matchAll(/\.(\w+) = "?([&\w]+)/g)].map(([, flag, value]) => [flag, value])),
  }));
  assert.equal(fields.length, source.match(/\{FIELD/g).length, `each row of ${entity}_fields.c is read`);
  return fields;
}
