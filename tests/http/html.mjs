// Reading pages as people see them: the rows of tables, the fields of forms, links.
import assert from "node:assert/strict";

export const unescape = (html) => html.replaceAll("&#39;", "'").replaceAll("&quot;", '"').replaceAll("&lt;", "<")
  .replaceAll("&gt;", ">").replaceAll("&amp;", "&");

// A page without its form token, which is another text in each page.
export const withoutToken = (html) => html.replaceAll(/name="csrf_token" value="[^"]*"/g, "");

// The matches of a pattern, for a loop that checks each. It must match somewhere, or the loop would check nothing.
export function everyMatch(text, pattern, what) {
  const found = [...text.matchAll(pattern)];
  assert.ok(found.length > 0, `${what}: nothing matches ${pattern}`);
  return found;
}

// The text of a piece of HTML, with what only screen readers get.
export const textOf = (html) => unescape(html.replace(/<[^>]*>/g, "").replace(/\s+/g, " ").trim());

// The first table of a page: its headings, and for each row the texts of its cells; of a case's card its title.
export function tableOf(html) {
  const table = /<table.*?<\/table>/s.exec(html)?.[0] ?? "";
  const cells = (row) => [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)]
    .map((m) => textOf(/<a class="case-link".*?<\/a>/s.exec(m[1])?.[0] ?? m[1]));
  const body = /<tbody>.*?<\/tbody>/s.exec(table)?.[0] ?? "";
  return {
    heads: cells(/<thead>.*?<\/thead>/s.exec(table)?.[0] ?? ""),
    rows: [...body.matchAll(/<tr.*?<\/tr>/gs)].map((m) => cells(m[0])),
  };
}

// The cards of cases on a page, in a table or by themselves.
export function cardsOf(html) {
  const part = (card, name) =>
    textOf(new RegExp(`<(?:a|span) class="${name}[^"]*"[^>]*>(.*?)</`, "s").exec(card)?.[1] ?? "");
  const cards = /<(?:li class="case-card"|th scope="row" class="case-cell")>(.*?)<\/(?:li|th)>/gs;
  return [...html.matchAll(cards)].map((m) => ({
    title: part(m[1], "case-link"),
    place: part(m[1], "case-place"),
    state: part(m[1], "case-state"),
    number: part(m[1], "case-number"),
    unread: m[1].includes("case-unread"),
  }));
}

// The history of a page: what one person changed at one moment, the newest first, each line as [field, before, after].
export function historyOf(html) {
  const part = /<ol class="history-saves">.*?<\/ol>/s.exec(html)?.[0] ?? "";
  const value = (text, tag) => textOf((new RegExp(`<${tag}>(.*?)</${tag}>`, "s").exec(text)?.[1] ?? "")
    .replace(/<span class="visually-hidden">.*?<\/span>/s, ""));
  const saves = /<li>\s*<p class="history-head"><time[^>]*>(.*?)<\/time>(.*?)<\/p>(.*?)<\/li>/gs;
  return [...part.matchAll(saves)].map(([, at, who, rest]) => ({ at, who: textOf(who),
    lines: [...rest.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/gs)].map((line) =>
      [textOf(line[1]), value(line[2], "del"), value(line[2], "ins")]) }));
}

// The error beside the field of that name; empty when it has no error.
export const errorOf = (html, name) =>
  unescape(new RegExp(`id="${name}-error">.*?</span> (.*?)</p>`, "s").exec(html)?.[1] ?? "");

// The value of an input of that name; undefined without such an input.
export function valueOf(html, name) {
  const input = new RegExp(`<input[^>]*\\bname="${name}"[^>]*>`, "s").exec(html)?.[0];
  return input && unescape(/\bvalue="([^"]*)"/.exec(input)?.[1] ?? "");
}

// The options of a select as [value, label], without the empty one, and the chosen value; null when there is no such
// field.
export function selectOf(html, name) {
  const select = new RegExp(`<select[^>]*\\bname="${name}"[^>]*>(.*?)</select>`, "s").exec(html)?.[1];
  if (select === undefined) return null;
  const options = [...select.matchAll(/<option value="([^"]*)"( selected)?>(.*?)<\/option>/gs)];
  return {
    options: options.filter((m) => m[1]).map((m) => [unescape(m[1]), textOf(m[3])]),
    chosen: unescape(options.find((m) => m[2])?.[1] ?? ""),
  };
}

// The radio buttons of that name as [value, label], and the chosen value.
export function radiosOf(html, name) {
  const found = [
    ...html.matchAll(
      new RegExp(`<input[^>]*type="radio"[^>]*name="${name}" value="([^"]*)"( checked)?> <label[^>]*>(.*?)</label>`,
        "gs"))];
  return {
    options: found.filter((m) => m[1]).map((m) => [unescape(m[1]), textOf(m[3])]),
    chosen: unescape(found.find((m) => m[2])?.[1] ?? ""),
  };
}

// The address of the link whose text begins so.
export function linkOf(html, text) {
  const link = [...html.matchAll(/<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)<\/a>/gs)].find((m) => textOf(m[2])
    .startsWith(text));
  return link && unescape(link[1]);
}

// A page that refused a form says so in its title, has one summary that takes the focus, and ties each message to its
// field. Every answer that tests get is checked (Client.request in harness.mjs).
export function assertRefusalTold({ status, headers, text }, what) {
  const [main] = /<main.*<\/main>/s.exec(text) ?? [];
  const isPage = headers.get("content-type")?.startsWith("text/html") && main;
  if (!isPage || ![400, 401, 409, 429].includes(status) || !/<form/.test(main)) return;
  const missing = [];
  if (!/<title>(Fel|Error): /.test(text)) missing.push("the title does not begin with Fel: or Error:");
  const summaries = main.match(/data-error-summary/g)?.length ?? 0;
  if (summaries !== 1) missing.push(`${summaries} summaries of faults`);
  if ((text.match(/<[^>]* autofocus/g)?.length ?? 0) !== 1) missing.push("not one element alone takes the focus");
  const there = (id) => text.includes(` id="${id}"`);
  const [summary = ""] = /<div class="error-summary.*?<\/div>/s.exec(main) ?? [];
  for (const [, id] of summary.matchAll(/<a href="#([^"]*)"/g)) if (!there(id)) missing.push(`a link to #${id}`);
  for (const [field] of main.matchAll(/<(?:input|select|textarea)\b[^>]*aria-invalid="true"[^>]*>/g)) {
    const ids = (/aria-describedby="([^"]*)"/.exec(field)?.[1] ?? "").trim().split(/\s+/);
    if (!ids.some((id) => id.endsWith("-error")) || !ids.every(there)) missing.push(`the message of ${field}`);
  }
  assert.deepEqual(missing, [], `${status} ${what}`);
}

// The addresses of all links of a page.
export const hrefsOf = (html) => [...html.matchAll(/ href="([^"]*)"/g)].map(([, href]) => unescape(href));

// The number beside an entry of the menu; 0 without one.
export function menuNumber(html, path) {
  const entry = new RegExp(`<a href="${path}[?"][^>]*>.*?</a>`, "s").exec(html)?.[0] ?? "";
  return Number(/\d+/.exec(textOf(/<span class="menu-count.*?<\/span>/s.exec(entry)?.[0] ?? ""))?.[0] ?? 0);
}
