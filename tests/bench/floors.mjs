// The floors that pages are compared with: bare HTTP with a page of the same size, bare SQL that reads the same rows.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpuOf, load } from "./measure.mjs";

const PORT = 18099;

// Microseconds of processor time for one request of so many bytes.
export async function bareHttp(program, bytes, seconds) {
  const server = spawn(program, [String(PORT), String(bytes)], { stdio: ["pipe", "pipe", "inherit"] });
  await once(server.stdout, "data");
  const before = cpuOf(server.pid, false);
  const result = await load(`http://127.0.0.1:${PORT}/`, "a=b", seconds);
  const cost = (cpuOf(server.pid, false) - before) / result.requests;
  server.stdin.end();
  await once(server, "close");
  return { cost, ...result };
}

// Microseconds of processor time for one round of the statements, the database server's share included.
export async function bareSql(program, database, statements, seconds) {
  const postgres = database.startsWith("postgresql:");
  const before = cpuOf(process.pid, postgres);
  const loop = spawn(program, [database, String(seconds)], { stdio: ["pipe", "pipe", "inherit"] });
  const idle = cpuOf(process.pid, postgres) - before;
  loop.stdin.end(statements.map((text) => text.replace(/\s+/g, " ").trim()).join("\n") + "\n");
  const own = cpuOf(loop.pid, postgres);
  const [rounds] = await once(loop.stdout, "data");
  const used = cpuOf(loop.pid, postgres) - own - idle;
  loop.kill();
  await once(loop, "close");
  return used / Number(rounds.toString());
}

const COLUMNS = `c.id, c.created, c.number, c.title, c.status, ty.key, ty.label_sv, o.number, o.name`;
const JOINS = `LEFT JOIN picklist_item ty ON ty.id = c.type_id LEFT JOIN object o ON o.id = c.object_id`;

// What every page reads before it begins: the session, who it is, and the links.
const whoIsIt = (who) => [
  `SELECT login_id, created, last_seen FROM session WHERE login_id = ${who.login} LIMIT 1`,
  `SELECT l.kind, l.owner_id, l.name, a.email, k.id, k.first_name, k.last_name FROM login l
    JOIN account a ON a.id = l.owner_id
   JOIN contact_address m ON m.address = l.name JOIN contact k ON k.id = m.contact_id WHERE l.id = ${who.login}`,
];
const formChoices = (who) => [
  `SELECT key, label_sv, label_en FROM picklist_item WHERE list = 'case_type' AND active = 1 ORDER BY label_sv`,
  `SELECT key, label_sv, label_en FROM picklist_item WHERE list = 'priority' AND active = 1 ORDER BY label_sv`,
  `SELECT cu.number, cu.name FROM contact_customer link JOIN customer cu ON cu.id = link.customer_id
   WHERE link.contact_id = ${who.contact}`,
  `SELECT count(*) FROM (SELECT o.id FROM contact_customer link JOIN object o ON o.customer_id = link.customer_id
   WHERE link.contact_id = ${who.contact} LIMIT 41) AS few`,
];

export const pages = {
  search: (who) => [...whoIsIt(who), ...formChoices(who),
    ...who.scopes.slice(0, 1)
      .map((scope) => `SELECT ${COLUMNS} FROM case_scope s JOIN cases c ON c.id = s.case_id ${JOINS}
     WHERE s.scope = ${scope} ORDER BY s.created DESC, s.case_id DESC LIMIT 21`)],
  words: (who, engine) => [...whoIsIt(who), ...formChoices(who),
    `SELECT ${COLUMNS} FROM (SELECT DISTINCT s.created, s.case_id FROM case_scope s
      WHERE s.scope IN (${who.scopes.join(", ")})
     AND s.case_id IN ${hits(who, engine)} ORDER BY s.created DESC, s.case_id DESC LIMIT 21) s
     JOIN cases c ON c.id = s.case_id ${JOINS}`],
  case: (who) => [...whoIsIt(who),
    `SELECT c.*, ty.label_sv, o.name, cu.name FROM cases c ${JOINS} LEFT JOIN customer cu ON cu.id = c.customer_id
     WHERE c.number = '${who.number}'`,
    `SELECT 1 FROM case_scope WHERE case_id = ${who.caseId} AND scope IN (${who.scopes.join(", ")})`,
    `SELECT key, value FROM case_extra WHERE case_id = ${who.caseId}`,
    `SELECT w.* FROM work_order w WHERE w.case_id = ${who.caseId} ORDER BY w.id`,
    `SELECT k.first_name, k.last_name FROM case_contact cc JOIN contact k ON k.id = cc.contact_id WHERE cc.case_id = `
      + `${who.caseId}`,
    `SELECT key, name, media_type, size, created FROM file WHERE case_id = ${who.caseId}`,
    `SELECT count(*) FROM article_row WHERE case_id = ${who.caseId} AND status <> 'cancelled'`],
  form: (who) => [...whoIsIt(who), ...formChoices(who)],
};

function hits(who, engine) {
  const tokens = who.scopes.map((scope) => `\u{e000}${scope.toString(16)}`);
  if (engine === "sqlite")
    return `(SELECT rowid FROM case_search WHERE case_search MATCH '"${who.word}"* AND `
      + `(${tokens.map((t) => `"${t}"`).join(" OR ")})')`;
  return `(SELECT case_id FROM case_search WHERE words @@ '''${who.word}'':* & `
    + `(${tokens.map((t) => `''${t}''`).join(" | ")})'::tsquery)`;
}
