// A second press does not send a form again. The server also recognises a form that is sent twice; this saves the wait.

const PATIENCE = 15_000; // a sending that was stopped by hand can be repeated then

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
}

export function startSubmitOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    // Not `disabled`: that would leave the button's own name and value out, and take the focus away.
    for (const button of form.querySelectorAll("button[type=submit], button:not([type])"))
      button.setAttribute("aria-disabled", "true");
    setTimeout(() => release(form), PATIENCE);
  });
  // The page can come back from the browser's history as it was left.
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
}
