import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { bundlePatched } from "../mutation/bundle.ts";
import { findPatch } from "../mutation/list.ts";
import { nodeOptions } from "../simulation/bundle.ts";
import type { Case } from "../simulation/shrink.ts";

const cases = resolve(import.meta.dirname, "../simulation/cases");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vpn-broker-cases-"));
  return () => rmSync(folder, { recursive: true, force: true });
});

// Its faults are named by their places, which may move with the code: then it shows nothing any more.
it.each(readdirSync(cases))("without the mend, %s breaks a promise", async (file) => {
  const { patch } = JSON.parse(readFileSync(join(cases, file), "utf8")) as Case;
  const bundle = await bundlePatched(join(folder, file), findPatch(patch));
  const played = spawnSync(process.execPath, [...nodeOptions, bundle, "--tape", join(cases, file)]);
  expect(played.status, String(played.stderr)).toBe(1);
});
