// Imports and exports of tests: files go in by the command and are read back.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after } from "node:test";
import { makePortal } from "./harness.mjs";

const portals = [];
after(async () => {
  for (const portal of portals) await portal.stop();
});

// A portal with these files, which is gone after the tests; an empty database without them.
export async function fresh(files) {
  const portal = await makePortal({ files });
  portals.push(portal);
  return portal;
}

export function folderOf(portal, files) {
  const folder = mkdtempSync(join(portal.folder, "in-"));
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

// Imports and returns how it went, without throwing.
export const load = (portal, files, ...options) => portal.run("import", ...options, folderOf(portal, files));

// The problems of a refused import, without the closing line.
export async function problems(portal, files) {
  const run = await load(portal, files);
  assert.equal(run.code, 1, run.stdout);
  const told = run.stderr.trimEnd().split("\n");
  assert.equal(told.pop(), "kundportal import: nothing was imported");
  return told;
}

// The files of a folder and of those below it, as [path, bytes] in the order of their names.
export function filesOf(folder, below = "") {
  return readdirSync(join(folder, below), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(below, entry.name);
      return entry.isDirectory() ? filesOf(folder, path) : [[path, readFileSync(join(folder, path))]];
    });
}

// Everything that an export writes, by path: the texts of CSV files, the bytes of others.
export async function exported(portal) {
  const folder = join(mkdtempSync(join(portal.folder, "out-")), "export");
  const run = await portal.run("export", folder);
  assert.deepEqual([run.code, run.stderr], [0, ""]);
  return Object.fromEntries(filesOf(folder)
    .map(([path, bytes]) => [path, path.endsWith(".csv") ? bytes.toString("utf8") : bytes]));
}

// The lines of a CSV file that was exported; the rows are without its heads.
export const lines = (text) => text.trimEnd().split("\r\n");
export const rows = (text) => lines(text).slice(1);
