// The charts of dashboards in a real browser: what they draw from their tables, how they are reached and read, in light
// and dark, on phones and on paper. The page around them is the portal's; the tables come from chart_samples.mjs.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { badTexts, compareMarks, drawAll } from "./chart_checks.mjs";
import { dashboard, extremes } from "./chart_samples.mjs";
import { print } from "./paper.mjs";
import { serveSamples } from "./sample_pages.mjs";
import { assertSound, browserTest } from "./site.mjs";

const scriptIn = (folder) => readdirSync(join(folder, "assets")).find((name) => /^charts\..*js$/.test(name));

function pages(folder) {
  const shell = readFileSync(join(folder, "list.html"), "utf8")
    .replace("</head>", `<script type="module" src="/assets/${scriptIn(folder)}"></script></head>`);
  const around = [shell.slice(0, shell.indexOf("<h1>")), shell.slice(shell.indexOf("</main>"))];
  return {
    "/dashboard.html": around.join(dashboard()),
    "/extremes.html": around.join(extremes()),
    "/rows.html": "<!doctype html><title>Rader</title>",
  };
}

const site = browserTest({ serve: () => serveSamples("#1f5f8b", { pages }) });
const drawn = async (page) => {
  await drawAll(page);
  return page;
};
const open = async (path, options) => drawn(await site.open(`/${path}.html`, options));
const visit = async (path, options) => drawn(await site.visit(`/${path}.html`, options));
const section = (page, id) => page.locator(`[aria-labelledby="${id}-title"].chart-block`);

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 390, 320]) {
    test(`dashboards are accessible and fit in ${width} px, ${colorScheme}`, async () => {
      for (const path of ["dashboard", "extremes"]) {
        const page = await visit(path, { width, height: 800, colorScheme });
        const axe = path === "dashboard" || width === 390 ? [width] : []; // 400 weeks take their time
        await assertSound(page, `${path} ${colorScheme}`, { widths: [width], axe });
      }
    });
  }
}

test("every number of a table is a bar or a point that leads where the number leads", async () => {
  for (const path of ["dashboard", "extremes"]) {
    for (const width of [1280, 390]) {
      const page = await visit(path, { width });
      const sort = (list) => list.map(String).sort();
      const charts = await page.evaluate(compareMarks);
      assert.ok(charts.length >= 5);
      for (const { drawn, expected } of charts) assert.deepEqual(sort(drawn), sort(expected));
      assert.ok(charts.flatMap((one) => one.expected).length > 20);
    }
  }
});

test("bars are as long as their numbers, above and below zero", async () => {
  const page = await visit("extremes");
  const boxes = await section(page, "credit").locator(".chart-bar")
    .evaluateAll((bars) => bars.map((bar) => [Number(bar.getAttribute("y")), Number(bar.getAttribute("height"))]));
  const near = (a, b) => assert.ok(Math.abs(a - b) < 0.01, `${a} ${b}`);
  near(boxes[0][1] / boxes[2][1], 12500.5 / 3000);
  near(boxes[0][1] / boxes[1][1], 12500.5 / 8000.25);
  near(boxes[0][0] + boxes[0][1], boxes[1][0]); // both begin at zero
  const widths = await section(page, "large").locator(".chart-bar")
    .evaluateAll((bars) => bars.map((bar) => Number(bar.getAttribute("width"))));
  near(widths[0] / widths[2], 123456789012.5 / 35000000000);
});

test("parts of a whole lie after each other, with the whole at the end", async () => {
  const page = await visit("dashboard");
  const bars = await section(page, "parts").locator(".chart-bar")
    .evaluateAll((all) => all.slice(2, 4).map((bar) => ["x", "width"].map((key) => Number(bar.getAttribute(key)))));
  assert.ok(Math.abs(bars[0][0] + bars[0][1] - bars[1][0]) < 0.01);
  assert.ok(Math.abs(bars[0][1] / bars[1][1] - 5) < 0.01);
  assert.deepEqual(await section(page, "parts").locator(".chart-label").allTextContents(),
    ["120", "97", "74", "51", "28", "5"]);
});

test("hours are days where there are many, and sums have their unit", async () => {
  const page = await visit("extremes");
  const days = await section(page, "hours").locator(".chart-axis").first().locator("text").allTextContents();
  assert.deepEqual(days.map((text) => text.replace(/\s/g, " ")), ["0 d", "1 d", "2 d", "3 d", "4 d"]);
  assert.match(await section(page, "hours").locator(".chart-mark").first().getAttribute("aria-label"), /: 24$/);
  const sums = await section(page, "money").locator(".chart-axis").first().locator("text").allTextContents();
  assert.ok(sums.length > 1 && sums.every((text) => /\u00a0kr$/.test(text)), String(sums));
});

test("gaps stay gaps, a single point is seen, what has no numbers is not drawn", async () => {
  const page = await visit("extremes");
  const gaps = section(page, "gaps");
  assert.equal(await gaps.locator(".chart-point").count(), 9);
  assert.equal(((await gaps.locator(".chart-line").getAttribute("d")).match(/M/g) ?? []).length, 4);
  assert.equal(await section(page, "one-line").locator(".chart-point").isVisible(), true);
  // A number that is in the table only is never drawn on the axis of others that are not known.
  for (const id of ["none", "bare", "unknown"]) assert.equal(await section(page, id).locator("svg").count(), 0);
  assert.equal(await section(page, "long-pair").locator(".chart-line").count() > 2, true,
    "200 weeks of two series are lines");
});

test("texts of a chart neither overlap nor leave it; long names are cut and whole in their title", async () => {
  for (const path of ["dashboard", "extremes"]) {
    for (const width of [1280, 768, 390, 320]) {
      const page = await visit(path, { width });
      assert.deepEqual(await page.evaluate(badTexts), [], `${path} ${width}`);
    }
  }
  const page = await visit("dashboard", { width: 390 });
  const cut = section(page, "object").locator(".chart-name").filter({ hasText: /…/ }).first();
  assert.match(await cut.locator("title").textContent(), /fjärrvärme$/);
});

test("a chart is one stop of the Tab key; arrow keys go through it and Enter follows the link", async () => {
  const page = await open("dashboard");
  const name = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  await section(page, "time").getByRole("link", { name: /CSV/ }).focus();
  await page.keyboard.press("Tab");
  assert.equal(await name(), "2023 v. 21, Skapade: 28");
  assert.match(await section(page, "time").locator(".chart-tip").textContent(), /2023 v. 21.*Skapade: 28/);
  await page.keyboard.press("ArrowRight");
  assert.match(await name(), /^2023 v. 22, Skapade/);
  await page.keyboard.press("ArrowUp");
  assert.match(await name(), /^2023 v. 22, Avslutade/);
  await page.keyboard.press("End");
  assert.match(await name(), /^2023 v. 34, Avslutade/);
  await page.keyboard.press("ArrowRight");
  assert.match(await name(), /^2023 v. 34, Avslutade/);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".chart-tip").count(), 0);
  await page.keyboard.press("Tab");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /^Visa som tabell/,
    "the table comes next");
  await page.keyboard.press("Shift+Tab");
  assert.match(await name(), /^2023 v. 34, Avslutade/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/rows\.html\?row=13&series=1/);
});

test("rows of bars are walked up and down", async () => {
  const page = await open("dashboard");
  await section(page, "object").locator("[tabindex='0'].chart-mark").focus();
  await page.keyboard.press("ArrowDown");
  assert.match(await page.evaluate(() => document.activeElement.getAttribute("aria-label")),
    /^Storgatan 1–37.*fjärrvärme, Ärenden: 97$/);
  await page.keyboard.press("ArrowUp");
  assert.match(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), /^Brf Eken/);
});

test("a chart is a named group that says to who comes with the keyboard that arrow keys work", async () => {
  const page = await open("dashboard");
  const group = page.locator("svg").and(page.getByRole("group", { name: "Skapade och avslutade per vecka" }));
  const keys = page.locator(`#${await group.getAttribute("aria-describedby")}`);
  assert.match(await keys.textContent(), /^Piltangenterna/);
  const height = (await section(page, "time").boundingBox()).height;
  assert.equal(await keys.isVisible(), false);
  await section(page, "time").getByRole("link", { name: /CSV/ }).focus();
  await page.keyboard.press("Tab");
  assert.equal(await keys.isVisible(), true);
  assert.equal((await section(page, "time").boundingBox()).height, height, "nothing moves");
});

test("the pointer shows what a bar says", async () => {
  const page = await open("dashboard");
  const mark = section(page, "type").locator(".chart-mark").nth(15);
  await mark.hover();
  const tip = await section(page, "type").locator(".chart-tip").textContent();
  assert.equal(tip.replace(/\s/g, ""), (await mark.getAttribute("aria-label")).replace(", ", "").replace(/\s/g, ""));
  await page.mouse.move(5, 5);
  await page.locator(".chart-tip").waitFor({ state: "detached" });
});

// WCAG 1.4.13: what comes with the pointer or the focus can be pointed at, stays, and goes without moving either.
async function hoverWithClock() {
  const page = await site.open();
  await page.clock.install();
  await site.go(page, "/dashboard.html");
  const mark = section(page, "type").locator(".chart-mark").nth(15);
  await mark.scrollIntoViewIfNeeded();
  await page.clock.runFor(1000);
  await mark.hover();
  return { page, mark, tip: section(page, "type").locator(".chart-tip") };
}

test("the text beside a bar stays while the pointer is on it, and leads where the bar leads", async () => {
  const { page, mark, tip } = await hoverWithClock();
  const [bar, box] = [await mark.boundingBox(), await tip.boundingBox()];
  for (let y = bar.y + bar.height / 2; y > box.y + box.height / 2; y -= 4) {
    await page.mouse.move(bar.x + bar.width / 2, y);
    await page.clock.runFor(100);
  }
  await page.clock.runFor(5000);
  assert.ok((await mark.getAttribute("aria-label")).endsWith(await tip.locator("tspan").last().textContent()));
  assert.equal(await tip.getAttribute("href"), await mark.getAttribute("href"));
  await page.mouse.move(5, 5);
  await page.clock.runFor(5000);
  assert.equal(await tip.count(), 0);
});

test("Escape takes the text away from under the pointer, wherever the focus is", async () => {
  const { page, mark, tip } = await hoverWithClock();
  await page.clock.runFor(5000);
  assert.equal(await tip.count(), 1, "it stays");
  await page.keyboard.press("Escape");
  assert.equal(await tip.count(), 0);
  const box = await mark.boundingBox();
  await page.mouse.move(box.x + box.width / 2 + 1, box.y + box.height / 2);
  await page.clock.runFor(5000);
  assert.equal(await tip.count(), 0, "it stays away until the pointer leaves");
  await page.mouse.move(5, 5);
  await page.clock.runFor(5000);
  await mark.hover();
  assert.equal(await tip.count(), 1);
});

test("the text of the focus comes back after that of the pointer", async () => {
  const { page, mark, tip } = await hoverWithClock();
  await mark.focus();
  const focused = await tip.textContent();
  await section(page, "type").locator(".chart-mark").nth(30).hover();
  assert.notEqual(await tip.textContent(), focused);
  await page.mouse.move(5, 5);
  await page.clock.runFor(5000);
  assert.equal(await tip.textContent(), focused);
});

test("the text beside a bar is whole within the chart, however long the name is", async () => {
  for (const width of [1280, 320]) {
    const page = await open("dashboard", { width });
    await section(page, "object").locator(".chart-mark").nth(1).focus();
    const tip = section(page, "object").locator(".chart-tip");
    const text = (await tip.textContent()).replaceAll(" ", "");
    assert.match(text, /^Storgatan1–37,Göteborg,gårdshusetmedundercentralenförfjärrvärmeÄrenden:97$/);
    const drawing = section(page, "object").locator(".chart-drawing");
    const [frame, box] = [await drawing.boundingBox(), await tip.boundingBox()];
    assert.ok(box.x >= frame.x - 1 && box.x + box.width <= frame.x + frame.width + 1, `${width}`);
    await site.close(page);
  }
});

test("charts are drawn when they come into view, in the room that is kept for them", async () => {
  const page = await site.open("/extremes.html", { width: 390, height: 800 });
  const waiting = page.locator("[data-chart-figure=waiting]");
  await page.locator("[data-chart-figure=drawn]").first().waitFor();
  const [before, height] = [await waiting.count(), await page.evaluate(() => document.body.scrollHeight)];
  assert.ok(before > 10, `${before} wait`);
  await drawAll(page);
  assert.equal(await waiting.count(), 0);
  assert.equal(await page.evaluate(() => document.body.scrollHeight), height);
});

test("each chart is drawn in a task of its own, so that a slow phone answers in between", async () => {
  const page = await site.open();
  await page.addInitScript(() => {
    const drawn = () => document.querySelectorAll("[data-chart-figure=drawn]").length;
    const { setTimeout } = window;
    window.drawnByTask = [];
    window.setTimeout = (work, ...rest) => setTimeout(() => {
      const before = drawn();
      work();
      window.drawnByTask.push(drawn() - before);
    }, ...rest);
  });
  await site.go(page, "/extremes.html");
  await drawAll(page);
  const counts = await page.evaluate(() => window.drawnByTask.filter((count) => count > 0));
  assert.ok(counts.length > 10 && counts.every((count) => count === 1), String(counts));
  assert.equal(counts.length, await page.locator("[data-chart-figure=drawn]").count());
});

test("a chart is drawn again when its width changes, and keeps the focus", async () => {
  const page = await open("dashboard");
  await section(page, "object").locator(".chart-mark").nth(2).focus();
  await page.setViewportSize({ width: 390, height: 800 });
  await page.waitForFunction(() => document.querySelector(".chart-drawing").viewBox.baseVal.width < 390);
  assert.match(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), /^Hisservice/);
  const scales = await page.$$eval(".chart-drawing",
    (all) => all.map((one) => one.getBoundingClientRect().width / one.viewBox.baseVal.width));
  assert.ok(scales.length > 1 && scales.every((scale) => scale > 0.99 && scale < 1.01), String(scales));
});

test("steps are columns where their names have room, bars on phones", async () => {
  for (const [width, names] of [[1280, 0], [390, 7]]) {
    const page = await visit("extremes", { width, height: 800 });
    assert.equal(await section(page, "spread").locator(".chart-name").count(), names);
  }
});

test("rows of bars are at least 44 px high on phones", async () => {
  const page = await open("dashboard", { width: 390, height: 800, hasTouch: true });
  const heights = await section(page, "object").locator(".chart-hit")
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
  assert.ok(heights.length === 6 && heights.every((height) => height >= 44), String(heights));
});

test("without scripts the tables stand alone", async () => {
  const page = await site.open("/dashboard.html", { javaScriptEnabled: false });
  assert.equal(await page.locator("svg.chart-drawing").count(), 0);
  assert.equal(await page.locator(".chart-table").count(), 6);
  assert.equal((await section(page, "time").locator("[data-chart-figure]").boundingBox())?.height ?? 0, 0);
  assert.equal(await section(page, "time").locator("tbody a").first().isVisible(), true);
});

test("the table of what is drawn is folded until somebody opens it; that of what is not stays open", async () => {
  const page = await open("extremes");
  const row = section(page, "zero").locator("tbody a").first();
  assert.equal(await row.isVisible(), false);
  await section(page, "zero").getByText("Visa som tabell").click();
  assert.equal(await row.isVisible(), true);
  assert.equal(await section(page, "unknown").locator("tbody a").first().isVisible(), true);
});

test("charts keep to the content security policy and are small", async () => {
  const page = await visit("dashboard");
  assert.equal(await page.locator(".chart [style], .chart style, .chart [onclick]").count(), 0);
  const bytes = gzipSync(readFileSync(join(site.served.folder, "assets", scriptIn(site.served.folder)))).length;
  assert.ok(bytes < 60_000, `${bytes} bytes`);
});

test("with the user's own colours series differ by hatching, and texts have the colour of texts", async () => {
  const page = await open("dashboard", { forcedColors: "active" });
  // one is whole, all others hatched
  assert.equal(await section(page, "type").locator(".chart-key .chart-hatch[d='']").count(), 1);
  const style = (selector, key) => page.$eval(selector, (one, name) => getComputedStyle(one)[name], key);
  assert.equal(await style(".chart-name", "fill"), await style("body", "color"));
  assert.notEqual(await style("a.chart-mark .chart-bar", "fill"), await style("body", "backgroundColor"));
});

// --- colours ---------------------------------------------------------------------------------------------------------

// What is left of a colour for eyes without one kind of cones (Machado, Oliveira, Fernandes 2009, severity 1), in
// linear light.
const EYES = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

const linear = (colour) => colour.map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
const luminance = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const contrast = (a, b) =>
  (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);

function lab([r, g, b]) {
  const f = (t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const [x, y, z] = [(0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505, luminance([r, g, b]),
    (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089].map(f);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function difference(a, b, eye) {
  const seen = (colour) =>
    lab(eye.map((row) => Math.min(1, Math.max(0, row[0] * colour[0] + row[1] * colour[1] + row[2] * colour[2]))));
  const [one, other] = [seen(a), seen(b)];
  return Math.hypot(...one.map((value, i) => value - other[i]));
}

for (const colorScheme of ["light", "dark"]) {
  test(`the colours of series stay apart for the colour-blind and stand out from the ground, ${colorScheme}`,
    async () => {
    const page = await visit("dashboard", { colorScheme });
    const read = (names) => page.evaluate((all) => all.map((name) => {
      const probe = document.querySelector(".chart-block").appendChild(document.createElement("i"));
      probe.style.color = `var(--kp-${name})`;
      return getComputedStyle(probe).color.match(/\d+/g).slice(0, 3).map((one) => one / 255);
    }), names);
    const colours = (await read([1, 2, 3, 4, 5, 6].map((number) => `chart-${number}`))).map(linear);
    const grounds = (await read(["surface", "sunken", "page"])).map(linear);
    colours.forEach((colour, i) => {
      for (const ground of grounds) assert.ok(contrast(colour, ground) >= 3,
        `colour ${i + 1}: ${contrast(colour, ground)}`);
      for (const [name, eye] of Object.entries(EYES)) {
        colours.slice(0, i).forEach((other, j) => assert.ok(difference(colour, other, eye) > 20,
          `${j + 1} and ${i + 1}, ${name}: ${difference(colour, other, eye)}`));
      }
    });
  });
}

// --- paper -----------------------------------------------------------------------------------------------------------

for (const [name, options] of [["A4", { format: "A4" }], ["A4 across", { format: "A4", landscape: true }],
  ["Letter", { format: "Letter" }]]) {
  test(`a dashboard prints on ${name} whole, with heading and filters, and charts beside their headings`, async () => {
    const page = await visit("dashboard", { colorScheme: "dark" });
    const { sheets } = await print(page, `a dashboard ${name}`, options);
    const all = sheets.join("\n");
    assert.match(sheets[0], /Ärenden/);
    assert.match(sheets[0], /23 augusti – 23 november 2026\. Kund: alla\. Utskriven 23 november 2026/);
    assert.match(sheets[0], /1.234.567,50.kr/);
    assert.doesNotMatch(all, /https?:|rows\.html|CSV|Logga ut|Sök ärende|Visa/);
    for (const [heading, inChart] of [["Skapade och avslutade per vecka", "Avslutade"], ["Per objekt", "Hisservice"],
      ["Per kund", "Öppna"], ["Genomloppstid", "v. 25"]]) {
      const sheet = sheets.find((text) => text.includes(heading));
      assert.ok(sheet.slice(sheet.indexOf(heading)).includes(inChart), `${heading} stands without its chart`);
    }
    assert.equal(all.match(/^\s*Summa/gm).length, 6, "a sum stands once, though its table goes over pages");
  });
}

test("a chart is as wide as the paper, and as the window again afterwards", async () => {
  const page = await open("dashboard");
  const widths = () =>
    page.$$eval(".chart-drawing", (all) => [...new Set(all.map((one) => one.viewBox.baseVal.width))]);
  const before = await widths();
  await page.evaluate(() => addEventListener("beforeprint", () => {
    window.drawnForPaper = document.querySelector(".chart-drawing").viewBox.baseVal.width;
  }));
  await page.pdf({ format: "A4" });
  assert.equal(await page.evaluate(() => window.drawnForPaper), 680);
  await page.waitForFunction((width) => document.querySelector(".chart-drawing").viewBox.baseVal.width === width,
    before[0]);
  assert.deepEqual(await widths(), before);
});

test("a table that goes over pages has its heads on each", async () => {
  const page = await visit("extremes");
  const { sheets: all } = await print(page, "long tables A4", { format: "A4" });
  const headed = all.map((text) => text.split("\n").filter((line) => line.trim()))
    .filter(([first]) => /^\s*Vecka /.test(first));
  assert.ok(headed.length > 0);
  for (const [, second] of headed) assert.match(second, /^\s*\d{4} v\./, "heads without a row");
  const sheets = all.filter((text) => (text.match(/^\s*\d{4} v\. \d+\s+\d+\s*$/gm) ?? []).length > 35);
  assert.ok(sheets.length >= 3);
  for (const text of sheets) assert.match(text.trimStart(), /^Vecka\s+Skapade/);
});
