// Reads the files that the portal exports: CSV by RFC 4180, and the first sheet of an XLSX workbook.
import { inflateRawSync } from "node:zlib";
import { unescape } from "./html.mjs";

// Rows of cells; throws when it is not CSV as RFC 4180 has it.
export function readCsv(text) {
  if (!text.endsWith("\r\n")) throw new Error("the last line does not end");
  const rows = [[]];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (!found) throw new Error("no CSV");
    rows.at(-1).push(found[1].startsWith('"') ? found[1].slice(1, -1).replaceAll('""', '"') : found[1]);
    if (found[2] === "\r\n" && cell.lastIndex < text.length) rows.push([]);
  }
  return rows;
}

// Name → content of the files in a ZIP, by its directory at the end.
function readZip(bytes) {
  const files = {};
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  for (let n = bytes.readUInt16LE(end + 10), at = bytes.readUInt32LE(end + 16); n > 0; n--) {
    const size = bytes.readUInt32LE(at + 20);
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const local = bytes.readUInt32LE(at + 42);
    const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(begin, begin + size);
    files[bytes.toString("utf8", at + 46, at + 46 + name)] = bytes.readUInt16LE(at + 10) ? inflateRawSync(packed)
      : packed;
    at += 46 + name + extra + comment;
  }
  return files;
}

// Rows of cells: texts as strings, numbers (also times, in days since 1899-12-30) as numbers.
export function readXlsx(bytes) {
  const files = readZip(bytes);
  const sheet = files["xl/worksheets/sheet1.xml"].toString("utf8");
  const shared = [...(files["xl/sharedStrings.xml"]?.toString("utf8") ?? "").matchAll(/<si>(.*?)<\/si>/gs)].map((m) =>
    m[1]);
  const text = (xml) => unescape([...xml.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map((m) => m[1]).join(""));
  return [...sheet.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map((row) => {
    const cells = [];
    for (const [, column, attributes, content] of row[1].matchAll(/<c r="([A-Z]+)\d+"([^>]*)>(.*?)<\/c>/gs)) {
      const at = [...column].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0) - 1;
      const value = /<v>(.*?)<\/v>/.exec(content)?.[1];
      if (/t="s"/.test(attributes)) cells[at] = text(shared[Number(value)]);
      else cells[at] = /t="inlineStr"/.test(attributes) ? text(content) : Number(value);
    }
    return Array.from(cells, (cell) => cell ?? "");
  });
}
