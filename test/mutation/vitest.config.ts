import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { mergeConfig } from "vitest/config";
import base from "../../vitest.config.ts";
import { findPatch } from "./list.ts";
import { applyPatch } from "./patch.ts";

const patch = findPatch(process.env["MUTATION_PATCH"]);
const path = join(resolve(import.meta.dirname, "../.."), patch.file);

/** The tests as they are, on the code as the patch has it: modules here, files that a test reads in `read-patched.ts`. */
export default mergeConfig(base, {
  plugins: [
    {
      name: "substitute",
      enforce: "pre" as const,
      load: (file: string) => (resolve(file) === path ? applyPatch(readFileSync(path, "utf8"), patch) : undefined),
    },
  ],
  test: {
    setupFiles: patch.file.endsWith(".json") ? [join(import.meta.dirname, "read-patched.ts")] : [],
    exclude: ["test/unit/mutation.test.ts"],
  },
});
