// Keeps what is being typed on the server: a second after the last change, and when the page is hidden or left.
import { debounce, element, text } from "./dom.js";

export function fieldsOf(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && form.elements[name]?.type !== "password") fields.append(name, value);
  }
  return fields;
}

const atFirst = new WeakMap();

// Whether the form has something that is not saved: typed on this page, or put into it from a draft.
export const isTyped = (form) => "restored" in form.dataset || String(fieldsOf(form)) !== atFirst.get(form);

const hasFiles = (form) => [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length > 0);

export function startDraft(form) {
  let status = form.querySelector("[data-draft-status]");
  if (!status) {
    status = element("p", { role: "status" });
    (form.querySelector(".form-actions") ?? form).append(status); // beside the button, where it moves nothing
  }
  status.classList.add("draft-status");
  atFirst.set(form, String(fieldsOf(form)));
  let changed = false;
  let running = null;

  const save = async (leaving) => {
    later.cancel();
    if (!changed) return;
    changed = false;
    running?.abort();
    const request = new AbortController();
    running = request;
    try {
      // keepalive outlives the page but takes at most 64 kB, so only where it is needed.
      // A form as it was when the page came needs no draft; only forms of staff say so.
      const url = form.dataset.draftUrl;
      const answer = await fetch(url.includes("?") && !isTyped(form) ? `${url}&same=yes` : url, {
        method: "POST",
        body: fieldsOf(form),
        keepalive: leaving,
        signal: request.signal,
        redirect: "error",
      });
      status.textContent = text(!answer.ok ? "unsaved" : hasFiles(form) ? "saved-no-files" : "saved");
    } catch {
      if (!request.signal.aborted) status.textContent = text("unsaved");
    }
  };
  const later = debounce(1000, () => save(false));
  const note = () => {
    changed = true;
    later();
  };

  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("submit", () => {
    // A sent form must not come back as a draft.
    later.cancel();
    changed = false;
    running?.abort();
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save(true));
  addEventListener("pagehide", () => save(true));
}
