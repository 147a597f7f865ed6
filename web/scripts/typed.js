// What staff type is kept on the server, whatever the form: while they type, and when another form of the page is sent.
import { fieldsOf, isTyped, startDraft } from "./draft.js";

const forms = [];

export function startTyped(field) {
  const { form } = field;
  form.dataset.draftUrl = `/staff/drafts?action=${encodeURIComponent(form.getAttribute("action"))}`;
  startDraft(form);
  forms.push(form);
}

export function startTypedOthers() {
  let sent = null;
  document.addEventListener("submit", (event) => (sent = event.defaultPrevented ? null : event.target));
  document.addEventListener("formdata", ({ target, formData }) => {
    if (target !== sent || target.method !== "post") return;
    sent = null;
    for (const other of forms) {
      if (other === target || !isTyped(other)) continue;
      const fields = fieldsOf(other);
      fields.append("typed_action", other.getAttribute("action"));
      formData.append("typed_other", fields);
    }
  });
}
