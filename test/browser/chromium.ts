import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Where Debian's packages, Google's own and macOS have one; Debian's `/usr/bin/chromium` is a script around the first. */
const places = [
  "/usr/lib/chromium/chromium",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The browser of this computer; undefined where there is none. */
export function findChromium(): string | undefined {
  const { CHROMIUM: named } = process.env;
  return [...(named ? [named] : []), ...places].find((path) => existsSync(path));
}

/** Throws where there is no browser. Without a sandbox, which root cannot have: it sees our own pages only. */
export function launchChromium(options: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("there is no Chromium here: install it, or name it in CHROMIUM");
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage", ...options] });
}
