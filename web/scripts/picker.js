// A combobox in place of a search button and radio buttons. web/README.md has the markup and what the server answers.
import { Combobox } from "./combobox.js";
import { announce, element, text } from "./dom.js";

const pickers = new WeakMap();

class PickerBox extends Combobox {
  constructor(picker) {
    const { root, input } = picker;
    const label = root.querySelector("label").textContent;
    super({ input, box: input.parentElement, notes: root, source: root.dataset.source, label });
    this.picker = picker;
    this.clear = element("button", { type: "button", class: "picker-clear", "aria-label": `${text("clear")}: ${label}` }, "×");
    input.after(this.clear);
    root.classList.add("picker-ready");
    this.clear.addEventListener("click", () => {
      this.choose({ value: "", label: "" });
      input.focus();
    });
  }

  // The name of the chosen option is not a search: then everything is offered.
  words() {
    return this.picker.value.value ? "" : this.input.value;
  }

  isChosen(hit) {
    return hit.value === this.picker.value.value;
  }

  typed() {
    this.picker.setValue("");
    this.search();
  }

  // The form is not sent before the search has ended.
  entered() {
    if (!this.input.value || this.picker.value.value) return false;
    if (!this.isOpen()) this.fetchHits();
    return true;
  }

  escaped() {
    if (!this.input.value) return false;
    this.choose({ value: "", label: "" });
    return true;
  }

  choose(hit) {
    this.picker.choose(hit);
  }
}

class Picker {
  constructor(root) {
    this.root = root;
    this.input = root.querySelector("[data-picker-input]");
    this.searchName = this.input.name;
    const checked = root.querySelector("input[type=radio]:checked");
    const label = checked?.value ? checked.labels[0].textContent : "";
    this.replaceRadios();
    if (label) this.input.value = label;
    this.setValue(checked?.value ?? "");
    this.value.disabled = checked?.disabled ?? false; // nobody has chosen yet: the server decides
    if (!this.input.readOnly) this.box = new PickerBox(this);
    this.showClear();
  }

  replaceRadios() {
    this.value = element("input", { type: "hidden", name: this.root.dataset.name });
    this.root.querySelector("[data-picker-hits]")?.replaceWith(this.value);
    this.root.querySelector("[data-picker-find]")?.remove();
  }

  /** The chosen value. Without a chosen value the typed text is sent, so that the server can look for it. */
  setValue(value) {
    this.value.value = value;
    this.value.disabled = false;
    this.input.name = value || !this.input.value ? "" : this.searchName;
    this.showClear();
  }

  showClear() {
    if (this.box) this.box.clear.hidden = !this.input.value;
  }

  choose(hit) {
    this.input.value = hit.label;
    this.setValue(hit.value);
    delete this.value.dataset.proposed;
    this.box?.close();
    this.value.dispatchEvent(new Event("change", { bubbles: true }));
    proposeAll(this.input.form, hit);
  }

  propose(hit) {
    if (this.value.value && this.value.dataset.proposed !== this.value.value) return;
    this.choose(hit);
    this.value.dataset.proposed = hit.value;
    tellProposal(this.input, hit.label);
  }
}

/** The focus is on the field that proposed, so what it filled in is said. */
function tellProposal(field, value) {
  const label = field.labels?.[0]?.firstChild.textContent.trim();
  if (value && label) announce(`${label}: ${value}`);
}

/** Fills another field while it is empty or holds an earlier proposal. */
export function propose(form, name, hit) {
  const root = form?.querySelector(`[data-picker][data-name="${CSS.escape(name)}"]`);
  if (root) {
    pickers.get(root)?.propose(hit);
    return;
  }
  const field = form?.elements[name];
  if (!(field instanceof HTMLSelectElement || field instanceof HTMLInputElement)) return;
  if (field.value && field.dataset.proposed !== field.value) return;
  field.value = hit.value;
  if (field.selectedIndex < 0) field.value = "";
  field.dataset.proposed = field.value;
  field.dispatchEvent(new CustomEvent("proposed", { detail: hit }));
  tellProposal(field, field.value && (hit.label || field.value));
}

/** Chooses a hit for a picker or a select. */
export function choose(form, name, hit) {
  const root = form.querySelector(`[data-picker][data-name="${CSS.escape(name)}"]`);
  if (root) return pickers.get(root)?.choose(hit);
  form.elements[name].value = hit.value;
  form.elements[name].dispatchEvent(new Event("change", { bubbles: true }));
}

/** The values that a hit proposes for other fields. */
export function proposeAll(form, hit) {
  for (const [name, other] of Object.entries(hit.proposes ?? {})) {
    if (name !== "only_customer") propose(form, name, other);
    else if (!form?.elements.customer?.value) propose(form, "customer", other); // a proposal of the object goes before
  }
}

export function startPicker(root) {
  pickers.set(root, new Picker(root));
}
