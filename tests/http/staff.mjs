// Staff users for tests: made by the command, let in through the pages as people are.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { unescape, valueOf } from "./html.mjs";

export const STAFF_PASSWORD = "korrekt häst batteri";

function base32(text) {
  let bits = "";
  for (const letter of text) bits += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0");
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

// RFC 6238, written from its text. `steps` of half minutes from now.
export function codeOf(secret, steps = 0) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps));
  const digest = createHmac("sha1", base32(secret)).update(counter).digest();
  const at = digest[19] & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1e6).padStart(6, "0");
}

// Sends a code, and the next one when the clock took a step between making it and reading it: then it was too old by
// chance.
async function sendCode(steps, secret, send) {
  for (;;) {
    const code = codeOf(secret, steps);
    const answer = await send(code);
    if (answer.status < 400 || code === codeOf(secret, steps)) return answer;
  }
}

// Six digits that are not a code of now or of the minutes around.
export function wrongCode(secret) {
  const right = [-3, -2, -1, 0, 1, 2, 3].map((steps) => codeOf(secret, steps));
  return ["000000", "111111", "222222", "333333", "444444", "555555", "666666",
    "777777"].find((code) => !right.includes(code));
}

// The path of a one-time link that a command printed.
export const linkPath = (stdout) => /\/staff\/password\?token=\S+/.exec(stdout)[0];

export async function addStaff(portal, email, role) {
  const done = await portal.run("staff", "add", email, "--role", role);
  assert.equal(done.code, 0, done.stderr);
  return linkPath(done.stdout);
}

export async function choosePassword(portal, link, password = STAFF_PASSWORD) {
  const client = portal.client();
  const token = new URLSearchParams(link.split("?")[1]).get("token");
  const answer = await client.postForm("/staff/password", { token, password }, [], link);
  assert.equal(answer.status, 303, answer.text);
}

// Sets up the second factor with a client that was asked to; returns its secret and the recovery codes.
export async function setUpSecond(client) {
  const page = (await client.get("/staff/second-factor")).text;
  const secret = valueOf(page, "secret");
  // The step before now: the code of now stays free for logging in once more.
  const answer = await sendCode(-1, secret,
    (code) => client.postForm("/staff/second-factor", { secret, proof: valueOf(page, "proof"), code }));
  assert.equal(answer.status, 200, answer.text);
  return { secret, codes: [...answer.text.matchAll(/<li><code>([^<]+)<\/code>/g)].map((m) => unescape(m[1])) };
}

// A new staff user who is logged in: {client, secret, codes}.
export async function staffClient(portal, email, role) {
  await choosePassword(portal, await addStaff(portal, email, role));
  const client = portal.client();
  const answer = await client.postForm("/staff/login", { email, password: STAFF_PASSWORD });
  assert.equal(answer.status, 303, answer.text);
  const second = role === "administrator" ? await setUpSecond(client) : {};
  return { client, ...second };
}

// Sends a form of staff, and once more when the page asks whether it is meant.
export async function submitSurely(client, page, fields, options) {
  const answer = await client.sure(await client.submit(page, fields, options));
  return answer.status === 409 && valueOf(answer.text, "doubts") ? client.submit(answer, {}, options) : answer;
}
