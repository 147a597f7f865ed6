// Sets, before the first paint, the colours chosen earlier on this device. Without a choice the style
// sheet follows the system.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.bsTheme = theme;
} catch {
  // Storage may be forbidden; then the system's colours stay.
}
