import type { Asset } from "./asset.ts";

/** Everything that is built for people's browsers. */
export const assets: readonly Asset[] = [
  {
    name: "docs",
    inputs: [
      "openapi.json",
      "docs/site",
      "docs/glossary.md",
      "docs/permissions.md",
      "functions/contract",
      "functions/domain",
      "functions/providers",
      "scripts/assets",
      "scripts/site",
    ],
    tools: ["esbuild", "marked"],
    build: async (root) => (await import("../site/build-site.ts")).buildSite(root),
  },
  {
    name: "dashboard",
    inputs: ["packages/dashboard", "packages/client/src", "scripts/assets", "scripts/dashboard"],
    tools: ["@preact/signals", "@preact/signals-core", "preact", "rolldown", "vite"],
    build: async (root) => (await import("../dashboard/build-dashboard.ts")).buildDashboard(root),
  },
];
