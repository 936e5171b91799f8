import { fileURLToPath } from "node:url";
import { assets } from "../../scripts/assets/assets.ts";
import { ensureAssets } from "../../scripts/assets/ensure-assets.ts";

/** Before the first test: the dashboard as it is made of this checkout, which the stacks of the tests serve. */
export async function setup(): Promise<void> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const dashboard = assets.filter(({ name }) => name === "dashboard");
  await ensureAssets(root, dashboard, () => undefined);
}
