// Mails that a portal without a mail server writes as files: what they say, and the links in them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { waitFor } from "./harness.mjs";

const decodeWords = (text) => text.replace(/\r?\n[ \t]+/g, " ").replace(/\?=\s+=\?/g, "?==?")
  .replace(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, kind, body) => kind.toLowerCase() === "b"
    ? Buffer.from(body, "base64").toString("utf8")
    : Buffer.from(body.replaceAll("_", " ")
      .replace(/=([0-9A-F]{2})/gi, (__, hex) => String.fromCharCode(parseInt(hex, 16))),
      "latin1").toString("utf8"));

export function mailsTo(portal, address) {
  let names = [];
  try {
    names = readdirSync(join(portal.data, "mail")).filter((name) => name.endsWith(".eml")).sort();
  } catch {
    return []; // no mail yet
  }
  return names.map((name) => readFileSync(join(portal.data, "mail", name), "utf8")).map((text) => {
    const at = text.indexOf("\n\n");
    const head = decodeWords(text.slice(0, at));
    const header = (key) => new RegExp(`^${key}: (.*)$`, "im").exec(head)?.[1] ?? "";
    const body = text.slice(at + 2);
    return { head, to: header("to"), from: header("from"), subject: header("subject"), body,
      path: /https?:\/\/[^/\s]+(\/\S*)/.exec(body)?.[1] ?? "" };
  }).filter((mail) => mail.to === address);
}

// The mail number `count` to that address, when it has been written.
export const mailTo = (portal, address, count = 1) =>
  waitFor(`mail number ${count} to ${address}`, () => mailsTo(portal, address)[count - 1]);
