// A new case over HTTP, for every situation of every login kind (domain 4): what may be chosen, what is refused and
// kept, drafts, attachments, and that sending twice makes one case.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { withoutToken } from "./html.mjs";

const PASSWORD = "Ekollon-2026";
const FIELDS = "title, description, object, customer, type, priority, site_street, your_reference, reporter, "
  + "reporter_phone, extra_floor, extra_area, extra_when, extra_pets, extra_secret";
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const config = `
[login]
hash_memory_kib = 64
hash_passes = 1
[attachments]
max_size = 64 KiB
max_count = 3
[case_form]
fields = ${FIELDS}
[field.description]
label_sv = Vad är fel?
label_en = What is wrong?
hint_sv = Skriv så mycket du kan.
[field.priority]
readonly = yes
default = normal
[extra.floor]
label_sv = Våning
kind = choice
choices = 0:Entréplan|Ground floor; k:Källare|Basement
[extra.area]
label_sv = Yta
kind = number
[extra.when]
label_sv = Önskad dag
kind = date
[extra.pets]
label_sv = Husdjur
kind = yes_no
[extra.secret]
label_sv = Dold
hidden = yes
default = portal
`;
const objects = Array.from({ length: 40 }, (_, i) => `M${100 + i},Mast ${i},BIG,Ängsgatan ${i},Åmål,active`).join("\n");
const files = {
  "picklists.csv": `list,key,label_sv,label_en,active
case_type,fel,Felanmälan,Fault,yes
case_type,gammal,Gammal typ,Old,no
priority,normal,Normal,Normal,yes
priority,akut,Akut,Urgent,yes
`,
  "customers.csv": `number,name,login,status
A,Brf Aspen,aspen/${PASSWORD},active
B,Brf Björken,,active
BIG,Mastbolaget,,active
OLD,Gamla bolaget,,inactive
`,
  "objects.csv": `number,name,customer,street,city,status,login
A1,Aspen 1,A,Storgatan 1,Göteborg,active,aspen1/${PASSWORD}
A2,Aspen 2,A,,,inactive,
B1,Björken 1,B,,,active,
FREE,Fri,,,,active,
${objects.replaceAll(",active", ",active,")}
`,
  "contacts.csv": `number,first_name,last_name,email,mobile,customers,objects
K0,Nora,Länklös,k0@x.se,,,
K1,Olle,Objekt,k1@x.se,070-123,,A1|FREE
K2,Cilla,Kund,k2@x.se,,A,
K3,Bo,Båda,k3@x.se,,B,A1
K4,Maja,Många,k4@x.se,,BIG,
`,
  "accounts.csv": `email,password,verified,language
${["none", "k0", "k1", "k2", "k3", "k4"].map((name) => `${name}@x.se,${PASSWORD},yes,sv`).join("\n")}
`,
};

let portal;
before(async () => {
  portal = await startPortal({ config, files });
});
after(() => portal?.stop());

async function enter(name) {
  const client = portal.client();
  assert.equal((await client.login(name, PASSWORD)).status, 303, `login of ${name}`);
  return client;
}

const unescape = (html) => html.replaceAll("&#39;", "'").replaceAll("&quot;", '"').replaceAll("&lt;", "<")
  .replaceAll("&gt;", ">")
  .replaceAll("&amp;", "&");

function offered(html, name) {
  const select = new RegExp(`<select[^>]*\\bname="${name}"[^>]*>(.*?)</select>`, "s").exec(html);
  return select && [...select[1].matchAll(/<option value="([^"]+)"/g)].map((m) => m[1]);
}
// The only choice, which the form does not ask for.
const single = (html, name) => new RegExp(`type="hidden" name="${name}" value="([^"]+)"`).exec(html)?.[1];
const hidden = (html, name) => unescape(new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "");
const values = (html, name) =>
  [...html.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, "g"))].map((m) => unescape(m[1]));
const errorOf = (html, name) =>
  unescape(new RegExp(`id="${name}-error">.*?</span> (.*?)</p>`, "s").exec(html)?.[1] ?? "");

async function report(client, fields = {}, files = []) {
  const answer = await client.postForm("/cases/new", { title: `Fel ${Math.random()}`, ...fields }, files);
  if (answer.status !== 303) return { answer };
  assert.match(answer.headers.get("location"), /^\/cases\/receipt\//);
  const receipt = await client.get(answer.headers.get("location"));
  assert.equal(receipt.status, 200);
  return { answer, receipt, number: /\d{6}-\d{4,}/.exec(receipt.text)[0] };
}

function stored(number) {
  const [row] = portal.sql(`SELECT cu.number, o.number, k.number, c.status, c.title, c.reporter, ty.key, pr.key
    FROM cases c LEFT JOIN customer cu ON cu.id = c.customer_id LEFT JOIN object o ON o.id = c.object_id
    LEFT JOIN contact k ON k.id = c.primary_contact_id LEFT JOIN picklist_item ty ON ty.id = c.type_id
    LEFT JOIN picklist_item pr ON pr.id = c.priority_id WHERE c.number = '${number}'`);
  const [customer, object, contact, status, title, reporter, type, priority] = row;
  return { customer, object, contact, status, title, reporter, type, priority };
}
const count = (sql) => Number(portal.sql(`SELECT count(*) FROM ${sql}`)[0][0]);

// --- domain 4, row by row --------------------------------------------------------------------------------------------

test("no contact: neither customer nor object, and the receipt is all there is", async () => {
  const client = await enter("none@x.se");
  const page = await client.get("/cases/new");
  assert.equal(offered(page.text, "customer"), null);
  assert.equal(offered(page.text, "object"), null);
  const { number, receipt } = await report(client, { customer: "A", object: "A1" });
  const one = stored(number);
  assert.deepEqual([one.customer, one.object, one.contact], ["", "", ""]);
  assert.ok(!receipt.text.includes(`href="/cases/${number}"`));
  assert.match(receipt.text, /Spara ärendenumret/);
  assert.equal((await client.get(`/cases/${number}`)).status, 404);
});

test("a contact without links becomes primary contact of a case without customer and object", async () => {
  const client = await enter("k0@x.se");
  const { number, receipt } = await report(client, { customer: "A" });
  const one = stored(number);
  assert.deepEqual([one.customer, one.object, one.contact, one.status], ["", "", "K0", "0"]);
  assert.ok(receipt.text.includes(`href="/cases/${number}"`));
  assert.equal((await client.get(`/cases/${number}`)).status, 200);
});

test("objects only: their customers, or none", async () => {
  const client = await enter("k1@x.se");
  const page = await client.get("/cases/new");
  assert.deepEqual([offered(page.text, "customer"), single(page.text, "customer_single")], [null, "A"]);
  assert.deepEqual(offered(page.text, "object").sort(), ["A1", "FREE"]);
  assert.deepEqual(stored((await report(client, { object: "A1", customer: "A" })).number).customer, "A");
  assert.equal((await report(client, { object: "B1", customer: "" })).answer.status, 400);
  assert.equal((await report(client, { customer: "B" })).answer.status, 400);
});

test("customers only: their active objects, or none", async () => {
  const client = await enter("k2@x.se");
  const page = await client.get("/cases/new");
  assert.deepEqual([offered(page.text, "customer"), single(page.text, "customer_single")], [null, "A"]);
  assert.deepEqual([offered(page.text, "object"), single(page.text, "object")], [null, "A1"]);
  assert.equal((await report(client, { object: "A2" })).answer.status, 400, "an inactive object");
});

test("an object proposes its customer: absent takes it, empty clears it, another is refused", async () => {
  const client = await enter("k3@x.se");
  assert.equal(stored((await report(client, { object: "A1" })).number).customer, "A");
  assert.equal(stored((await report(client, { object: "A1", customer: "" })).number).customer, "");
  assert.equal(stored((await report(client, { object: "B1", customer: "B" })).number).customer, "B");
  const { answer } = await report(client, { object: "A1", customer: "B" });
  assert.equal(answer.status, 400);
  assert.match(errorOf(answer.text, "customer"), /^Aspen 1 hör till en annan kund/);
});

test("an invoice customer is linked by itself and states who reports", async () => {
  const client = await enter("aspen");
  const page = await client.get("/cases/new");
  assert.equal(offered(page.text, "customer"), null);
  assert.deepEqual([offered(page.text, "object"), single(page.text, "object")], [null, "A1"]);
  assert.equal(errorOf((await report(client)).answer.text, "reporter"), "Fyll i fältet.");
  const one = stored((await report(client, { reporter: "Kim", customer: "B", object: "A1" })).number);
  assert.deepEqual([one.customer, one.object, one.contact, one.reporter], ["A", "A1", "", "Kim"]);
  assert.equal((await report(client, { reporter: "Kim", object: "B1" })).answer.status, 400);
});

test("a mandatory object or customer is asked for where there are two, and a single one is taken", async () => {
  const strict = await startPortal({
    config: `${config}[field.object]\nrequired = yes\n[field.customer]\nrequired = yes\n`, files });
  try {
    for (const [name, missing] of [["k1@x.se", ["object"]], ["k2@x.se", []], ["k3@x.se", ["object", "customer"]],
      ["k4@x.se", ["object"]], ["aspen", []],
      ["k0@x.se", []], ["none@x.se", []], ["aspen1", []]]) {
      const client = strict.client();
      assert.equal((await client.login(name, PASSWORD)).status, 303, name);
      for (const fields of [{}, { object: "", customer: "" }]) {
        const answer = await client.postForm("/cases/new", { title: `Fel ${name}`, reporter: "Rut", ...fields });
        assert.equal(answer.status, missing.length ? 400 : 303, name);
        assert.deepEqual(["object", "customer"].filter((field) => errorOf(answer.text, field)), missing, name);
      }
    }
  } finally {
    await strict.stop();
  }
});

test("a fault of something that the form has no field for is shown too", async () => {
  portal.sql("UPDATE object SET active = 0 WHERE number = 'A1'");
  const client = await enter("aspen");
  const { answer } = await report(client, { reporter: "Kim", object: "A1" });
  portal.sql("UPDATE object SET active = 1 WHERE number = 'A1'");
  assert.equal(answer.status, 400);
  assert.equal(offered(answer.text, "object"), null);
  assert.match(answer.text, /<li>Objekt: Välj något i listan\.<\/li>/);
});

test("an object login is linked to the object and its customer", async () => {
  const client = await enter("aspen1");
  assert.equal((await report(client)).answer.status, 400);
  const one = stored((await report(client, { reporter: "Kim", object: "B1" })).number);
  assert.deepEqual([one.customer, one.object], ["A", "A1"]);
});

// --- the form of the settings ----------------------------------------------------------------------------------------

test("labels, hints, order, read-only and hidden fields follow the settings", async () => {
  const client = await enter("k1@x.se");
  const { text } = await client.get("/cases/new");
  assert.match(text, /Vad är fel\?/);
  assert.match(text, /Skriv så mycket du kan\./);
  assert.ok(text.indexOf('name="title"') < text.indexOf('name="description"'));
  assert.equal(hidden(text, "reporter"), "");
  assert.match(text, /id="reporter" name="reporter"\s+value="Olle Objekt"/);
  assert.match(text, /id="reporter_phone" name="reporter_phone"\s+value="070-123"/);
  assert.ok(!text.includes("extra_secret"));
  assert.deepEqual(offered(text, "type"), ["fel"]);
  const { number } = await report(client, { priority: "akut", type: "fel", extra_secret: "mitt", extra_area: "1 234,50",
    extra_floor: "k", extra_when: "2026-12-24", extra_pets: "yes" });
  assert.equal(stored(number).priority, "normal");
  assert.equal(stored(number).type, "fel");
  const extras = portal.sql(`SELECT x.key, x.value FROM case_extra x JOIN cases c ON c.id = x.case_id
    WHERE c.number = '${number}' ORDER BY x.key`);
  assert.deepEqual(extras,
    [["area", "1234.5"], ["floor", "k"], ["pets", "yes"], ["secret", "portal"], ["when", "2026-12-24"]]);
  const english = await client.get("/cases/new",
    { cookie: [...client.cookies].map((c) => c.join("=")).join("; ") + "; language=en" });
  assert.match(english.text, /What is wrong\?/);
});

test("a refused form says what to mend beside each field and keeps everything", async () => {
  const client = await enter("k1@x.se");
  const description = `Rad ett\r\n<b>"två" & 'tre'</b>`;
  const { answer } = await report(client,
    { title: "", description, type: "gammal", extra_floor: "9", extra_area: "mycket",
    extra_when: "2026-02-30", reporter: "x".repeat(501), object: "FREE" });
  assert.equal(answer.status, 400);
  const faults = ["title", "type", "extra_floor", "extra_area", "extra_when", "reporter"];
  for (const name of faults) {
    assert.notEqual(errorOf(answer.text, name), "", `error of ${name}`);
    assert.ok(answer.text.includes(`href="#${name}"`), `summary of ${name}`);
  }
  assert.match(errorOf(answer.text, "reporter"), /Högst 500 tecken får plats; det är 501/);
  assert.ok(answer.text.includes("Rad ett\n&lt;b&gt;&quot;två&quot; &amp; &#39;tre&#39;&lt;/b&gt;</textarea>"));
  assert.match(answer.text, /<option value="FREE" selected>/);
  assert.match(answer.text, /name="extra_area"\s+value="mycket"/);
});

// --- objects among many ----------------------------------------------------------------------------------------------

test("many objects are searched for, with and without script", async () => {
  const client = await enter("k4@x.se");
  const page = await client.get("/cases/new");
  assert.equal(offered(page.text, "object"), null);
  assert.match(page.text, /data-source="\/cases\/new\/objects"/);
  const hits = JSON.parse((await client.get("/cases/new/objects?q=m%C3%A5l+mast+17")).text);
  assert.deepEqual(hits, [{ value: "M117", label: "Mast 17", detail: "M117 · Ängsgatan 17, Åmål",
    proposes: { customer: { value: "BIG", label: "Mastbolaget" } } }]);
  assert.equal(JSON.parse((await client.get("/cases/new/objects?q=")).text).length, 20);
  assert.equal(JSON.parse((await client.get("/cases/new/objects?q=Aspen")).text).length, 0);
  assert.equal(JSON.parse((await client.get("/cases/new/objects?q=%C3%84NGSGATAN")).text).length, 20);
  const searched = await client.postForm("/cases/new",
    { title: "Behåll mig", search: "object", object_search: "mast 3" });
  assert.equal(searched.status, 200);
  assert.match(searched.text, /name="title"\s+value="Behåll mig"/);
  assert.ok(values(searched.text, "object").includes("M103"));
  assert.equal(hidden(searched.text, "object_searched"), "mast 3");
  assert.equal(count("cases WHERE title = 'Behåll mig'"), 0);
});

test("typed but not chosen is never dropped: a number counts, hits that were seen may be left", async () => {
  const client = await enter("k4@x.se");
  assert.equal(stored((await report(client, { object: "", object_search: "M105" })).number).object, "M105");
  const { answer } = await report(client, { object: "", object_search: "mast" });
  assert.equal(answer.status, 400);
  assert.match(errorOf(answer.text, "object"), /Välj en av träffarna/);
  assert.ok(values(answer.text, "object").length > 5);
  assert.equal(stored((await report(client, { object: "", object_search: "mast", object_searched: "mast" })).number)
    .object, "");
});

// --- sending twice ---------------------------------------------------------------------------------------------------

test("the same form sent many times at once makes one case and one receipt", async () => {
  const client = await enter("k1@x.se");
  await client.submit("/cases/new", {}, { form: "/cases/draft/discard" });
  const page = await client.get("/cases/new");
  const send = (title) => client.submit(page, { title }, { form: "/cases/new" });
  const answers = await Promise.all(Array.from({ length: 10 }, () => send("Tio gånger")));
  assert.deepEqual([...new Set(answers.map((one) => one.status))], [303]);
  assert.equal(new Set(answers.map((one) => one.headers.get("location"))).size, 1);
  assert.equal(count("cases WHERE title = 'Tio gånger'"), 1);
  const other = await send("Tio gånger, ändrad");
  assert.equal(other.status, 303);
  assert.equal(count("cases WHERE title LIKE 'Tio gånger%'"), 2);
});

test("a program that sends no form number twice makes one case too, files and all", async () => {
  const client = await enter("k1@x.se");
  const send = (bytes) =>
    client.postForm("/cases/new", { title: "Utan nummer" }, [{ field: "attachments", name: "a.png", bytes }]);
  const first = await send(PNG);
  const again = await send(PNG);
  assert.equal(first.headers.get("location"), again.headers.get("location"));
  assert.notEqual((await send(Buffer.concat([PNG, PNG]))).headers.get("location"), first.headers.get("location"));
});

test("a receipt is for the login that sent the case", async () => {
  const client = await enter("k1@x.se");
  const { answer } = await report(client);
  const path = answer.headers.get("location");
  assert.equal((await (await enter("k3@x.se")).get(path)).status, 404);
  assert.equal((await portal.client().get(path)).status, 303);
});

test("without the form's token nothing is made", async () => {
  const client = await enter("k1@x.se");
  assert.equal((await client.post("/cases/new", { title: "Utan token" })).status, 403);
  assert.equal((await client.post("/cases/draft", { title: "Utan token" })).status, 403);
  assert.equal(count("cases WHERE title = 'Utan token'"), 0);
});

// --- attachments -----------------------------------------------------------------------------------------------------

const attach = (name, bytes) => ({ field: "attachments", name, bytes });
const links = (html) => [...html.matchAll(/href="(\/cases\/[^"]+\/attachments\/[^"]+)"/g)].map((m) => unescape(m[1]));

test("attachments come back as they were, pictures shown, all else saved, nothing run", async () => {
  const client = await enter("k1@x.se");
  const { number, receipt } = await report(client, {}, [attach("bild på pump.png", PNG), attach("läs.txt", "Hej\n")]);
  assert.match(receipt.text, /2 filer/);
  const paths = links((await client.get(`/cases/${number}`)).text);
  assert.equal(paths.length, 2);
  const picture = await client.get(paths[0]);
  assert.equal(picture.status, 200);
  assert.deepEqual(picture.bytes, PNG);
  assert.equal(picture.headers.get("content-type"), "image/png");
  assert.equal(picture.headers.get("x-content-type-options"), "nosniff");
  assert.equal(picture.headers.get("content-security-policy"), "default-src 'none'; sandbox; frame-ancestors 'none'");
  assert.equal(picture.headers.get("content-disposition"),
    `inline; filename="bild p__ pump.png"; filename*=UTF-8''bild%20p%C3%A5%20pump.png`);
  const text = await client.get(paths[1]);
  assert.match(text.headers.get("content-disposition"), /^attachment; /);
  const head = await client.request(paths[0], { method: "HEAD" });
  assert.equal(head.status, 200);
  assert.equal(head.headers.get("content-length"), String(PNG.length));
  assert.equal(head.bytes.length, 0);
});

test("who may not see the case gets the 404 of what does not exist", async () => {
  const client = await enter("k1@x.se");
  const { number } = await report(client, {}, [attach("a.png", PNG)]);
  const [path] = links((await client.get(`/cases/${number}`)).text);
  const stranger = await enter("k4@x.se");
  const theirs = await stranger.get(path);
  const nothing = await stranger.get(`/cases/${number}/attachments/abc/a.png`);
  assert.equal(theirs.status, 404);
  assert.equal(withoutToken(theirs.text), withoutToken(nothing.text));
  assert.equal((await client.get(path.replace(number, "990101-0001"))).status, 404);
  portal.sql("UPDATE file SET visible = 0");
  assert.equal((await client.get(path)).status, 404);
  assert.equal((await client.get(`/cases/${number}`)).status, 200);
});

test("files that cannot be taken are named, the others are kept through the refusal and arrive", async () => {
  const client = await enter("k1@x.se");
  const { answer } = await report(client, { title: "" },
    [attach("bra.png", PNG), attach("stor.png", Buffer.concat([PNG, Buffer.alloc(70000)])),
    attach("elak.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")]);
  assert.equal(answer.status, 400);
  const fault = errorOf(answer.text, "attachments");
  assert.match(fault, /stor\.png är för stor/);
  assert.match(fault, /elak\.svg är en filtyp som inte kan skickas här/);
  const kept = values(answer.text, "upload");
  assert.equal(kept.length, 1);
  assert.match(answer.text, /bra\.png/);
  const { number, receipt } = await report(client, { upload: kept });
  assert.match(receipt.text, /1 fil\b/);
  assert.equal(count("upload"), 0);
  assert.equal(links((await client.get(`/cases/${number}`)).text).length, 1);
});

test("a kept file can be removed, is nobody else's, and counts among the allowed", async () => {
  const client = await enter("k1@x.se");
  const first = await report(client, { title: "" }, [attach("a.png", PNG), attach("b.png", PNG)]);
  const kept = values(first.answer.text, "upload");
  const stranger = await report(await enter("k3@x.se"), { upload: kept });
  assert.equal(stranger.answer.status, 400);
  const second = await report(client, { title: "", upload: kept, upload_remove: kept[0] },
    [attach("c.png", PNG), attach("d.png", PNG)]);
  assert.deepEqual(values(second.answer.text, "upload").length, 3);
  const third = await report(client, { upload: values(second.answer.text, "upload") }, [attach("e.png", PNG)]);
  assert.equal(third.answer.status, 400);
  assert.match(errorOf(third.answer.text, "attachments"), /e\.png kom inte med: ett ärende rymmer högst 3 filer/);
  const last = await report(client, { upload: values(third.answer.text, "upload") });
  assert.match(last.receipt.text, /3 filer/);
});

// --- drafts ----------------------------------------------------------------------------------------------------------

test("a draft is kept while typing, stands in the form again, and can be thrown away", async () => {
  const client = await enter("k1@x.se");
  const page = await client.get("/cases/new");
  const fields = { csrf_token: hidden(page.text, "csrf_token"), submission: hidden(page.text, "submission") };
  const saved = await client.post("/cases/draft",
    { ...fields, title: "Påbörjat <&>", description: "mer", object: "A1" });
  assert.equal(saved.status, 204);
  const elsewhere = await (await enter("k1@x.se")).get("/cases/new");
  assert.match(elsewhere.text, /name="title"\s+value="Påbörjat &lt;&amp;&gt;"/);
  assert.match(elsewhere.text, /<option value="A1"[^>]* selected>/);
  assert.match(elsewhere.text, /Det här är utkastet/);
  assert.ok(!(await (await enter("k3@x.se")).get("/cases/new")).text.includes("Påbörjat"));
  assert.equal((await client.postForm("/cases/draft/discard", {}, [], "/cases/new")).status, 303);
  assert.ok(!(await client.get("/cases/new")).text.includes("Påbörjat"));
});

test("a draft that arrives after its form was sent does not bring it back", async () => {
  const client = await enter("k2@x.se");
  const page = await client.get("/cases/new");
  const fields = { csrf_token: hidden(page.text, "csrf_token"), submission: hidden(page.text, "submission"),
    title: "Skickat" };
  await client.post("/cases/draft", fields);
  assert.equal((await client.post("/cases/new", fields)).status, 303);
  assert.equal((await client.post("/cases/draft", fields)).status, 204);
  assert.ok(!(await client.get("/cases/new")).text.includes("Skickat"));
});

test("shared logins do not see each other's drafts", async () => {
  const one = await enter("aspen");
  const other = await enter("aspen");
  const token = hidden((await one.get("/cases/new")).text, "csrf_token");
  await one.post("/cases/draft", { csrf_token: token, title: "Bara mitt" });
  assert.match((await one.get("/cases/new")).text, /Bara mitt/);
  assert.ok(!(await other.get("/cases/new")).text.includes("Bara mitt"));
});

for (const name of ["k2@x.se", "aspen"])
  test(`a session of ${name} that ran out leads back to the filled form`, async () => {
    const client = await enter(name);
    const token = hidden((await client.get("/cases/new")).text, "csrf_token");
    portal.sql("UPDATE session SET last_seen = last_seen - 86400000000, created = created - 86400000000");
    const body = new FormData();
    for (const [key,
      value] of Object.entries({ csrf_token: token, title: "Långt skrivet", reporter: "Kim" })) body.append(key, value);
    body.append("attachments", new Blob([PNG]), "foto.png");
    const answer = await client.request("/cases/new", { method: "POST", body });
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.get("location"), "/login?next=%2Fcases%2Fnew");
    assert.equal(count("cases WHERE title = 'Långt skrivet'"), name === "aspen" ? 1 : 0);
    assert.equal((await client.get("/cases/new")).status, 303);
    assert.equal((await client.login(name, PASSWORD)).status, 303);
    const page = await client.get("/cases/new");
    assert.match(page.text, /name="title"\s+value="Långt skrivet"/);
    assert.match(page.text, /foto\.png/);
    const { number, receipt } = await report(client,
      { title: "Långt skrivet", reporter: "Kim", upload: values(page.text, "upload"),
      submission: hidden(page.text, "submission") });
    assert.ok(number);
    assert.match(receipt.text, /1 fil\b/);
    assert.ok(!(await client.get("/cases/new")).text.includes("Långt skrivet"));
  });

test("a session that was logged out keeps nothing", async () => {
  const client = await enter("aspen");
  const token = hidden((await client.get("/cases/new")).text, "csrf_token");
  await client.post("/cases/draft", { csrf_token: token, title: "Före utloggning" });
  await client.logout();
  const answer = await client.post("/cases/new", { csrf_token: token, title: "Efter utloggning" });
  assert.equal(answer.status, 303);
  await client.login("aspen", PASSWORD);
  const page = await client.get("/cases/new");
  assert.ok(!page.text.includes("utloggning"));
});
