// What one login may cause in a time ([limits]): beyond it the answer is 429, what was typed is kept, others go on.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { textOf, valueOf } from "./html.mjs";

const PASSWORD = "Ekollon-2026";
const logins = Array.from({ length: 8 }, (_, i) => `K${i},Kund ${i},kund${i}/${PASSWORD}`);
let portal;
before(async () => {
  portal = await startPortal({
    config: ["[limits]", "cases_per_hour = 3", "unlinked_cases_per_hour = 2", "upload_per_day = 300 KiB",
      "unlinked_upload_per_day = 100 KiB", "draft_per_day = 10 KiB", "exports_per_hour = 4", ""].join("\n"),
    files: {
      "customers.csv": ["number,name,login", ...logins],
      "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\n",
      "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\nnobody@x.se,${PASSWORD},yes\n`,
    },
  });
});
after(() => portal?.stop());

async function enter(name, headers) {
  const client = portal.client(headers);
  assert.equal((await client.login(name, PASSWORD)).status, 303);
  return client;
}

const report = (client, title, size = 0) => client.submit("/cases/new", { title, description: `Om ${title}`,
  reporter: "Kim" }, { form: "/cases/new", files: size
  ? [{ field: "attachments", name: `${title}.txt`, bytes: `${title} `.padEnd(size, "x"), type: "text/plain" }] : [] });
const casesLike = (title) => Number(portal.sql(`SELECT count(*) FROM cases WHERE title LIKE '${title}%'`)[0][0]);

function assertWaits(answer, words) {
  assert.equal(answer.status, 429, answer.text.slice(0, 300));
  assert.ok(Number(answer.headers.get("retry-after")) > 0, "it says when to try again");
  assert.match(textOf(answer.text), words);
}

async function reportUntilRefused(client, name, most) {
  for (let i = 0; i < most; i++) assert.equal((await report(client, `${name} ${i}`)).status, 303, `case ${i}`);
  return report(client, `${name} över`);
}

test("a login reports so many cases in an hour; then what it wrote is kept, and others go on", async () => {
  const client = await enter("kund0");
  const answer = await reportUntilRefused(client, "Mången", 3);
  assertWaits(answer, /Många ärenden har anmälts .* Det du skrev står kvar här/);
  assert.equal(valueOf(answer.text, "title"), "Mången över");
  assert.equal(casesLike("Mången"), 3);
  assert.equal(valueOf((await client.get("/cases/new")).text, "title"), "Mången över", "as a draft");
  assert.equal((await report(await enter("kund1"), "Annan")).status, 303);
  assertWaits(await report(await enter("kund0", { "accept-language": "en" }), "Mången till"),
    /Many cases have been reported .* What you wrote is still here/);
});

test("a form that is sent again counts once", async () => {
  const client = await enter("kund2");
  const page = await client.get("/cases/new");
  const send = (title) => client.submit(page, { title, reporter: "Kim" }, { form: "/cases/new" });
  for (let i = 0; i < 5; i++) assert.equal((await send("Ett")).status, 303);
  assert.equal((await send("Två")).status, 303);
  assert.equal((await send("Tre")).status, 303);
  assert.equal(casesLike("Ett"), 1);
});

test("an account that is linked to nothing has limits of its own", async () => {
  const stranger = await enter("nobody@x.se");
  assertWaits(await reportUntilRefused(stranger, "Främling", 2), /Många ärenden/);
  await report(stranger, "Främling med fil", 60 * 1024);
  assertWaits(await report(stranger, "Främling med mer", 60 * 1024), /Mycket har bifogats/);
  const kim = await enter("kim@x.se");
  assertWaits(await reportUntilRefused(kim, "Kims", 3), /Många ärenden/);
});

test("a login attaches so much in a day; then the text is kept without the files", async () => {
  const client = await enter("kund3");
  assert.equal((await report(client, "Liten", 200 * 1024)).status, 303);
  const kept = () => portal.sql("SELECT count(*) FROM upload")[0][0];
  const before = kept();
  const answer = await report(client, "Stor", 150 * 1024);
  assertWaits(answer, /Mycket har bifogats .* filerna togs inte med/);
  assert.equal(valueOf(answer.text, "title"), "Stor");
  assert.equal(casesLike("Stor"), 0);
  assert.equal(kept(), before);
  assert.equal((await client.submit(answer, {}, { form: "/cases/new" })).status, 303, "without the file");
  assert.equal((await report(client, "Mindre", 90 * 1024)).status, 303, "what is left of the day");
});

test("files of a refused form count when they come, not when the form is sent again", async () => {
  const client = await enter("kund4");
  const refused = await report(client, "", 200 * 1024);
  assert.equal(refused.status, 400);
  assert.equal((await client.submit(refused, { title: "Nu så" }, { form: "/cases/new" })).status, 303);
  assert.equal((await report(client, "Mer", 90 * 1024)).status, 303);
});

test("photos that are kept with the draft count as they come, and not again when the form is sent", async () => {
  const client = await enter("kund6");
  const keep = (size, upload = []) => client.postForm("/cases/draft/files", { title: "Utkast", upload },
    [{ field: "attachments", name: "logg.txt", bytes: Buffer.alloc(size, "x") }], "/cases/new");
  const first = await keep(200 * 1024);
  assert.equal(first.status, 200);
  assert.equal((await keep(150 * 1024, [/name="upload" value="([^"]+)"/.exec(first.text)[1]])).status, 429);
  const draft = await client.get("/cases/new");
  assert.match(draft.text, /logg\.txt/);
  assert.equal((await client.submit(draft, { title: "Klart", reporter: "Kim" }, { form: "/cases/new" })).status, 303);
});

test("drafts grow so much in a day; then a form can still be sent", async () => {
  const client = await enter("kund5");
  const csrf_token = await client.token("/cases/new");
  const save = (length) => client.post("/cases/draft",
    { csrf_token, title: "Utkast", description: "y".repeat(length) });
  assert.equal((await save(6000)).status, 204);
  for (let i = 0; i < 5; i++) assert.equal((await save(6000 - i)).status, 204, "a draft that does not grow");
  const answer = await save(20_000);
  assert.equal(answer.status, 429);
  assert.ok(Number(answer.headers.get("retry-after")) > 0);
  assert.equal((await client.post("/cases/new", { csrf_token, title: "Långt", description: "y".repeat(20_000),
    reporter: "Kim" })).status, 303);
  const refused = await client.post("/cases/new", { csrf_token, title: "", description: "y".repeat(20_000) });
  assert.equal(refused.status, 400, "the page keeps what the draft may not");
  assert.match(refused.text, /y{20000}/);
});

test("files are made so many times in an hour, whatever kind", async () => {
  const client = await enter("kund6");
  const ask = (path, method = "GET") => client.request(path, { method });
  for (const [path, method] of [["/cases.csv"], ["/cases.xlsx"], ["/cases.csv", "HEAD"], ["/cases.csv"]])
    assert.equal((await ask(path, method)).status, 200, path);
  for (const path of ["/cases.csv", "/cases.xlsx"]) {
    const answer = await ask(path);
    assertWaits(answer, /Många filer har hämtats/);
  }
  assert.equal((await client.get("/cases")).status, 200, "pages are shown");
  assert.equal((await (await enter("kund7")).get("/cases.csv")).status, 200);
});
