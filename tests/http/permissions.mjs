// Who may ask which address: the routes as the program lists them, and as docs/permissions.md has them.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { PROGRAM } from "./harness.mjs";

// The roles of each table with the words of `kundportal routes` that let each in.
export const PORTAL_ROLES = {
  nobody: ["anybody"],
  unlinked: ["anybody", "contact"],
  linked: ["anybody", "contact", "linked"],
  payer: ["anybody", "contact", "linked", "payer"],
  customer: ["anybody", "customer"],
  object: ["anybody", "object"],
};
export const STAFF_ROLES = {
  nobody: ["anybody"],
  half: ["anybody", "half"],
  handler: ["anybody", "handler"],
  administrator: ["anybody", "administrator"],
};

export const isStaff = (path) => path === "/staff" || path.startsWith("/staff/");
export const rolesOf = (path) => (isStaff(path) ? STAFF_ROLES : PORTAL_ROLES);

// [{method, path, who: [word], folder}], as `kundportal routes` prints them.
export function readRoutes() {
  const lines = execFileSync(PROGRAM, ["routes"], { encoding: "utf8" }).trim().split("\n");
  return lines.map((line) => {
    const [method, path, who, folder] = line.split(/\s+/);
    return { method, path, who: who.split(","), folder };
  });
}

// How a role is answered: yes, no (404), login (led to the login page), or factor (led to the second factor).
export function answerFor({ path, who }, role) {
  if (rolesOf(path)[role].some((word) => who.includes(word))) return "yes";
  return role === "nobody" ? "login" : role === "half" ? "factor" : "no";
}

// The line of docs/permissions.md for a route.
export function lineOf(route) {
  const cells = Object.keys(rolesOf(route.path)).map((role) => answerFor(route, role));
  return `| \`${route.path}\` | ${[route.method, ...cells].join(" | ")} |`;
}

export function readLines() {
  const text = readFileSync(new URL("../../docs/permissions.md", import.meta.url), "utf8");
  return text.split("\n").filter((line) => /^\| `\//.test(line));
}
