// A database of each released schema comes up to date with its data. tests/schema has the databases and what each
// exported then.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { ENGINE, makePortal, PROGRAM } from "./harness.mjs";
import { countRows } from "../schema/tables.mjs";
import { readCsv } from "./sheets.mjs";

const FOLDER = new URL("../schema", import.meta.url).pathname;
const LOAD = join(dirname(PROGRAM), "tests/schema/load");
const dumps = readdirSync(FOLDER).filter((name) => name.endsWith(`.${ENGINE}.sql`));
const digestOf = (path) => execFileSync("b2sum", ["-l", "256", path], { encoding: "utf8" }).slice(0, 64);

function everyFile(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => join(entry.path ?? entry.parentPath, entry.name));
}

// A portal on that database, with the contents of its files.
async function loaded(name) {
  const portal = await makePortal();
  const old = join(FOLDER, name.slice(0, -".sql".length));
  execFileSync(LOAD, [portal.database.url, join(FOLDER, name)]);
  for (const path of everyFile(old).filter((one) => !one.endsWith(".csv"))) {
    const digest = digestOf(path), target = join(portal.data, "files", digest.slice(0, 2));
    mkdirSync(target, { recursive: true });
    cpSync(path, join(target, digest.slice(2)));
  }
  return { portal, old };
}

// The values of the columns that a file had then, row by row: later schemas may add columns.
function columnsOf(text, names) {
  const [head, ...rows] = readCsv(text);
  return rows.map((row) => names.map((name) => (head.includes(name) ? row[head.indexOf(name)] : `no column ${name}`)));
}

test("every schema has a database for this engine", () => {
  const versions = readdirSync(new URL("../../src/db/schema", import.meta.url)).length;
  const there = dumps.map((name) => Number(name.slice(0, 4)));
  assert.deepEqual(there, Array.from({ length: versions }, (_, i) => i + 1));
});

// The words of the cases in every database, and their endings of three letters and more.
const WORDS = ["droppar", "gatan", "göteborg", "inringt", "kran", "läckande", "öppet"];
const PARTS = WORDS.flatMap((word) => [...word].slice(2).map((_, from) => `${word.slice(from)} ${word}`)).sort();

for (const name of dumps) {
  test(`${name} migrates, checks, and exports what it exported then`, async () => {
    const { portal, old } = await loaded(name);
    const before = countRows(portal);
    const migrated = await portal.run("migrate");
    assert.equal(migrated.code, 0, migrated.stderr);
    const after = countRows(portal);
    const lost = [...before].filter(([table, count]) => after.has(table) && after.get(table) < count);
    assert.deepEqual(lost, [], "rows that are gone");
    const parts = portal.sql("SELECT part, word FROM search_part").map((row) => row.join(" ")).sort();
    assert.deepEqual(parts, PARTS, "the parts of words");
    const checked = await portal.run("check");
    assert.equal(checked.code, 0, checked.stdout + checked.stderr);
    const folder = join(mkdtempSync(join(portal.folder, "export-")), "now");
    const exported = await portal.run("export", folder);
    assert.equal(exported.code, 0, exported.stderr);
    for (const path of everyFile(old)) {
      const now = join(folder, path.slice(old.length)), then = readFileSync(path);
      assert.ok(existsSync(now), `${path} is exported`);
      if (!path.endsWith(".csv")) {
        assert.ok(then.equals(readFileSync(now)), path);
        continue;
      }
      const names = readCsv(then.toString())[0];
      assert.deepEqual(columnsOf(readFileSync(now, "utf8"), names), columnsOf(then.toString(), names), path);
    }
    await portal.stop();
  });
}
