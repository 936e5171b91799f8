import { defineConfig } from "vitest/config";

/** Requests that nobody would send, for some minutes; everything else is in vitest.config.ts. */
export default defineConfig({
  test: {
    include: ["test/fuzz/**/*.test.ts"],
    testTimeout: 600_000,
    deps: { interopDefault: false },
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
  },
});
