#!/usr/bin/env node
// The program as `npm run build-cli` bundles it; where it was not yet, that is done first.
const program = new URL("../../../dist/cli/vpn-broker.js", import.meta.url);
try {
  await import(program.href);
} catch (error) {
  if (error.code !== "ERR_MODULE_NOT_FOUND" || error.url !== program.href) throw error;
  await import("../../../scripts/build-cli.mjs");
  await import(program.href);
}
