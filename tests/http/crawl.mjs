// Walks the pages of the portal as a person could: from the start page along all links, one page for each kind of
// address and length of query, so that a long list costs no more than a short one.
import { unescape } from "./html.mjs";

// Addresses that do something else than show a page.
const NO_PAGE =
  /\.(csv|xlsx|zip|pdf|ini|ics|svg|txt|png)(\?|$)|^\/(language|assets|theme|logo)|\/(content|attachments)\//;

const linksOf = (html) =>
  [...html.matchAll(/<a\b[^>]*\bhref="(\/[^"]*)"/g)].map((m) => unescape(m[1]).split("#")[0])
    .filter((path) => !NO_PAGE.test(path));

// The kind of an address: the route, and which criteria stand in its query. `routes` are the patterns of the GETs.
function kindOf(path, patterns) {
  const [place, query = ""] = path.split("?");
  const pattern = patterns.find(({ fits }) => fits.test(place))?.path ?? place;
  return `${pattern}?${[...new URLSearchParams(query).keys()].sort().join("&")}`;
}

export async function patternsOf(portal) {
  const { stdout } = await portal.run("routes");
  const paths = stdout.split("\n").map((line) => /^GET\s+(\S+)/.exec(line)?.[1]).filter(Boolean);
  const literal = (path) => !path.includes("{");
  return paths.sort((a, b) => literal(b) - literal(a) || b.length - a.length).map((path) =>
    ({ path, fits: new RegExp(`^${path.replace(/[.]/g, "\\.").replace(/\{[^}]+\}/g, "[^/]+")}$`) }));
}

/** The pages that a client reaches from these addresses, `each` at most of a kind: a map from address to answer. */
export async function crawl(client, patterns, starts, { each = 2, within = /^\// } = {}) {
  const pages = new Map(), seen = new Map(), waiting = [...starts];
  while (waiting.length) {
    const path = waiting.shift(), kind = kindOf(path, patterns);
    if (pages.has(path) || (seen.get(kind) ?? 0) >= each) continue;
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    const answer = await client.get(path);
    if (answer.status === 303) {
      waiting.push(answer.headers.get("location").split("#")[0]);
      continue;
    }
    if (!/^text\/html/.test(answer.headers.get("content-type") ?? "")) continue;
    pages.set(path, answer);
    waiting.push(...linksOf(answer.text).filter((link) => within.test(link)));
  }
  return pages;
}
