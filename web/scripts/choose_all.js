// A box at the head of a list that chooses all of its rows; without the script people choose one row at a time.
import { element } from "./dom.js";

export function startChooseAll(form) {
  const boxes = [...form.querySelectorAll("tbody input[type=checkbox]")];
  const place = form.querySelector("[data-choose-all-here]");
  const all = element("input", { type: "checkbox", class: "form-check-input" });
  // Small screens show the words, wide ones only the box.
  place.replaceChildren(element("label", { class: "choose-all" }, all, element("span", {}, form.dataset.chooseAll)));

  const show = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && !all.checked;
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  form.addEventListener("change", show);
  addEventListener("pageshow", show); // the browser's history brings back what was chosen
  show();
}
