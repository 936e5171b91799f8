import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Longer than a person waits for `npm test`: `npm run chaos` and `npm run fuzz`.
    exclude: ["test/chaos/**", "test/fuzz/**"],
    testTimeout: 20_000,
    pool: "forks",
    maxWorkers: 2,
    // CommonJS packages look in tests as they look to Node.
    deps: { interopDefault: false },
    // The AWS SDK announces that it will drop Node 20; the tests' output is not the place for it.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
  },
});
