import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { bundlePatched, root } from "../mutation/bundle.ts";
import { areas } from "../mutation/list.ts";
import type { Case } from "../simulation/shrink.ts";

const cases = join(root, "test/simulation/cases");
const scratch = mkdtempSync(join(root, ".cases-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Those that a patch of the mutation gate brings back. */
const patched = readdirSync(cases).flatMap((file) => {
  const { patch: id, promise } = JSON.parse(readFileSync(join(cases, file), "utf8")) as Case;
  const patch = Object.values(areas)
    .flat()
    .find((one) => one.id === id);
  return patch ? [{ file, patch, promise }] : [];
});

describe("what once broke a promise breaks it again without its mend", () => {
  it.each(patched)("$file", async ({ file, patch, promise }) => {
    const program = await bundlePatched(join(scratch, patch.id), patch);
    const { status, stderr } = spawnSync(process.execPath, [program, "--tape", join(cases, file), "--only", promise], {
      encoding: "utf8",
    });
    expect(stderr).toContain(promise);
    expect(status).toBe(1);
  });
});
