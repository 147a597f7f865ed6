// A box at the head of a list that chooses all of its rows; without the script people choose one row at a time. The
// button says how much was chosen, if it has a place for that; pressed without a choice, it says what to do.
import { element, sizeText } from "./dom.js";

export function startChooseAll(form) {
  const boxes = [...form.querySelectorAll("tbody input[type=checkbox]")];
  const place = form.querySelector("[data-choose-all-here]");
  const all = element("input", { type: "checkbox", class: "form-check-input" });
  // Small screens show the words, wide ones only the box.
  place.replaceChildren(element("label", { class: "choose-all" }, all, element("span", {}, form.dataset.chooseAll)));

  const label = form.querySelector("[data-chosen]");
  const fault = form.querySelector("[data-choose-error]");
  const unchosen = label?.textContent;

  const show = () => {
    const chosen = boxes.filter((box) => box.checked);
    const size = sizeText(chosen.reduce((sum, box) => sum + Number(box.dataset.size), 0));
    const words = chosen.length === 1 ? form.dataset.one : form.dataset.many;
    all.checked = chosen.length === boxes.length;
    all.indeterminate = chosen.length > 0 && !all.checked;
    if (label) label.textContent = chosen.length ? words.replace("{1}", chosen.length).replace("{2}", size) : unchosen;
    if (fault && chosen.length) fault.hidden = true;
  };
  form.addEventListener("submit", (event) => {
    if (!fault || boxes.some((box) => box.checked)) return;
    event.preventDefault();
    event.stopPropagation();
    fault.hidden = false;
    fault.scrollIntoView({ block: "nearest" });
    all.focus();
  });
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  form.addEventListener("change", show);
  addEventListener("pageshow", show); // the browser's history brings back what was chosen
  show();
}
