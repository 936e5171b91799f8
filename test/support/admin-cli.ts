import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

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
