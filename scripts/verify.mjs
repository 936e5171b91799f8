// What CI runs: every stage, also after one has failed, and at the end one line `N passed, N failed`.
import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "verify-"));
const report = join(scratch, "tests.json");
const onWindows = process.platform === "win32";
const env = { ...process.env, PATH: `${join(root, "node_modules", ".bin")}${delimiter}${process.env.PATH}` };

const stages = [
  { name: "format", command: ["oxfmt", "--check"] },
  { name: "lint", command: ["oxlint", "--type-aware"] },
  { name: "types", command: ["npm", "run", "--silent", "types"] },
  { name: "unused", command: ["knip"] },
  { name: "docs", command: ["node", "scripts/check-docs.mjs"] },
  { name: "dependencies", command: ["node", "scripts/audit-dependencies.mjs"] },
  {
    name: "openapi",
    command: ["redocly", "lint", "openapi.json"],
    variables: { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  },
  { name: "api changes", command: ["node", "scripts/check-api-changes.mjs"] },
  {
    name: "tests",
    command: [
      "vitest",
      "run",
      "--project=unit",
      "--project=contract",
      "--project=workflow",
      "--project=e2e",
      "--project=simulation",
      "--allowOnly=false",
      "--reporter=minimal",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ],
    count: countTests,
  },
  {
    name: "simulation",
    command: ["npm", "run", "--silent", "simulate", "--", "--seed", "fresh", "--schedules", "5000"],
  },
  { name: "bred", command: ["npm", "run", "--silent", "simulate", "--", "--guided", "--schedules", "1500"] },
  { name: "guards", command: ["npm", "run", "--silent", "simulate", "--", "--guards", "--schedules", "3000"] },
  {
    name: "mapping",
    command: ["vitest", "run", "test/contract/providers/mapping.property.test.ts"],
    variables: { MAPPING_REQUESTS: "1000" },
  },
  { name: "exhaustive", command: ["vitest", "run", "--project", "exhaustive"] },
  { name: "canary", command: ["vitest", "run", "--project", "canary"] },
  { name: "chaos", command: ["vitest", "run", "--project", "chaos"] },
  { name: "fuzz", command: ["vitest", "run", "--project", "fuzz"] },
  { name: "browser", command: ["npm", "run", "--silent", "browser"] },
  { name: "schemathesis", command: ["npm", "run", "--silent", "schemathesis"] },
  { name: "generated client", command: ["npm", "run", "--silent", "generated-client"] },
  { name: "vendor tools", command: ["npm", "run", "--silent", "vendor-tools"] },
  { name: "client", command: ["node", "scripts/check-client.mjs"] },
  { name: "package", command: ["vitest", "run", "--project", "package"] },
];

const total = { passed: 0, failed: 0 };
try {
  for (const stage of stages) {
    const counts = await runStage(stage);
    total.passed += counts.passed;
    total.failed += counts.failed;
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

async function runStage({ name, command, variables = {}, count = countStage }) {
  const start = performance.now();
  const { succeeded, output } = await run(command, variables);
  const counts = count(succeeded);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${counts.failed === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  if (counts.failed > 0) process.stdout.write(`${output.trimEnd()}\n`);
  else for (const line of output.split("\n")) if (line.startsWith(`${name}: `)) console.log(`       ${line}`);
  return counts;
}

// A stage that passes says nothing but what it says by its name: that it did not run, or on what. Its output goes to a file rather than a pipe, which a process
// that it left behind could hold open.
function run([program, ...options], variables) {
  const log = join(scratch, "output.log");
  const file = openSync(log, "w");
  return new Promise((done) => {
    const end = (succeeded, problem = "") => {
      closeSync(file);
      done({ succeeded, output: readFileSync(log, "utf8") + problem });
    };
    const child = spawn(program, options, {
      cwd: root,
      env: { ...env, ...variables },
      shell: onWindows,
      stdio: ["ignore", file, file],
    });
    child.once("error", (error) => end(false, error.message));
    child.once("exit", (code) => end(code === 0));
  });
}

function countStage(succeeded) {
  return succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

// Each test counts. A run that failed without a failed test, or that ran none, or left no report, is one failure.
function countTests(succeeded) {
  const { numPassedTests: passed = 0, numFailedTests: failed = 0 } = readReport();
  return { passed, failed: succeeded && passed > 0 ? failed : Math.max(failed, 1) };
}

function readReport() {
  try {
    return JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return {};
  }
}
