// What a page prints.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

// Pages have margins of 15 mm; letters reach over their boxes.
const MARGIN = (12 / 25.4) * 72;

// The words that stand in the margins of a page.
function wordsOutside([, width, height, words]) {
  const boxes = /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/g;
  return [...words.matchAll(boxes)]
    .filter(([, left, top, right, bottom]) => left < MARGIN || top < MARGIN || right > width - MARGIN
      || bottom > height - MARGIN)
    .map(([word]) => word);
}

// Prints a page: {sheets: the text of each sheet of paper, outside: the words in their margins}. Nothing may be printed
// as a picture. With KP_SHOTS the PDF is kept there as `what`.
export async function print(page, what, options) {
  const input = await page.pdf(options);
  if (process.env.KP_SHOTS) writeFileSync(join(process.env.KP_SHOTS, `${what.replace(/[/?&=:]+/g, "_")}.pdf`), input);
  const pictures = execFileSync("pdfimages", ["-list", "-"], { input }).toString().trim().split("\n").slice(2);
  assert.deepEqual(pictures, [], "charts are drawn, not pictures");
  const boxes = execFileSync("pdftotext", ["-bbox", "-", "-"], { input, maxBuffer: 1 << 28 }).toString();
  const pages = [...boxes.matchAll(/<page width="([\d.]+)" height="([\d.]+)">(.*?)<\/page>/gs)];
  return {
    sheets: execFileSync("pdftotext", ["-layout", "-", "-"], { input }).toString().split("\f").slice(0, -1),
    outside: pages.flatMap(wordsOutside),
  };
}
