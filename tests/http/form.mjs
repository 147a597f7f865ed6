// Reading the forms of a page as a browser does: which fields a form sends, with the values that the page gave them.

import { unescape } from "./html.mjs";

const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z][a-z0-9-]*(?:="[^"]*")?)*)\s*\/?>/g;

function attributesOf(text) {
  const pairs = [...text.matchAll(/([a-z][a-z0-9-]*)(?:="([^"]*)")?/g)];
  return Object.fromEntries(pairs.map(([, name, value]) => [name, unescape(value ?? "")]));
}

// Browsers send the line breaks of a textarea as CR LF.
const lines = (value) => value.replace(/\r\n|\r|\n/g, "\r\n");

// The options of a select that are sent; without a chosen one a browser sends the first.
function chosenOptions(options, multiple) {
  const chosen = options.filter((option) => option.selected);
  if (chosen.length || multiple) return multiple ? chosen : chosen.slice(-1);
  return options.slice(0, 1);
}

// Reads one page. A field is a control {name, kind, value, sent}: `sent` says whether a browser sends it as it stands.
class Reader {
  constructor(html) {
    this.html = html;
    this.forms = [];
    this.form = null;
    this.select = null;
  }

  add(control, attributes) {
    const form = attributes.form ? this.forms.find((one) => one.id === attributes.form) : this.form;
    if (form && control.name && !("disabled" in attributes)) form.controls.push(control);
  }

  input(attributes) {
    const { name, type = "text", value } = attributes;
    if (["submit", "button", "reset", "image"].includes(type)) return;
    const ticked = ["checkbox", "radio"].includes(type);
    const sent = !ticked || "checked" in attributes;
    this.add({ name, kind: type, value: value ?? (ticked ? "on" : ""), sent }, attributes);
  }

  endSelect() {
    const { attributes, options } = this.select;
    const values = chosenOptions(options, "multiple" in attributes).map((option) => option.value);
    for (const value of values) this.add({ name: attributes.name, kind: "select", value, sent: true }, attributes);
    if (!values.length) this.add({ name: attributes.name, kind: "select", value: "", sent: false }, attributes);
    this.select = null;
  }

  begin(tag, attributes, end) {
    if (tag === "form") {
      const { id, action = "", method = "get", enctype } = attributes;
      this.form = { id, action, method, multipart: enctype === "multipart/form-data", controls: [] };
      this.forms.push(this.form);
    } else if (tag === "input") {
      this.input(attributes);
    } else if (tag === "button" && (attributes.type ?? "submit") === "submit") {
      const button = { name: attributes.name, kind: "button", value: attributes.value ?? "", sent: false };
      this.add(button, attributes);
      if (this.form && !("formnovalidate" in attributes)) this.form.main ??= button;
    } else if (tag === "textarea") {
      const text = this.html.slice(end, this.html.indexOf("</textarea", end)).replace(/^\r?\n/, "");
      this.add({ name: attributes.name, kind: "textarea", value: lines(unescape(text)), sent: true }, attributes);
    } else if (tag === "select") {
      this.select = { attributes, options: [] };
    } else if (tag === "option" && this.select) {
      const text = this.html.slice(end, this.html.indexOf("<", end));
      const value = attributes.value ?? unescape(text.trim());
      this.select.options.push({ value, selected: "selected" in attributes });
    }
  }

  read() {
    for (const match of this.html.matchAll(TAG)) {
      const tag = match[2];
      if (!match[1]) this.begin(tag, attributesOf(match[3]), match.index + match[0].length);
      else if (tag === "form") this.form = null;
      else if (tag === "select" && this.select) this.endSelect();
    }
    return this.forms;
  }
}

// The forms of a page: {id, action, method, multipart, controls, main: the button that Enter presses}.
export const formsOf = (html) => new Reader(html).read();

const namesOf = (form) => [...new Set(form.controls.map((one) => one.name))].join(" ");
const describe = (form) => `${form.method} ${form.action} (${namesOf(form)})`;

// The forms of the page's frame, which no test means unless it names them.
const isFrame = (form) => /^\/(staff\/)?logout$|^\/view-as\/end$|^\/staff\/find$/.test(form.action);

// The form that `which` names by its action ("/cases/new") or its id ("#case"); without `which` the only one that has
// all the named fields, and of several the only one that is posted.
export function findForm(html, which, names = []) {
  const forms = formsOf(html);
  const fits = which
    ? forms.filter((form) => (which.startsWith("#") ? form.id === which.slice(1) : form.action === which))
    : forms.filter((form) => !isFrame(form) && names.every((name) => form.controls.some((one) => one.name === name)));
  const posted = fits.filter((form) => form.method === "post");
  if (fits.length === 1) return fits[0];
  if (posted.length === 1) return posted[0];
  const wanted = which ?? `the fields ${names.join(" ")}`;
  throw new Error(`${fits.length} forms fit ${wanted}; the page has:\n${forms.map(describe).join("\n")}`);
}

// What a browser sends of a form after somebody filled in `fields`, as pairs in the order of the form. A list is
// several values of one name, undefined leaves the field out (a box that is not ticked), and a button's name presses it
// instead of the main one.
export function fieldsOf(form, fields = {}) {
  const missing = Object.keys(fields).filter((name) => !form.controls.some((one) => one.name === name));
  if (missing.length) throw new Error(`the form has no field ${missing.join(" ")}: ${describe(form)}`);
  const done = new Set();
  const pairs = [];
  for (const { name, kind, value, sent } of form.controls) {
    if (!(name in fields)) {
      if (sent && kind !== "file") pairs.push([name, value]);
    } else if (!done.has(name)) {
      done.add(name);
      const values = [fields[name]].flat().filter((one) => one !== undefined).map(String);
      pairs.push(...values.map((one) => [name, kind === "textarea" ? lines(one) : one]));
    }
  }
  const pressed = form.controls.some((one) => one.kind === "button" && one.name in fields);
  if (!pressed && form.main?.name) pairs.push([form.main.name, form.main.value]);
  return pairs;
}

// A body of multipart/form-data as browsers write it: they send a file input without a file as a file without name and
// content, which FormData of Node does not. files: [{field, name, bytes, type}].
export function multipartOf(pairs, files) {
  const boundary = "----kundportal-test-boundary";
  const quoted = (text) => text.replaceAll("\n", "%0A").replaceAll("\r", "%0D").replaceAll('"', "%22");
  const head = (rest) => `--${boundary}\r\nContent-Disposition: form-data; ${rest}\r\n\r\n`;
  const parts = [
    ...pairs.map(([name, value]) => [head(`name="${quoted(name)}"`), value, "\r\n"]),
    ...files.map(({ field, name, bytes, type = "application/octet-stream" }) =>
      [head(`name="${quoted(field)}"; filename="${quoted(name)}"\r\nContent-Type: ${type}`), bytes, "\r\n"]),
  ];
  const body = Buffer.concat([...parts.flat(), `--${boundary}--\r\n`].map((part) => Buffer.from(part)));
  return { type: `multipart/form-data; boundary=${boundary}`, body };
}
