// A button beside each password field of a form that shows what was typed.
import { element } from "./dom.js";

function addSwitch(form, input) {
  const button = element("button", { type: "button", class: "btn btn-link password-switch", "aria-controls": input.id });
  const show = (shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? form.dataset.hidePassword : form.dataset.showPassword;
  };
  button.addEventListener("click", () => show(input.type === "password"));
  // Browsers remember a password only from a field that hides it.
  form.addEventListener("submit", () => show(false));
  show(false);
  input.after(button);
}

export function startShowPassword(form) {
  form.querySelectorAll("input[type=password]").forEach((input) => addSwitch(form, input));
}
