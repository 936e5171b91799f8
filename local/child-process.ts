import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** An engine in a process of its own. It has the URL for good: when it dies it is started again on the same port. */
export interface Engine {
  url: string;
  pid: () => number | undefined;
  stop(): Promise<void>;
}

export interface EngineOptions {
  /** What the engine is called in messages. */
  name: string;
  /** Module of the process: a package's, or relative to this folder. It answers its first message, the options, with `{url}` or `{error}`. */
  module: string;
  arguments?: readonly string[];
  options: object;
  /** Hears when it is up again after it died. */
  onRestarted: (name: string) => void;
}

/** A busy computer takes half a minute to load a process; one that takes longer hangs. */
const startMilliseconds = 120_000;

/** Starts an engine and keeps it up until it is stopped. Throws with the engine's own words when it cannot start. */
export async function startEngine(engine: EngineOptions): Promise<Engine> {
  let stopped = false;
  let current = await launch(engine, engine.options);
  const port = Number(new URL(current.url).port);

  async function keepUp(): Promise<void> {
    await once(current.child, "exit");
    if (stopped) return;
    current = await launch(engine, { ...engine.options, port });
    engine.onRestarted(engine.name);
    return keepUp();
  }
  // A restart that fails leaves the engine down; every call to it then fails, and is retried by its caller.
  keepUp().catch(() => undefined);

  return {
    url: current.url,
    pid: () => current.child.pid,
    async stop() {
      stopped = true;
      if (current.child.exitCode !== null || current.child.signalCode !== null) return;
      const exited = once(current.child, "exit");
      current.child.kill("SIGKILL");
      await exited;
    },
  };
}

async function launch(engine: EngineOptions, options: object): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(fileURLToPath(import.meta.resolve(engine.module)), [...(engine.arguments ?? [])], {
    execArgv: ["--import", import.meta.resolve("tsx")],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  child.send(options);
  const signal = AbortSignal.timeout(startMilliseconds);
  const died = once(child, "exit", { signal }).then(() => [{ error: "it ended before it was ready" }]);
  const late = [{ error: `it was not ready after ${startMilliseconds / 1000} seconds` }];
  const [answer] = (await Promise.race([once(child, "message", { signal }), died]).catch(() => late)) as [
    { url?: string; error?: string },
  ];
  if (answer.url !== undefined) return { child, url: answer.url };
  child.kill("SIGKILL");
  throw new Error(`${engine.name} could not start: ${answer.error ?? "no reason given"}`);
}
