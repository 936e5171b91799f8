// Before a start: builds the docs and the dashboard when they are stale. A start goes on without them, and says why.
import { resolve } from "node:path";
import { assets } from "./assets/assets.ts";
import { ensureAssets } from "./assets/ensure-assets.ts";

const root = resolve(import.meta.dirname, "..");
await ensureAssets(root, assets, (text) => process.stdout.write(text)).catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : "unknown reason";
  process.stderr.write(`There will be no docs or no dashboard: ${reason}\n`);
});
