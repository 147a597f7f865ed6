// A combobox (ARIA 1.2, list with manual selection) in place of a search button and radio buttons. web/README.md has the
// markup and what the server answers.
import { debounce, element, text } from "./dom.js";

const pickers = new WeakMap();

class Picker {
  constructor(root) {
    this.root = root;
    this.input = root.querySelector("[data-picker-input]");
    this.hits = [];
    this.active = -1;
    this.request = null;
    this.searchName = this.input.name;
    this.search = debounce(180, () => this.fetchHits());
    const checked = root.querySelector("input[type=radio]:checked");
    const label = checked?.value ? checked.labels[0].textContent : "";
    this.replaceRadios();
    if (label) this.input.value = label;
    this.setValue(checked?.value ?? "", label);
    if (!this.input.readOnly) this.becomeCombobox();
  }

  replaceRadios() {
    this.value = element("input", { type: "hidden", name: this.root.dataset.name });
    this.root.querySelector("[data-picker-hits]")?.replaceWith(this.value);
    this.root.querySelector("[data-picker-find]")?.remove();
  }

  becomeCombobox() {
    const { input } = this;
    const id = `${input.id}-list`;
    const label = this.root.querySelector("label").textContent;
    this.list = element("ul", { class: "picker-list", role: "listbox", id, "aria-label": label, hidden: "" });
    this.status = element("p", { class: "picker-note", role: "status" });
    this.clear = element("button", { type: "button", class: "picker-clear", "aria-label": `${text("clear")}: ${label}` }, "×");
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": id,
    }))
      input.setAttribute(name, value);
    input.after(this.clear, this.list);
    this.root.append(this.status);
    this.root.classList.add("picker-ready");
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("click", () => this.isOpen() || this.fetchHits());
    input.addEventListener("blur", () => this.close());
    // A press on the list must not take the focus from the box before the click arrives.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(this.hits[Number(option.dataset.index)]);
    });
    this.clear.addEventListener("click", () => {
      this.choose({ value: "", label: "" });
      input.focus();
    });
    this.showClear();
  }

  isOpen() {
    return !this.list.hidden;
  }

  /** The chosen value. While there is none, the typed text is sent, so that the server can look for it. */
  setValue(value, label) {
    this.value.value = value;
    this.label = label;
    this.input.name = value || !this.input.value ? "" : this.searchName;
    this.showClear();
  }

  showClear() {
    if (this.clear) this.clear.hidden = !this.input.value;
  }

  typed() {
    this.setValue("", "");
    this.search();
  }

  async fetchHits() {
    this.search.cancel();
    this.request?.abort();
    const request = (this.request = new AbortController());
    // The name of what is chosen already is no search: then everything is offered.
    const words = this.value.value ? "" : this.input.value;
    const { source } = this.root.dataset;
    try {
      const address = `${source}${source.includes("?") ? "&" : "?"}q=${encodeURIComponent(words)}`;
      const answer = await fetch(address, { headers: { Accept: "application/json" }, signal: request.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      const hits = await answer.json();
      if (document.activeElement === this.input) this.open(hits);
    } catch {
      if (request.signal.aborted) return;
      this.close();
      this.status.textContent = text("unreachable");
    }
  }

  open(hits) {
    this.hits = hits;
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(
      ...hits.map((hit, index) => {
        const option = element("li", { role: "option", id: `${this.list.id}-${index}`, "data-index": index }, hit.label);
        option.setAttribute("aria-selected", String(hit.value === this.value.value));
        if (hit.detail) option.append(element("span", { class: "picker-detail" }, hit.detail));
        return option;
      }),
    );
    this.list.hidden = hits.length === 0;
    this.input.setAttribute("aria-expanded", String(hits.length > 0));
    this.status.textContent = hits.length ? text("hits", hits.length) : text("no-hits");
    this.status.classList.toggle("visually-hidden", hits.length > 0);
  }

  close() {
    this.search.cancel();
    this.request?.abort();
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = "";
  }

  move(to) {
    const options = this.list.children;
    options[this.active]?.classList.remove("active");
    this.active = (to + options.length) % options.length;
    const option = options[this.active];
    option.classList.add("active");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  pressed(event) {
    const open = this.isOpen();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (!open) this.fetchHits();
      else this.move(this.active < 0 && step < 0 ? -1 : this.active + step);
    } else if (event.key === "Enter" && open && this.active >= 0) {
      event.preventDefault();
      this.choose(this.hits[this.active]);
    } else if (event.key === "Enter" && this.input.value && !this.value.value) {
      // A search is not finished: the form must not go away under it.
      event.preventDefault();
      if (!open) this.fetchHits();
    } else if (event.key === "Escape" && (open || this.input.value)) {
      event.preventDefault();
      if (open) this.close();
      else this.choose({ value: "", label: "" });
    }
  }

  choose(hit) {
    this.input.value = hit.label;
    this.setValue(hit.value, hit.label);
    delete this.value.dataset.proposed;
    this.close();
    this.value.dispatchEvent(new Event("change", { bubbles: true }));
    for (const [name, other] of Object.entries(hit.proposes ?? {})) propose(this.input.form, name, other);
  }

  propose(hit) {
    if (this.value.value && this.value.dataset.proposed !== this.value.value) return;
    this.choose(hit);
    this.value.dataset.proposed = hit.value;
  }
}

/** Fills another field while it is empty or holds an earlier proposal. */
export function propose(form, name, hit) {
  const root = form?.querySelector(`[data-picker][data-name="${CSS.escape(name)}"]`);
  if (root) {
    pickers.get(root)?.propose(hit);
    return;
  }
  const select = form?.elements[name];
  if (!(select instanceof HTMLSelectElement) || (select.value && select.dataset.proposed !== select.value)) return;
  select.value = hit.value;
  if (select.selectedIndex < 0) select.value = "";
  select.dataset.proposed = select.value;
}

export function startPicker(root) {
  pickers.set(root, new Picker(root));
}
