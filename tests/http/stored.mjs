// Puts files into a portal beside the program: contents of any kind and type, also those that no upload and no import
// would take.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// To start b2sum takes much longer than a digest, and many files of a test have the same content.
const digests = new Map();
function digestOf(bytes) {
  const key = bytes.toString("latin1");
  if (!digests.has(key))
    digests.set(key, execFileSync("b2sum", ["-l", "256"], { input: bytes, encoding: "utf8" }).slice(0, 64));
  return digests.get(key);
}
const text = (value) => `'${String(value).replaceAll("'", "''")}'`;
const reference = (table, number) => (number ? `(SELECT id FROM ${table} WHERE number = ${text(number)})` : "NULL");

// [{key, name, bytes, type, customer|object|case, category, visible, created}], where created is an ISO instant.
export function storeFiles(portal, files) {
  const rows = files.map((file) => {
    const bytes = Buffer.from(file.bytes ?? `Innehåll i ${file.name}\n`);
    const digest = digestOf(bytes);
    const folder = join(portal.data, "files", digest.slice(0, 2));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, digest.slice(2)), bytes);
    const category = file.category
      ? `(SELECT id FROM picklist_item WHERE list = 'file_category' AND key = ${text(file.category)})` : "NULL";
    const owner = [["customer", file.customer], ["object", file.object], ["cases", file.case]];
    return `(${[text(file.key), ...owner.map(([table, number]) => reference(table, number)),
      text(file.name), text(file.type ?? "text/plain"), bytes.length, text(digest), category,
        file.visible === false ? 0 : 1,
      Date.parse(file.created ?? "2026-01-01T12:00:00Z") * 1000].join(", ")})`;
  });
  for (let at = 0; at < rows.length; at += 500)
    portal.sql(`INSERT INTO file (key, customer_id, object_id, case_id, name, media_type, size, digest, category_id,
      visible, created)
      VALUES ${rows.slice(at, at + 500).join(", ")}`);
  portal.writeWords();
}
