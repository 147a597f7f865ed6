// A field for a number finds it by name too: the chosen hit writes its number, and its name is shown beside the field.
// A text of numbers, one a line, gets a search box that adds a line.
import { Combobox } from "./combobox.js";
import { element } from "./dom.js";
import { proposeAll } from "./picker.js";

/** A box of its own for the list to hang under. */
function boxOf(input) {
  const box = element("div", { class: "picker-box" });
  input.replaceWith(box);
  box.append(input);
  return box;
}

class NumberLookup extends Combobox {
  constructor(input) {
    const field = input.closest(".field");
    super({ input, box: boxOf(input), notes: field, source: input.dataset.lookup, label: field.querySelector("label").textContent });
    this.hint = document.getElementById(`${input.id}-hint`);
    input.addEventListener("proposed", (event) => this.tell(event.detail.label));
  }

  // A number that is there already is looked up to show its name; it is not a search.
  words() {
    return this.known === this.input.value ? "" : this.input.value;
  }

  isChosen(hit) {
    return hit.value === this.input.value;
  }

  typed() {
    this.tell("");
    this.search();
  }

  tell(name) {
    this.known = name ? this.input.value : undefined;
    if (!this.hint && name) {
      this.hint = element("div", { class: "form-text", id: `${this.input.id}-hint` });
      this.input.closest(".field").querySelector("label").after(this.hint);
      this.input.setAttribute("aria-describedby", `${this.hint.id} ${this.input.getAttribute("aria-describedby") ?? ""}`.trim());
    }
    if (this.hint) this.hint.textContent = name;
  }

  choose(hit) {
    this.input.value = hit.value;
    delete this.input.dataset.proposed;
    this.tell(hit.label);
    this.close();
    proposeAll(this.input.form, hit);
  }
}

class LineLookup extends Combobox {
  constructor(area) {
    const field = area.closest(".field");
    const label = `${area.dataset.lookupAdd}: ${field.querySelector("label").textContent}`;
    const input = element("input", { class: "form-control", type: "text", id: `${area.id}-add`, autocomplete: "off", placeholder: area.dataset.lookupAdd });
    input.setAttribute("aria-label", label);
    area.before(input);
    super({ input, box: boxOf(input), notes: field, source: area.dataset.lookup, label });
    this.area = area;
  }

  // Enter here adds the marked hit; it never sends the form.
  entered() {
    if (this.isOpen() && this.hits.length === 1) this.choose(this.hits[0]);
    else if (!this.isOpen()) this.fetchHits();
    return true;
  }

  choose(hit) {
    const lines = this.area.value.split("\n").map((line) => line.trim()).filter(Boolean);
    if (!lines.includes(hit.value)) lines.push(hit.value);
    this.area.value = lines.join("\n");
    this.input.value = "";
    this.close();
    this.status.textContent = `${hit.label} (${hit.value})`;
    this.status.classList.remove("visually-hidden");
  }
}

export function startLookup(field) {
  if (field instanceof HTMLTextAreaElement) new LineLookup(field);
  else if (!field.readOnly) new NumberLookup(field);
}
