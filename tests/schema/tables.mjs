// The tables of a portal's database.
import { ENGINE } from "../http/harness.mjs";

const TABLES = {
  sqlite: `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'case\\_search%' ESCAPE '\\'
    AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
  postgres: "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'",
};

// Table → how many rows it has.
export function countRows(portal) {
  const tables = portal.sql(TABLES[ENGINE]).flat();
  const one = (table) => `SELECT '${table}', COUNT(*) FROM ${table}`;
  return new Map(portal.sql(tables.map(one).join(" UNION ALL ")).map(([table, count]) => [table, Number(count)]));
}
