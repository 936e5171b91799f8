import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./bundle.ts";
import type { Patch } from "./patch.ts";

/** The projects whose tests load the code into their own process, the quickest first; the simulation has had its turn. */
const stages = [["unit", "workflow"], ["contract"], ["e2e"], ["exhaustive"]];

/** Longer than any stage takes. */
const patienceMilliseconds = 1_800_000;

interface Report {
  testResults: { name: string; status: string; assertionResults: { status: string; fullName: string }[] }[];
}

/** The first test that fails with the patch, or without any; undefined where all pass. */
export async function findFailingTest(patch?: Patch): Promise<string | undefined> {
  for (const projects of stages) {
    const failing = await runStage(patch, projects);
    if (failing !== undefined) return failing;
  }
  return undefined;
}

async function runStage(patch: Patch | undefined, projects: readonly string[]): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "mutation-"));
  try {
    const file = join(folder, "report.json");
    const code = await runVitest(patch, [
      ...projects.map((name) => `--project=${name}`),
      "--passWithNoTests",
      "--bail=1",
      "--reporter=json",
      `--outputFile=${file}`,
    ]);
    if (code === 0) return undefined;
    // Without a report it came to a standstill, or broke off before any test.
    const report = await readFile(file, "utf8").catch(() => undefined);
    if (report === undefined) return `vitest ended with ${code}`;
    const { testResults } = JSON.parse(report) as Report;
    const [failed] = testResults.filter(({ status }) => status === "failed");
    if (!failed) return `vitest ended with ${code}`;
    const test = failed.assertionResults.find(({ status }) => status === "failed");
    return test?.fullName ?? failed.name.slice(root.length + 1);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runVitest(patch: Patch | undefined, options: readonly string[]): Promise<number | null> {
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const config = ["--root", root, "--config", patch ? "test/mutation/vitest.config.ts" : "vitest.config.ts"];
  // A definition is read, not imported: nothing is known to be related to it.
  const which =
    patch === undefined || patch.file.endsWith(".json") ? ["run"] : ["related", "--run", join(root, patch.file)];
  const child = spawn(process.execPath, [vitest, ...which, ...config, ...options], {
    cwd: root,
    env: { ...process.env, ...(patch ? { MUTATION_PATCH: patch.id } : {}) },
    stdio: "ignore",
    timeout: patienceMilliseconds,
  });
  const end = () => void child.kill();
  process.once("exit", end);
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => {
      process.off("exit", end);
      done(code);
    });
  });
}
