// Files that are attached to a new case: which are taken, how they come back, and why others are refused.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, unescape } from "./html.mjs";

const PASSWORD = "Ekollon-2026";
const PNG = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");

let portal, client;
before(async () => {
  portal = await startPortal({
    config: "[attachments]\nmax_size = 64 KiB\nmax_film_size = 128 KiB\n",
    files: { "customers.csv": `number,name,login\nK1,Eken,eken/${PASSWORD}\n` },
  });
  client = portal.client();
  await client.login("eken", PASSWORD);
});
after(() => portal?.stop());

const attach = (name, bytes) => ({ field: "attachments", name, bytes });
const send = (title, files) => client.submit("/cases/new", { title, reporter: "Kim" }, { files });

test("drawings, mails and archives are kept to be downloaded, and never shown", async () => {
  const sent = { "plan.dwg": "AC1032\u0001", "svar.eml": "From: a@x.se\n\n<script>1</script>",
    "allt.zip": "PK\u0005\u0006" + "\0".repeat(18) };
  const receipt = await client.get((await send("Ritning", Object.entries(sent).map(([name, content]) =>
    attach(name, content)))).headers.get("location"));
  const page = await client.get(`/cases/${/\d{6}-\d{4,}/.exec(receipt.text)[0]}`);
  const paths = [...page.text.matchAll(/href="(\/cases\/[^"]+\/attachments\/[^"]+)"/g)].map((m) => unescape(m[1]));
  assert.equal(paths.length, 3);
  for (const path of paths) {
    const got = await client.get(`${path}?show=1`);
    assert.equal(got.text, sent[path.split("/").at(-1)]);
    assert.match(got.headers.get("content-disposition"), /^attachment; /);
    assert.equal(got.headers.get("x-content-type-options"), "nosniff");
  }
});

test("what is refused says why, and films may be larger", async () => {
  const film = (size) => Buffer.concat([Buffer.from("\0\0\0\x10ftypmp42\0\0\0\0", "latin1"), Buffer.alloc(size)]);
  const reasons = async (files) => errorOf((await send("", files)).text, "attachments");
  const first = await reasons([attach("tom.pdf", ""), attach("ljud.txt", "a\u0001b"), attach("x.jpg", "text")]);
  assert.match(first, /tom\.pdf är tom\./);
  assert.match(first, /ljud\.txt är inte text som portalen kan läsa/);
  assert.match(first, /x\.jpg är skadad/);
  const large = await reasons([attach("a.mp4", film(200_000)), attach("b.mp4", film(100_000)),
    attach("c.jpg", Buffer.concat([PNG, Buffer.alloc(100_000)]))]);
  assert.match(large, /a\.mp4 är för stor: högst 131\u00a0kB/);
  assert.match(large, /c\.jpg är för stor: högst 66\u00a0kB/);
  assert.doesNotMatch(large, /b\.mp4/);
});

