// Photos are part of the draft of a new case: kept as soon as they are sent, there on another device, gone with the
// draft, and shown to nobody else.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { textOf } from "./html.mjs";

const PASSWORD = "Ekollon-2026";
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
let portal;
before(async () => {
  portal = await startPortal({
    config: "[attachments]\nmax_count = 3\n",
    files: {
      "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\n`,
      "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\nP2,Eva,Ask,eva@x.se,K1\n",
      "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\neva@x.se,${PASSWORD},yes\n`,
    },
  });
});
after(() => portal?.stop());

async function enter(name) {
  const client = portal.client();
  assert.equal((await client.login(name, PASSWORD)).status, 303, name);
  return client;
}
const hidden = (html, name) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";
const keysOf = (html) => [...html.matchAll(/name="upload" value="([^"]+)"/g)].map((m) => m[1]);
const photo = (name, bytes = PNG) => ({ field: "attachments", name, bytes });
const kept = () => portal.sql("SELECT name FROM upload ORDER BY name").flat();

// Sends one file with the form as a script does, and returns the answer.
async function keep(client, page, file, fields = {}) {
  const all = { submission: hidden(page.text, "submission"), upload: keysOf(page.text), ...fields };
  return client.postForm("/cases/draft/files", all, [file], "/cases/new");
}

test("a photo is kept with the draft, stands there on another device, and goes with the case", async () => {
  const client = await enter("kim@x.se");
  const page = await client.get("/cases/new");
  const answer = await keep(client, page, photo("foto.png"), { title: "Halvt" });
  assert.equal(answer.status, 200);
  assert.match(textOf(answer.text), /foto\.png/);
  const [key] = keysOf(answer.text);
  const other = await enter("kim@x.se");
  const there = await other.get("/cases/new");
  assert.deepEqual(keysOf(there.text), [key]);
  assert.match(there.text, /name="title"\s+value="Halvt"/);
  assert.match(there.text, new RegExp(`src="/cases/draft/files/${key}"`));
  const picture = await other.request(`/cases/draft/files/${key}`);
  assert.equal(picture.status, 200);
  assert.equal(picture.headers.get("content-type"), "image/png");
  const sent = await other.submit(there, { title: "Helt" }, { form: "/cases/new" });
  assert.equal(sent.status, 303, textOf(sent.text));
  assert.deepEqual(portal.sql("SELECT f.name FROM file f JOIN cases c ON c.id = f.case_id WHERE c.title = 'Helt'"),
    [["foto.png"]]);
  assert.deepEqual(kept(), []);
});

test("a second photo joins the first, and one that is removed is left out of the draft", async () => {
  const client = await enter("kim@x.se");
  const page = await client.get("/cases/new");
  const one = await keep(client, page, photo("ett.png"), { title: "Två bilder" });
  const two = await keep(client, page, photo("två.png"), { title: "Två bilder", upload: keysOf(one.text) });
  assert.deepEqual(kept(), ["ett.png", "två.png"]);
  const [first, second] = keysOf(two.text);
  assert.deepEqual(keysOf((await client.get("/cases/new")).text), [first, second]);
  await client.post("/cases/draft", { csrf_token: hidden(page.text, "csrf_token"), title: "En bild",
    submission: hidden(page.text, "submission"), upload: [first, second], upload_remove: first });
  assert.deepEqual(keysOf((await client.get("/cases/new")).text), [second]);
  await client.postForm("/cases/draft/discard", {}, [], "/cases/new");
});

test("the photos are removed with the draft", async () => {
  const client = await enter("kim@x.se");
  const answer = await keep(client, await client.get("/cases/new"), photo("bort.png"), { title: "Bort" });
  const [key] = keysOf(answer.text);
  await client.postForm("/cases/draft/discard", {}, [], "/cases/new");
  assert.deepEqual(kept(), []);
  assert.equal((await client.get(`/cases/draft/files/${key}`)).status, 404);
});

test("nobody else sees the photos of a draft", async () => {
  const client = await enter("kim@x.se");
  const [key] = keysOf((await keep(client, await client.get("/cases/new"), photo("min.png"))).text);
  for (const name of ["eva@x.se", "eken"]) {
    const other = await enter(name);
    assert.equal((await other.get(`/cases/draft/files/${key}`)).status, 404, name);
    assert.deepEqual(keysOf((await other.get("/cases/new")).text), [], name);
    const stolen = await keep(other, await other.get("/cases/new"), photo("annan.png"), { upload: [key] });
    assert.equal(keysOf(stolen.text).length, 1, name);
    await other.postForm("/cases/draft/discard", {}, [], "/cases/new");
  }
  await client.postForm("/cases/draft/discard", {}, [], "/cases/new");
});

test("a file that is refused says why and leaves the kept ones", async () => {
  const client = await enter("kim@x.se");
  const page = await client.get("/cases/new");
  const one = await keep(client, page, photo("bra.png"));
  const refused = await keep(client, page, photo("tom.png", Buffer.alloc(0)), { upload: keysOf(one.text) });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /data-kept-fault>[^<]*tom\.png/);
  assert.deepEqual(keysOf(refused.text), keysOf(one.text));
  await client.postForm("/cases/draft/discard", {}, [], "/cases/new");
});

test("a photo that arrives after its form was sent does not bring the draft back", async () => {
  const client = await enter("kim@x.se");
  const page = await client.get("/cases/new");
  assert.equal((await client.submit(page, { title: "Skickat" }, { form: "/cases/new" })).status, 303);
  assert.equal((await keep(client, page, photo("sen.png"), { title: "Skickat" })).status, 200);
  assert.doesNotMatch((await client.get("/cases/new")).text, /Det här är utkastet/);
});
