import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { run } from "../../packages/cli/src/run.ts";
import type { Host, Screen } from "../../packages/cli/src/session.ts";
import { type Clock, realClock } from "../../packages/client/src/index.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface CliEnd {
  code: number;
  stdout: string;
  stderr: string;
}

let program: string | undefined;

/** The program as it is published; built once for a process. */
export function builtCli(): string {
  if (program) return program;
  const folder = mkdtempSync(join(tmpdir(), "vpn-broker-cli-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const { status, stderr } = spawnSync(process.execPath, [join(root, "scripts", "build-cli.mjs"), folder]);
  if (status !== 0) throw new Error(`the command line was not built: ${String(stderr)}`);
  program = join(folder, "vpn-broker.js");
  return program;
}

/** `vpn-broker …` as a process of its own, in an environment that has nothing but this; without a text its input stays open. */
export function startCli(given: readonly string[], environment: Record<string, string>, stdin?: string) {
  const child = spawn(process.execPath, [builtCli(), ...given], {
    cwd: root,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  // One that ends without reading is no failure.
  child.stdin.on("error", () => undefined);
  if (stdin !== undefined) child.stdin.end(stdin);
  return child;
}

export async function runCli(
  given: readonly string[],
  environment: Record<string, string>,
  stdin = "",
): Promise<CliEnd> {
  const child = startCli(given, environment, stdin);
  const [[code], stdout, stderr] = await Promise.all([once(child, "close"), text(child.stdout), text(child.stderr)]);
  return { code: code as number, stdout, stderr };
}

/** What a run in this process is given beside its environment. */
export interface HostOptions {
  /** Absent = a terminal. */
  stdin?: string;
  /** Both streams are a terminal so wide; absent = a pipe. */
  columns?: number;
  hasColors?: boolean;
  ask?: Host["ask"];
  now?: Date;
  signal?: AbortSignal;
  /** Waits between attempts pass at once, and are noted here in milliseconds. */
  slept?: number[];
}

/** The same in this process; an environment that the AWS SDK reads is set meanwhile. */
export async function runCommand(
  given: readonly string[],
  environment: Record<string, string>,
  { stdin, columns, hasColors = false, ask, now, signal = new AbortController().signal, slept }: HostOptions = {},
): Promise<CliEnd> {
  const written = { stdout: "", stderr: "" };
  const screen = (name: keyof typeof written): Screen => ({
    isTerminal: columns !== undefined,
    columns: columns ?? Infinity,
    hasColors,
    write: async (text) => {
      written[name] += text;
    },
  });
  for (const [name, value] of Object.entries(environment)) if (name.startsWith("AWS_")) vi.stubEnv(name, value);
  const code = await run(given, {
    environment,
    stdout: screen("stdout"),
    stderr: screen("stderr"),
    readInput: async () => stdin,
    ask,
    now: () => now ?? new Date(),
    clock: slept && createHastyClock(slept, signal),
    signal,
  });
  vi.unstubAllEnvs();
  return { code, ...written };
}

/** What limits an attempt, and has a signal of its own, is real time. */
function createHastyClock(slept: number[], signal: AbortSignal): Clock {
  let skipped = 0;
  return {
    now: () => performance.now() + skipped,
    random: () => 0.5,
    async sleep(milliseconds, given) {
      if (given !== signal) return realClock.sleep(milliseconds, given);
      slept.push(milliseconds);
      skipped += milliseconds;
    },
  };
}
