// A combobox (ARIA 1.2, list with manual selection) on a text box: asks `source` while people type and offers the hits
// of the answer (web/README.md). Subclasses say what is searched for, and what happens when a hit is chosen.
import { debounce, element, text } from "./dom.js";

export class Combobox {
  /** `box` stands around the input, and the list hangs under it; `notes` gets the line with the number of hits. */
  constructor({ input, box, notes, source, label }) {
    Object.assign(this, { input, source, hits: [], options: [], active: -1, request: null });
    this.search = debounce(180, () => this.fetchHits());
    const id = `${input.id}-list`;
    this.list = element("ul", { class: "picker-list", role: "listbox", id, "aria-label": label, hidden: "" });
    this.status = element("p", { class: "picker-note", role: "status" });
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": id,
    }))
      input.setAttribute(name, value);
    box.append(this.list);
    notes.append(this.status);
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("click", () => this.isOpen() || this.fetchHits());
    // Nothing under the box moves, so that a press on a button hits it.
    input.addEventListener("blur", () => {
      this.stop();
      if (this.isOpen()) this.close();
    });
    // A press on the list must not take the focus from the box before the click arrives.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(this.hits[Number(option.dataset.index)]);
    });
  }

  isOpen() {
    return !this.list.hidden;
  }

  /** The text that is searched for now. */
  words() {
    return this.input.value;
  }

  /** Whether a hit is the one that is chosen. */
  isChosen() {
    return false;
  }

  typed() {
    this.search();
  }

  async fetchHits() {
    this.stop();
    const request = (this.request = new AbortController());
    try {
      const address = `${this.source}${this.source.includes("?") ? "&" : "?"}q=${encodeURIComponent(this.words())}`;
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
    this.options = hits.map((hit, index) => this.option(hit, index));
    this.list.replaceChildren();
    let group = this.list; // hits of one group follow each other
    hits.forEach((hit, index) => {
      if (!hit.group) group = this.list;
      else if (hit.group !== hits[index - 1]?.group) group = this.group(hit.group);
      group.append(this.options[index]);
    });
    this.list.hidden = hits.length === 0;
    this.input.setAttribute("aria-expanded", String(hits.length > 0));
    this.status.textContent = text(["no-hits", "one-hit"][hits.length] ?? "hits", hits.length);
    this.status.classList.toggle("visually-hidden", hits.length > 0);
  }

  option(hit, index) {
    const option = element("li", { role: "option", id: `${this.list.id}-${index}`, "data-index": index }, hit.label);
    option.setAttribute("aria-selected", String(this.isChosen(hit)));
    if (hit.detail) option.append(element("span", { class: "picker-detail" }, hit.detail));
    return option;
  }

  group(name) {
    const head = element("span", { class: "picker-group", "aria-hidden": "true" }, name);
    const group = element("div", { role: "group", "aria-label": name }, head);
    this.list.append(group);
    return group;
  }

  stop() {
    this.search.cancel();
    this.request?.abort();
  }

  close() {
    this.stop();
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = "";
  }

  move(to) {
    const { options } = this;
    options[this.active]?.classList.remove("active");
    this.active = (to + options.length) % options.length;
    const option = options[this.active];
    option.classList.add("active");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  /** Handles Enter without a marked hit, and Escape while the list is closed; true when it did something. */
  entered() {
    return false;
  }
  escaped() {
    return false;
  }

  pressed(event) {
    const open = this.isOpen();
    let done = true;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (!open) this.fetchHits();
      else this.move(this.active < 0 && step < 0 ? -1 : this.active + step);
    } else if (event.key === "Enter") {
      if (open && this.active >= 0) this.choose(this.hits[this.active]);
      else done = this.entered();
    } else if (event.key === "Escape") {
      if (open) this.close();
      else done = this.escaped();
    } else {
      done = false;
    }
    if (done) event.preventDefault();
  }
}
