import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The machine's own Chromium, or the one at `CHROMIUM_PATH`; undefined if it has none. */
export function findChromium(): string | undefined {
  return [process.env["CHROMIUM_PATH"], ...places].find((path) => path !== undefined && existsSync(path));
}

/** Starts it. Throws if the machine has none. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("Chromium is missing: run scripts/ci/install-chromium.sh.");
  return chromium.launch({ executablePath, args });
}
