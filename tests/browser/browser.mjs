// Debian's Chromium for tests. The shell without windows shows, prints and scripts as the whole browser does with half
// of its work; what the shell lacks, such as the viewer of PDFs, a test asks of the whole one.
import { chromium } from "playwright-core";

const args = ["--no-sandbox", "--disable-gpu"];

export const launch = () => chromium.launch({ executablePath: "/usr/bin/chromium-headless-shell", args });

export const launchWhole = () =>
  chromium.launch({ executablePath: "/usr/bin/chromium", args: [...args, "--headless=new"], headless: false });
