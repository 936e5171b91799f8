import { defineConfig } from "vitest/config";

/** Longer than any computer needs: what ends here hangs. */
const patienceMilliseconds = 120_000;

/** Each is a folder in `test`. */
export const projects = [
  "unit",
  "contract",
  "workflow",
  "e2e",
  "simulation",
  "exhaustive",
  "canary",
  "chaos",
  "fuzz",
  "browser",
  "package",
] as const;

/** `npm test` runs the first five; the others are longer than a person waits for it. */
export default defineConfig({
  test: {
    reporters: ["minimal"],
    maxWorkers: 2,
    projects: projects.map((name) => ({
      extends: true,
      test: {
        name,
        include: [`test/${name}/**/*.test.ts`],
        globalSetup: name === "browser" ? ["test/browser/build-dashboard.ts"] : [],
        setupFiles: name === "unit" ? ["test/unit/forbid-sockets.ts"] : [],
        pool: "forks",
        isolate: false,
        testTimeout: patienceMilliseconds,
        hookTimeout: patienceMilliseconds,
        expect: { poll: { timeout: patienceMilliseconds / 2, interval: 25 } },
        // CommonJS packages look in tests as they look to Node.
        deps: { interopDefault: false },
        // The AWS SDK announces that it will drop Node 20; the tests' output is not the place for it.
        env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
      },
    })),
  },
});
