import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** `npm start` or `npm run demo` as a process of its own, less npm. */
export interface BrokerProcess {
  child: ChildProcess;
  /** All that it printed so far. */
  output: () => string;
  /** Resolves when the output matches; rejects with the output when the process ends first. */
  until: (pattern: RegExp) => Promise<RegExpMatchArray>;
  /** Resolves with the exit code, or with the signal's name. */
  exited: Promise<number | string>;
}

export function startProcess(
  entry: "start" | "demo",
  environment: Record<string, string>,
  ...options: string[]
): BrokerProcess {
  const child = spawn(process.execPath, ["--import", "tsx", `local/${entry}.ts`, ...options], {
    cwd: root,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let printed = "";
  const hearers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      for (const hear of hearers) hear();
    });
  }
  const exited = once(child, "exit").then(([code, signal]) => (code ?? signal) as number | string);
  return {
    child,
    exited,
    output: () => printed,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const hear = () => {
          const match = printed.match(pattern);
          if (match) resolve(match);
        };
        hearers.add(hear);
        hear();
        void exited.then((code) => reject(new Error(`ended with ${code} after printing:\n${printed}`)));
      }),
  };
}
