// Builds what pages load: node web/build.mjs OUTDIR writes portal.css, portal.js, charts.js, theme.js, icons.svg and favicon.svg.
import { readFile, writeFile, access } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const web = dirname(fileURLToPath(import.meta.url));
const modules = join(web, "..", "node_modules");
const out = process.argv[2];

async function styles() {
  const sass = await import("sass");
  const { css } = sass.compile(join(web, "styles", "portal.scss"), {
    style: "compressed",
    loadPaths: [modules],
    quietDeps: true,
    silenceDeprecations: ["import"], // Bootstrap 5 is written with it
  });
  await writeFile(join(out, "portal.css"), css + "\n");
}

async function script(name, banner = "") {
  const esbuild = await import("esbuild");
  await esbuild.build({
    entryPoints: [join(web, "scripts", name)],
    outdir: out,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2020",
    legalComments: "none",
    banner: { js: banner },
    logLevel: "warning",
  });
}

/** The licence of d3 asks for its text in every copy; all its modules have the same but for the year. */
async function scripts() {
  const licence = await readFile(join(modules, "d3-selection", "LICENSE"), "utf8");
  await Promise.all([script("portal.js"), script("theme.js"), script("charts.js", `/* d3, https://d3js.org/\n${licence.trim()}\n*/`)]);
}

async function icons() {
  const names = JSON.parse(await readFile(join(web, "icons.json"), "utf8"));
  const symbols = await Promise.all(
    names.map(async (name) => {
      const svg = await readFile(join(modules, "lucide-static", "icons", name + ".svg"), "utf8");
      const shapes = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
      return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${shapes.replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>")}</symbol>`;
    }),
  );
  const notice = "<!-- Lucide icons, ISC licence, https://lucide.dev/license -->";
  await writeFile(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${notice}${symbols.join("")}</svg>\n`);
}

async function main() {
  try {
    await access(join(modules, "sass"));
  } catch {
    throw new Error("node_modules is missing: run npm ci in the project's root");
  }
  await Promise.all([styles(), scripts(), icons()]);
  await writeFile(join(out, "favicon.svg"), await readFile(join(web, "favicon.svg")));
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
