// Light or dark by choice, kept on this device.
import { text } from "./dom.js";

const systemDark = matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;

function isDark() {
  return root.dataset.bsTheme ? root.dataset.bsTheme === "dark" : systemDark.matches;
}

export function startThemeSwitch(item) {
  const label = item.querySelector("[data-theme-text]");
  const show = () => {
    label.textContent = text(isDark() ? "light" : "dark");
    item.querySelector("button").title = label.textContent;
  };
  item.querySelector("button").addEventListener("click", () => {
    root.dataset.bsTheme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.bsTheme);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
    show();
  });
  systemDark.addEventListener("change", show);
  show();
}
