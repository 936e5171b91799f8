import { defineConfig } from "vitest/config";

/** The suite that kills processes for a minute; everything else is in vitest.config.ts. */
export default defineConfig({
  test: {
    include: ["test/chaos/**/*.test.ts"],
    testTimeout: 400_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
  },
});
