// Makes workbooks (XLSX) as other programs do, and zip archives that none would.
import { deflateRawSync } from "node:zlib";

const CRC = Array.from({ length: 256 },
  (_, n) => Array.from({ length: 8 }).reduce((c) => (c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1), n));
const crc32 = (bytes) => (bytes.reduce((c, byte) => CRC[(c ^ byte) & 255] ^ (c >>> 8), -1) ^ -1) >>> 0;

function header(signature, length, fields) {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32LE(signature, 0);
  for (const [at, size, value] of fields) bytes[size === 2 ? "writeUInt16LE" : "writeUInt32LE"](value, at);
  return bytes;
}

// {path: content} as a zip archive.
export function makeZip(files) {
  const parts = [], directory = [];
  let at = 0;
  for (const [path, content] of Object.entries(files)) {
    const bytes = Buffer.from(content), packed = deflateRawSync(bytes), name = Buffer.from(path);
    const sizes = (from) =>
      [[from, 4, crc32(bytes)], [from + 4, 4, packed.length], [from + 8, 4, bytes.length], [from + 12, 2, name.length]];
    parts.push(header(0x04034b50, 30, [[4, 2, 20], [8, 2, 8], ...sizes(14)]), name, packed);
    directory.push(header(0x02014b50, 46, [[4, 2, 20], [6, 2, 20], [10, 2, 8], ...sizes(16), [42, 4, at]]), name);
    at += 30 + name.length + packed.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0), n = directory.length / 2;
  return Buffer.concat([...parts, ...directory,
    header(0x06054b50, 22, [[8, 2, n], [10, 2, n], [12, 4, size], [16, 4, at]])]);
}

const escape = (text) => String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006";
const relations = (all) => `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all
  .map(([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/relationships/${type}" Target="${target}"/>`)
    .join("")}</Relationships>`;

// A cell: a text, a number, a boolean, {day} or {time} as serial numbers, {error}, {formula, value}, or nothing.
function cell(value) {
  if (value === null || value === "") return "<c/>";
  if (typeof value === "number") return `<c><v>${value}</v></c>`;
  if (typeof value === "boolean") return `<c t="b"><v>${value ? 1 : 0}</v></c>`;
  if (value.day !== undefined) return `<c s="1"><v>${value.day}</v></c>`;
  if (value.time !== undefined) return `<c s="2"><v>${value.time}</v></c>`;
  if (value.error) return `<c t="e"><v>${value.error}</v></c>`;
  if (value.formula) return `<c><f>${value.formula}</f><v>${value.value}</v></c>`;
  return `<c t="inlineStr"><is><t>${escape(value)}</t></is></c>`;
}

// {sheet name: rows of cells, or the XML of the sheet as it is}
export function makeWorkbook(sheets, { from1904 = false } = {}) {
  const names = Object.keys(sheets);
  const xml = (rows) => (typeof rows === "string" ? rows
    : `<worksheet><sheetData>${rows.map((row) => `<row>${row.map(cell).join("")}</row>`).join("")}`
      + "</sheetData></worksheet>");
  return makeZip({
    "_rels/.rels": relations([["r", "officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": `<workbook xmlns:r="${OFFICE}/relationships"><workbookPr date1904="${from1904 ? 1 : 0}"/>`
      + `<sheets>${names
      .map((name, i) => `<sheet name="${escape(name)}" sheetId="${i + 1}" r:id="s${i}"/>`)
        .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations([
      ...names.map((_, i) => [`s${i}`, "worksheet", `worksheets/sheet${i + 1}.xml`]), ["y", "styles", "styles.xml"]]),
    "xl/styles.xml": '<styleSheet><numFmts><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd hh:mm"/></numFmts>'
      + '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="165"/></cellXfs></styleSheet>',
    ...Object.fromEntries(names.map((name, i) => [`xl/worksheets/sheet${i + 1}.xml`, xml(sheets[name])])),
  });
}
