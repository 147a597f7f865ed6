// Serves the pages that samples.c writes, with the headers of the portal.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { PROGRAM } from "../http/harness.mjs";

const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript",
  ".svg": "image/svg+xml" };
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'";

// pages(folder) makes other pages of those in the folder, as {"/name.html": text}. answer(request, response, url) is
// asked first and says whether it took the request.
export async function serveSamples(colour, { pages = () => ({}), answer = () => false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "kundportal-samples-"));
  execFileSync(join(dirname(PROGRAM), "tests/browser/samples"), [folder, colour]);
  const made = pages(folder);
  const server = http.createServer((request, response) => {
    const url = new URL(request.url, "http://x");
    if (answer(request, response, url)) return;
    const type = TYPES[extname(url.pathname)];
    if (!type) {
      response.writeHead(204).end(); // favicon.ico of a page without an icon
      return;
    }
    response.writeHead(200, { "Content-Type": type, "Content-Security-Policy": POLICY });
    response.end(made[url.pathname] ?? readFileSync(join(folder, url.pathname)));
  }).listen(0, "127.0.0.1");
  await new Promise((done) => server.on("listening", done));
  return {
    folder,
    url: `http://127.0.0.1:${server.address().port}`,
    stop() {
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
