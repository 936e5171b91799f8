import { defineConfig } from "vitest/config";

/** Unit tests only: those of the rooms that the mutated files stand in. */
export default defineConfig({
  test: {
    include: ["test/unit/{domain,steps}/**/*.test.ts"],
    setupFiles: ["test/unit/forbid-sockets.ts"],
    testTimeout: 120_000,
    deps: { interopDefault: false },
  },
});
