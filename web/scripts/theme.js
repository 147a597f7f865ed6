// Sets, before the first paint, the colours chosen earlier on this device. Without a choice the style
// sheet follows the system. The switch for them has its place from the first paint, where scripts run.
document.documentElement.dataset.scripted = "";
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.bsTheme = theme;
} catch {
  // Storage may be forbidden; then the system's colours stay.
}
