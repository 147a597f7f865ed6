// Ärenden: chips with counts, what is chosen, the field that sorts, where people are, and searches kept by name.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, hrefsOf, linkOf, selectOf, textOf } from "./html.mjs";
import { as, numbers, portal } from "./search.mjs";

const pageOf = async (name, path) => (await (await as(name)).get(path)).text;
const CHIP = /<a class="chip" href="([^"]*)"([^>]*)>(.*?)<\/a>/gs;
const chipsOf = (html) => Object.fromEntries(
  [...(/<nav class="chips.*?<\/nav>/s.exec(html)?.[0] ?? "").matchAll(CHIP)]
    .map(([, href, more, text]) => {
      const [label, count] = textOf(text).split(" ");
      return [label, { count, href: href.replaceAll("&amp;", "&"), current: more.includes("aria-current") }];
    }));

test("chips tell how many cases each would show, and lead there", async () => {
  for (const query of ["", "?type=fel", "?q=hiss", "?customer=L&from=2026-03-01"]) {
    const chips = chipsOf(await pageOf("vera@x.se", `/cases${query}`));
    assert.deepEqual(Object.keys(chips), ["Öppna", "Bokade", "Klara", "Alla", "Följer"]);
    assert.equal(chips.Alla.current, true);
    for (const [label, chip] of Object.entries(chips)) {
      const html = await pageOf("vera@x.se", chip.href);
      assert.equal(numbers(html).length, Number(chip.count ?? 0), `${label} of ${query}`);
      assert.equal(chipsOf(html)[label].current, true);
      assert.deepEqual(Object.values(chipsOf(html)).map((one) => one.count),
        Object.values(chips).map((one) => one.count));
    }
  }
});

test("what is chosen stands there and can be taken away, one by one", async () => {
  const html = await pageOf("vera@x.se", "/cases?q=fel&type=fel&status=started&from=2026-01-01&sort=title");
  const chosen = /<ul class="chosen .*?<\/ul>/s.exec(html)[0];
  assert.match(html, /<summary>Filter \(3\)<\/summary>/);
  assert.equal(linkOf(chosen, "Ärendetyp: Felanmälan"), "/cases?q=fel&status=started&from=2026-01-01&sort=title");
  assert.equal(linkOf(chosen, "Status: Påbörjat"), "/cases?q=fel&type=fel&from=2026-01-01&sort=title");
  assert.equal(hrefsOf(chosen).length, 3);
  const open = await pageOf("vera@x.se", "/cases?status=open");
  assert.doesNotMatch(open, /<ul class="chosen /, "a chip is not said twice");
  assert.match(open, /<summary>Filter<\/summary>/);
});

test("the filter is open without scripts", async () => {
  assert.match(await pageOf("vera@x.se", "/cases"), /<details class="filter" data-filter open>/);
  const refused = (await (await as("vera@x.se")).get("/cases?from=2026-02-30")).text;
  assert.match(refused, /<details class="filter" data-filter data-filter-kept open>/);
});

test("the field that sorts says how the list is sorted, also by a heading", async () => {
  assert.equal(selectOf(await pageOf("sid", "/cases"), "sort").chosen, "-created");
  assert.equal(selectOf(await pageOf("sid", "/cases?sort=title"), "sort").chosen, "title");
  assert.equal(selectOf(await pageOf("sid", "/cases?sort=-title"), "sort").chosen, "-title");
  for (const [value] of selectOf(await pageOf("sid", "/cases"), "sort").options)
    assert.equal((await (await as("sid")).get(`/cases?sort=${value}`)).status, 200, value);
});

test("every page says which it is of how many, forward and back", async () => {
  const told = (html) => /<p class="pager-text">(.*?)<\/p>/.exec(html)?.[1] ?? "";
  const seen = [];
  let path = "/cases?page_size=20";
  for (; path; path = linkOf(await pageOf("sid", path), "Nästa")) seen.push([path, told(await pageOf("sid", path))]);
  assert.deepEqual(seen.map(([, text]) => text), ["Sida 1 av 3", "Sida 2 av 3", "Sida 3 av 3"]);
  const back = linkOf(await pageOf("sid", seen[2][0]), "Föregående");
  assert.equal(told(await pageOf("sid", back)), "Sida 2 av 3");
  assert.equal(told(await pageOf("sid", "/cases?page_size=100")), "");
  assert.equal(told(await pageOf("sid", seen[1][0].replace(/page=2/, "page=nonsense"))), "Sida 1 av 3");
});

// --- saved searches --------------------------------------------------------------------------------------------------

test("a search is kept by name, for its login only, and can be renamed and deleted", async () => {
  const vera = await as("vera@x.se");
  const query = "q=fel&type=fel&status=open";
  const result = await pageOf("vera@x.se", `/cases?${query}`);
  const keep = linkOf(result, "Spara sökningen");
  const kept = await vera.submit(keep, { name: " Öppna fel " }, { form: "/cases/saved" });
  assert.deepEqual([kept.status, kept.headers.get("location")], [303, `/cases?q=fel&status=open&type=fel`]);
  assert.match((await vera.get(kept.headers.get("location"))).text, /Sökningen är sparad/);
  const again = await pageOf("vera@x.se", "/cases");
  assert.equal(linkOf(again, "Öppna fel"), kept.headers.get("location"));
  assert.equal(linkOf(await pageOf("maja@x.se", "/cases"), "Öppna fel"), undefined);
  const [[id]] = portal.sql("SELECT id FROM saved_search");
  const maja = await as("maja@x.se");
  const stolen = { act: "rename", name: "Stulen" };
  assert.equal((await maja.postForm(`/cases/saved/${id}`, stolen, [], "/cases/saved")).status, 404);
  await maja.postForm(`/cases/saved/${id}`, { act: "delete" }, [], "/cases/saved");
  assert.equal(linkOf(await pageOf("vera@x.se", "/cases"), "Öppna fel"), kept.headers.get("location"));
  await vera.postForm(`/cases/saved/${id}`, { act: "rename", name: "Fel i huset" }, [], "/cases/saved");
  assert.equal(linkOf(await pageOf("vera@x.se", "/cases"), "Fel i huset"), kept.headers.get("location"));
  await vera.postForm(`/cases/saved/${id}`, { act: "delete" }, [], "/cases/saved");
  assert.deepEqual(portal.sql("SELECT COUNT(*) FROM saved_search").flat().map(Number), [0]);
});

test("a search needs a name of its own, and there is room for twenty", async () => {
  const client = await as("sid");
  const keep = (name, search = "status=open") => client.postForm("/cases/saved", { name, search }, [], "/cases/saved");
  const page = await keep("  ");
  assert.equal(page.status, 422);
  assert.match(errorOf(page.text, "name-new"), /^Skriv ett namn/);
  assert.equal((await keep("x".repeat(61))).status, 422);
  assert.equal((await keep("x".repeat(60))).status, 303);
  for (let i = 1; i < 20; i++) assert.equal((await keep(`Sökning ${i}`, `q=${i}`)).status, 303);
  assert.match(errorOf((await keep("En till")).text, "name-new"), /redan 20/);
  assert.equal((await keep("Sökning 1", "q=annat")).status, 303, "the same name gets the new search");
  assert.equal(linkOf(await pageOf("sid", "/cases"), "Sökning 1"), "/cases?q=annat");
  const [[id]] = portal.sql("SELECT id FROM saved_search WHERE name = 'Sökning 2'");
  const taken = await client.postForm(`/cases/saved/${id}`, { act: "rename", name: "Sökning 3" }, [], "/cases/saved");
  assert.equal(taken.status, 422);
  assert.match(errorOf(taken.text, `name-${id}`), /heter så/);
  for (const search of ["", "//evil", "q=\"><script>", "q=å"])
    assert.equal((await keep("Ny", search)).status, 400, search);
});
