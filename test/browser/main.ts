import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { findChromium } from "./chromium.ts";

// `npm run browser`: the dashboard in a real browser, which it installs where it can. Where it cannot it only says so.
const root = fileURLToPath(new URL("../..", import.meta.url));

/** The installation may take so long in all: a mirror that hangs must not hold up a whole run. */
const until = performance.now() + 120_000;

/** Whether it ended well, and in time where it is part of the installation. */
function run(program: string, options: readonly string[], isInstalling: boolean): boolean {
  const { status } = spawnSync(program, options, {
    cwd: root,
    stdio: isInstalling ? "ignore" : ["ignore", "inherit", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    ...(isInstalling ? { timeout: Math.max(1, Math.round(until - performance.now())) } : {}),
  });
  return status === 0;
}

/** From Debian's packages, with a font: a page without any has no widths. Undefined = it is there now. */
function installChromium(): string | undefined {
  if (process.getuid?.() !== 0) return "no Chromium, and only root can install one";
  if (!run("apt-get", ["--version"], true)) return "no Chromium, and no apt-get to install one with";
  const patience = ["Acquire::Retries=1", "Acquire::http::Timeout=10", "Acquire::https::Timeout=10"];
  const apt = (...options: string[]) => run("apt-get", [...patience.flatMap((one) => ["-o", one]), ...options], true);
  const install = () => apt("install", "--yes", "--no-install-recommends", "chromium", "fonts-dejavu-core");
  // The lists that are there may do.
  const isInstalled = install() || (apt("update") && install());
  return isInstalled && findChromium() ? undefined : "no Chromium, and apt-get has none";
}

const lack = findChromium() ? undefined : installChromium();
if (lack !== undefined) console.log(`browser: not run (${lack})`);
else if (!run("npx", ["--no-install", "vitest", "run", "--project", "browser", ...process.argv.slice(2)], false))
  process.exitCode = 1;
