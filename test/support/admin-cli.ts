import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { readConfig } from "../../functions/entries/config.ts";
import { findAccess } from "../../packages/cli/src/admin/access.ts";
import { createApiClient } from "../../packages/cli/src/admin/api-client.ts";
import { runAdmin } from "../../packages/cli/src/admin/run.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface CliEnd {
  code: number;
  stdout: string;
  stderr: string;
}

/** `npm run admin -- …` as a process of its own, less npm, in an environment that has nothing but this. */
export async function runCli(
  given: readonly string[],
  environment: Record<string, string>,
  stdin = "",
): Promise<CliEnd> {
  const child = spawn(process.execPath, ["--import", "tsx", "packages/cli/src/admin/main.ts", ...given], {
    cwd: root,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  // One that ends without reading is no failure.
  child.stdin.on("error", () => undefined).end(stdin);
  const [[code], stdout, stderr] = await Promise.all([once(child, "exit"), text(child.stdout), text(child.stderr)]);
  return { code: code as number, stdout, stderr };
}

/** The same in this process, as `main.ts` does it; an environment that the AWS SDK reads is set meanwhile. */
export async function runCommand(
  given: readonly string[],
  environment: Record<string, string>,
  stdin = "",
): Promise<CliEnd> {
  const notes: string[] = [];
  const note = (line: string) => void notes.push(`${line}\n`);
  for (const [name, value] of Object.entries(environment)) if (name.startsWith("AWS_")) vi.stubEnv(name, value);
  const { output, complaint, exitCode } = await runAdmin(given, {
    connect: (options) => createApiClient({ access: findAccess(readConfig("admin", environment), options), note }),
    now: () => new Date(),
    readInput: async () => stdin,
    note,
  });
  vi.unstubAllEnvs();
  return { code: exitCode, stdout: output, stderr: notes.join("") + complaint };
}
