// Tests of pages in Debian's Chromium: a site that starts once for a test file, people who are logged in to it, pages
// whose faults are collected, and the checks that every page has to pass.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { after, afterEach, before } from "node:test";
import { chromium } from "playwright-core";
import { startPortal } from "../http/harness.mjs";
import { withoutToken } from "../http/html.mjs";
import { staffClient } from "../http/staff.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const ARGUMENTS = ["--no-sandbox", "--disable-gpu"];
export const PASSWORD = "Ekollon-2026";

// The shell without windows shows, prints and scripts as the whole browser does with half of its work.
const launchShell = () =>
  chromium.launch({ executablePath: "/usr/bin/chromium-headless-shell", args: ARGUMENTS });

// The whole browser, for what the shell lacks, such as the viewer of PDFs.
const launchWhole = () =>
  chromium.launch({ executablePath: "/usr/bin/chromium", args: [...ARGUMENTS, "--headless=new"], headless: false });

// Collects exceptions that nobody caught and the console's errors and warnings, in all pages of a context; the function
// takes what came since it was called last. It is no fault that the server refused the page itself: go() checks its
// status.
function watchFaults(context) {
  let found = [];
  const refused = new Set();
  context.on("response", (response) => {
    if (response.status() >= 400 && response.request().isNavigationRequest()) refused.add(response.url());
  });
  context.on("weberror", (error) => found.push({ text: `${error.page()?.url()}: ${error.error().message}` }));
  context.on("console", (message) => {
    const { url } = message.location();
    if (["error", "warning"].includes(message.type())) found.push({ url, text: `${url}: ${message.text()}` });
  });
  const isRefusal = ({ url, text }) => refused.has(url) && /the server responded with a status of/.test(text);
  return () => {
    const faults = found.filter((fault) => !isRefusal(fault)).map((fault) => fault.text);
    found = [];
    return faults;
  };
}

// With KP_PAGES the HTML of every page that a browser gets is kept there, each once, for the Nu checker, which
// tools/run-tests asks about all of them together.
function keepPages(context) {
  const folder = process.env.KP_PAGES;
  if (!folder) return;
  context.on("response", async (response) => {
    const isPage = response.request().isNavigationRequest() && response.url().startsWith("http");
    if (!isPage || !/^text\/html/.test(response.headers()["content-type"] ?? "")) return;
    const html = (await response.body().catch(() => "")).toString(); // gone when the page went on at once
    const same = withoutToken(html).replace(/[a-f0-9]{16,}|[\w-]{40,}|\d+/g, "");
    const name = createHash("sha256").update(same).digest("hex").slice(0, 16);
    if (html) writeFileSync(join(folder, `${name}.html`), html);
  });
}

class Site {
  #options;
  #browsers = new Map(); // by kind
  #clients = new Map(); // by name
  #opened = new Map(); // pages and what takes their faults
  #visited = new Map(); // pages that stay open, by how they were opened
  #visitors = new Map(); // who is logged in to those

  constructor(options) {
    this.#options = { logins: {}, open: {}, ...options };
  }

  async start() {
    const { serve, prepare, files, config } = this.#options;
    if (serve) {
      this.served = await serve();
    } else {
      this.portal = await startPortal({ files, config });
      this.served = this.portal;
    }
    await prepare?.(this);
  }

  async stop() {
    for (const browser of this.#browsers.values()) await (await browser).close();
    await this.served?.stop();
  }

  get url() {
    return this.served.url;
  }

  // Somebody of `logins` as a client of tests/http, logged in at first use.
  client(who) {
    if (!this.#clients.has(who)) this.#clients.set(who, this.#logIn(this.#options.logins[who]));
    return this.#clients.get(who);
  }

  async #logIn(login) {
    if (login.role) return (await staffClient(this.portal, login.email, login.role)).client;
    const client = this.portal.client();
    const answer = await client.login(login, PASSWORD);
    assert.equal(answer.status, 303, `${login} cannot log in: ${answer.text}`);
    return client;
  }

  // After their sessions ended, everybody logs in again at the next use.
  forgetSessions() {
    this.#clients.clear();
    this.#visitors.clear();
  }

  #browser(kind) {
    if (!this.#browsers.has(kind)) this.#browsers.set(kind, kind === "whole" ? launchWhole() : launchShell());
    return this.#browsers.get(kind);
  }

  #defaults(options) {
    const who = Object.keys(this.#options.logins)[0];
    return { who, width: 1280, height: 900, status: 200, locale: "sv-SE", ...this.#options.open, ...options };
  }

  // Opens an address, or an empty page, in a context of its own. `who` is somebody of `logins` (by default the first)
  // or null for nobody; `status` is how the server has to answer; `browser` may be "whole" for the one with a viewer of
  // PDFs; a page that `mayFault` is not asked for its faults. The rest goes to Playwright's newContext().
  async open(path, options = {}) {
    const { who, width, height, status, mayFault, browser, ...rest } = this.#defaults(options);
    const context = await (await this.#browser(browser)).newContext({ viewport: { width, height }, ...rest });
    const page = await context.newPage();
    const takeFaults = watchFaults(context);
    if (this.portal) keepPages(context);
    this.#opened.set(page, mayFault ? () => [] : takeFaults);
    if (who) await this.enterAs(page, who);
    if (path) await this.go(page, path, status);
    return page;
  }

  // The same for a page that is only looked at: it shares its context with all others of the file that are opened like
  // it, so that the browser need not read its scripts again.
  async visit(path, options = {}) {
    const { who, width, height, status, colorScheme = "light", ...rest } = this.#defaults(options);
    const kind = JSON.stringify(rest);
    if (!this.#visited.has(kind)) this.#visited.set(kind, await this.open(undefined, { ...rest, who: null }));
    const page = this.#visited.get(kind);
    if (this.#visitors.get(page) !== who) {
      await page.context().clearCookies();
      if (who) await this.enterAs(page, who);
      this.#visitors.set(page, who);
    }
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await this.go(page, path, status);
    return page;
  }

  // Makes somebody of `logins` the one whom an open page is for, from its next address on.
  async enterAs(page, who) {
    const { cookies } = await this.client(who);
    await page.context().addCookies([...cookies].map(([name, value]) =>
      ({ name, value, url: this.url, httpOnly: true, sameSite: "Lax" })));
  }

  // Goes on to another address in an open page.
  async go(page, path, status = 200) {
    const response = await page.goto(this.url + path);
    assert.equal(response.status(), status, `the status of ${path}`);
  }

  // Visits an address in both languages and lets assertSound() examine it on a wide screen and on a phone. `schemes`
  // and `each` go to assertSound(), the rest to visit().
  async assertSound(path, { widths = [1280, 390], axe = widths, schemes, each, ...options } = {}) {
    for (const locale of ["sv-SE", "en-GB"]) {
      const page = await this.visit(path, { ...options, locale });
      await assertSound(page, `${path} ${options.who ?? ""} ${locale}`, { widths, axe, schemes, each });
    }
  }

  // Closes pages, which must have had no faults. After each test this is done for what it left open.
  async close(...pages) {
    const faults = [];
    for (const page of pages) {
      const takeFaults = this.#opened.get(page);
      if (![...this.#visited.values()].includes(page)) {
        this.#opened.delete(page);
        await page.context().close();
      }
      faults.push(...takeFaults());
    }
    assert.deepEqual(faults, [], "faults of the pages that the test opened");
  }

  closeAll() {
    return this.close(...this.#opened.keys());
  }
}

// The site of a test file, started before its tests and gone after them. options:
//   files, config   what the portal starts with (startPortal); or
//   serve           a function that starts something else: {url, stop()}
//   logins          {name: an account's or customer's login with PASSWORD, or {email, role} of a new staff user}
//   prepare(site)   what else must be there before the first test
//   open            what open() does when it is not told otherwise
export function browserTest(options) {
  const site = new Site(options);
  before(() => site.start());
  afterEach(() => site.closeAll());
  after(() => site.stop());
  return site;
}

// --- checks of pages -------------------------------------------------------------------------------------------------

// With KP_SHOTS every page that is checked is kept there as a picture.
async function takeShot(page, what) {
  const folder = process.env.KP_SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const name = `${basename(process.argv[1], ".test.mjs")} ${what}`.replace(/[/?&=:]+/g, "_");
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

// The page does not scroll sideways; what reaches furthest over the edge is named.
export async function assertFits(page, what) {
  const beyond = await page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const wide = [...document.body.querySelectorAll("*")]
      .map((one) => [one.getBoundingClientRect().right - root.clientWidth, one.cloneNode(false).outerHTML])
      .filter(([over]) => over > 0).sort(([a], [b]) => b - a).slice(0, 3);
    const named = wide.map(([over, html]) => `${Math.ceil(over)} px: ${html}`);
    return [`${root.scrollWidth - root.clientWidth} px`, ...named];
  });
  assert.deepEqual(beyond, [], `${what} is wider than the screen`);
}

// What is pressed measures at least 24 by 24 px, or is a link in a sentence, or another link on the page does the same,
// or a circle of 24 px around its middle touches no other target (WCAG 2.5.8). A label belongs to its box; a link whose
// pseudo-element covers a card is as large as the card.
export async function assertTargets(page, what) {
  const small = await page.evaluate(() => {
    const SIZE = 24;
    const PRESSED = "a[href], button, summary, select, textarea, input:not([type=hidden]), [role=option], "
      + "[tabindex='0']:not([role=img])"; // a mark of a chart that leads nowhere is not pressed
    const isShown = (one) => one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })
      && one.getBoundingClientRect().width > 1; // what only screen readers get is one pixel
    const covered = (one) => {
      const style = getComputedStyle(one, "::after");
      const [top, right, bottom, left] = [style.top, style.right, style.bottom, style.left].map(parseFloat);
      if (style.content === "none" || style.position !== "absolute" || top > 0 || left > 0) return [];
      const box = getComputedStyle(one).position === "static" ? one.offsetParent : one;
      const around = box.getBoundingClientRect();
      return [new DOMRect(around.x + left, around.y + top, around.width - left - right, around.height - top - bottom)];
    };
    const boxOf = (one) => {
      const labels = /^(checkbox|radio|file)$/.test(one.type) ? [...one.labels].filter(isShown) : [];
      const all = [one, ...labels].map((part) => part.getBoundingClientRect()).concat(covered(one));
      const [left, top] = ["left", "top"].map((side) => Math.min(...all.map((box) => box[side])));
      const [right, bottom] = ["right", "bottom"].map((side) => Math.max(...all.map((box) => box[side])));
      return { left, top, right, bottom };
    };
    const isInText = (one) => one.tagName === "A" && getComputedStyle(one).display === "inline"
      && [...one.parentNode.childNodes].some((node) => node.nodeType === 3 && /\p{L}{2}/u.test(node.data));
    const targets = [...document.querySelectorAll(PRESSED)].filter((one) => isShown(one) && !one.disabled)
      .map((one) => ({ one, box: boxOf(one) }))
      .map((target) => ({ ...target, small: target.box.right - target.box.left < SIZE - 0.5
        || target.box.bottom - target.box.top < SIZE - 0.5 }));
    const middle = ({ box }) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const touches = (target, other) => {
      const [x, y] = middle(target);
      const [dx, dy] = other.small ? middle(other).map((at, i) => at - [x, y][i])
        : [Math.max(other.box.left - x, 0, x - other.box.right), Math.max(other.box.top - y, 0, y - other.box.bottom)];
      return Math.hypot(dx, dy) < (other.small ? SIZE : SIZE / 2) - 0.5;
    };
    const isBeside = (target) => targets.find((other) => other !== target && !other.one.contains(target.one)
      && !target.one.contains(other.one) && touches(target, other));
    const isElsewhere = ({ one }) => one.href && targets.some((other) => !other.small
      && String(other.one.href) === String(one.href) && other.one !== one);
    return targets.filter((target) => target.small && !isInText(target.one) && !isElsewhere(target) && isBeside(target))
      .map(({ one, box }) => `${Math.round(box.right - box.left)} × ${Math.round(box.bottom - box.top)}: `
        + one.outerHTML.replace(/\s+/g, " ").slice(0, 160)).slice(0, 8);
  });
  assert.deepEqual(small, [], `${what} has targets that are too small`);
}

// Playwright's evaluate() sends a text through two more processes.
async function sendAxe(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: AXE });
  await session.detach();
}

// axe finds nothing in the page as it stands.
export async function assertAccessible(page, what) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await sendAxe(page);
  const found = await page.evaluate(async () => (await globalThis.axe.run({ resultTypes: ["violations"] })).violations
    .map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`));
  assert.deepEqual(found, [], `${what} is not accessible`);
}

// The page fits all these widths and is accessible. options:
//   widths    in pixels, 320, 390 and 1280 by default; the page is left in the last
//   axe       the widths at which axe runs too; the last by default
//   schemes   "light" and "dark", one after the other; by default the one that the page was opened with
//   each      another check at each width: each(page, what)
export async function assertSound(page, what,
  { widths = [320, 390, 1280], axe = widths.slice(-1), schemes = [null], each } = {}) {
  for (const colorScheme of schemes) {
    // Colours that change slowly would be measured on their way.
    if (colorScheme) await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const width of widths) {
      const state = [what, width, colorScheme].filter(Boolean).join(" ");
      await page.setViewportSize({ width, height: page.viewportSize().height });
      await assertFits(page, state);
      await assertTargets(page, state);
      await each?.(page, state);
      if (axe.includes(width)) await assertAccessible(page, state);
      await takeShot(page, state);
    }
  }
}
