#!/usr/bin/env node
// The program as `npm run build-cli` bundles it; where it was not yet, that is done first.
const program = new URL("../../../dist/cli/vpn-broker.js", import.meta.url);
try {
  await import(program.href);
} catch (error) {
  if (error.code !== "ERR_MODULE_NOT_FOUND" || error.url !== program.href) throw error;
  const { fileURLToPath } = await import("node:url");
  const { spawnSync } = await import("node:child_process");
  const build = new URL("../../../scripts/build-cli.mjs", import.meta.url);
  spawnSync(process.execPath, [fileURLToPath(build)], { stdio: ["ignore", 2, 2] });
  // Under another address: that it was not there is remembered.
  await import(`${program.href}?built`);
}
