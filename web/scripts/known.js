// What is known of the chosen object: its address, and the cases that are open on it. Buttons choose an object at once.
import { choose } from "./picker.js";

export function startKnown(box) {
  const form = box.closest("form");
  const status = form.querySelector("[data-known-status]");
  const buttons = [...form.querySelectorAll("[data-latest]")];
  const chosen = () => form.querySelector("[name=object]")?.value ?? "";
  let shown = chosen();
  let request = null;

  // A typed address stays.
  const showAddress = () => {
    const fields = [...form.querySelectorAll("[name^=site_]")];
    const line = fields[0]?.closest("details")?.querySelector("summary");
    if (line && fields.every((field) => !field.value)) line.textContent = box.querySelector("[data-address]").dataset.address;
  };
  const show = (html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    box.replaceChildren(...fresh.body.childNodes);
    status.textContent = box.querySelector("h2")?.textContent ?? "";
    showAddress();
  };
  const load = async () => {
    if (chosen() === shown) return;
    shown = chosen();
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.value === shown));
    request?.abort();
    request = new AbortController();
    try {
      const answer = await fetch(`${box.dataset.known}?object=${encodeURIComponent(shown)}`, { signal: request.signal });
      if (answer.ok) show(await answer.text());
    } catch {
      // The server shows the open cases when the form is sent.
    }
  };

  form.addEventListener("change", load);
  form.addEventListener("input", load); // a search box that is typed in chooses nothing any more
  for (const button of buttons) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const { latest: label, proposes = "", proposesLabel = "" } = button.dataset;
      choose(form, "object", { value: button.value, label, proposes: { customer: { value: proposes, label: proposesLabel } } });
    });
  }
}
