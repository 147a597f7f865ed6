// The portal as an app: the manifest and the bar of phones.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { linkOf, textOf } from "./html.mjs";

const PASSWORD = "Ekollon-2026";
let portal;
before(async () => {
  portal = await startPortal({ config: '[portal]\nname = Ängens "Hiss" & Co\ncolour = #0a7d33\n', files: {
    "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\n`,
    "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\n",
    "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\nny@x.se,${PASSWORD},yes\n`,
  } });
});
after(() => portal?.stop());

test("the manifest has name, colour and an icon of the installation", async () => {
  const visitor = portal.client();
  const { text, headers } = await visitor.get("/manifest.webmanifest");
  const manifest = JSON.parse(text);
  assert.match(headers.get("content-type"), /^application\/manifest\+json/);
  assert.deepEqual([manifest.name, manifest.theme_color, manifest.start_url, manifest.display],
    ['Ängens "Hiss" & Co', "#0a7d33", "/", "standalone"]);
  const icon = await visitor.get(manifest.icons[0].src);
  assert.match(icon.headers.get("content-type"), /^image\/svg\+xml/);
  assert.match(icon.text, /fill="#0a7d33".*>Ä<\/text>/s);
  assert.match((await visitor.get("/login")).text, /<link rel="manifest" href="\/manifest\.webmanifest">/);
});

test("systems that take no SVG get the icon as PNG, in the sizes that they ask for", async () => {
  const visitor = portal.client();
  const { icons } = JSON.parse((await visitor.get("/manifest.webmanifest")).text);
  assert.deepEqual(icons.slice(1).map((icon) => [icon.sizes, icon.purpose]),
    [["192x192", "any"], ["512x512", "any"], ["512x512", "maskable"]]);
  const touch = /<link rel="apple-touch-icon" href="([^"]*)">/.exec((await visitor.get("/login")).text)[1];
  for (const [src, size] of [...icons.slice(1).map((icon) => [icon.src, parseInt(icon.sizes)]), [touch, 180]]) {
    const { bytes, headers } = await visitor.get(src);
    assert.equal(headers.get("content-type"), "image/png", src);
    assert.equal(bytes.subarray(0, 8).toString("latin1"), "\x89PNG\r\n\x1a\n", src);
    assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [size, size], src);
  }
  for (const path of ["/app-icon/4096.png", "/app-icon/0180.png", "/app-icon/x.png"])
    assert.equal((await visitor.get(path)).status, 404, path);
});

const barOf = (html) => /<nav class="phone-bar.*?<\/nav>/s.exec(html)?.[0] ?? "";
for (const [who, places, more] of [
  ["kim@x.se", ["/", "/cases", "/cases/new"], ["/invoices", "/files", "/dashboards", "/account"]],
  ["eken", ["/", "/cases", "/cases/new"], []],
  ["ny@x.se", ["/", "/cases/new"], ["/account"]],
]) {
  test(`the bar of ${who} reaches everything that the menu reaches`, async () => {
    const client = portal.client();
    await client.login(who, PASSWORD);
    const html = (await client.get("/")).text;
    const links = (part) => [...part.matchAll(/<a href="([^"]*)"/g)].map((m) => m[1]);
    const menu = links(/<nav class="site-menu.*?<\/nav>/s.exec(html)[0]);
    const bar = barOf(html);
    assert.deepEqual(links(bar).toSorted(), menu.toSorted());
    assert.deepEqual(links(bar).slice(0, places.length), places);
    const under = links(/<details class="phone-more.*?<\/details>/s.exec(bar)?.[0] ?? "");
    for (const path of more) assert.ok(under.includes(path), path);
    assert.equal(linkOf(bar, "Anmäl"), "/cases/new");
    assert.match(textOf(bar), /^Start/);
  });
}

test("nobody who is logged out has a bar", async () => {
  assert.equal(barOf((await portal.client().get("/login")).text), "");
});
