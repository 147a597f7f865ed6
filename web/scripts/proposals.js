// A list with data-proposes-to="NAME" fills the field of that name with data-proposes of its chosen option, as the
// picker does: only while that field is empty or holds an earlier proposal.
import { propose } from "./picker.js";

export function startProposals(select) {
  select.addEventListener("change", () => {
    const { proposes = "", proposesLabel = "" } = select.selectedOptions[0]?.dataset ?? {};
    propose(select.form, select.dataset.proposesTo, { value: proposes, label: proposesLabel });
  });
}
