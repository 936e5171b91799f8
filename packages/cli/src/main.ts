import { constants } from "node:os";
import { isatty, type WriteStream } from "node:tty";
import { readEnvironment } from "./environment.ts";
import { Interruption } from "./failure.ts";
import { run } from "./run.ts";
import type { Screen } from "./session.ts";

/** What a reader like `head` leaves behind: no failure worth a message. */
const brokenPipe = 128 + constants.signals.SIGPIPE;

const interruption = new AbortController();

for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.on(name, () => {
    const reason = new Interruption(constants.signals[name]);
    // Whoever asks twice does not want to wait.
    if (interruption.signal.aborted) process.exit(reason.exitCode);
    interruption.abort(reason);
  });
}

const exitCode = await run(process.argv.slice(2), {
  environment: readEnvironment(),
  stdout: toScreen("stdout", 1),
  stderr: toScreen("stderr", 2),
  readInput,
  ask: isatty(0) && isatty(2) ? ask : undefined,
  now: () => new Date(),
  signal: interruption.signal,
});
process.exit(exitCode);

/** Opened when it is used: that takes longer than all else that a short command does. */
function toScreen(name: "stdout" | "stderr", descriptor: number): Screen {
  const isTerminal = isatty(descriptor);
  let opened: WriteStream | undefined;
  const open = () => {
    opened ??= process[name].on("error", name === "stdout" ? endWith : () => undefined);
    return opened;
  };
  return {
    isTerminal,
    get columns() {
      // A terminal that does not tell says 0.
      return isTerminal ? open().columns || 80 : Infinity;
    },
    get hasColors() {
      return isTerminal && open().hasColors();
    },
    write: (text) =>
      new Promise((resolve) => {
        if (text === "") return resolve();
        open().write(text, () => resolve());
      }),
  };
}

/** Of a result that cannot be written; what is told beside it may get lost. */
function endWith({ code, message }: NodeJS.ErrnoException): never {
  if (code === "EPIPE") process.exit(brokenPipe);
  process.stderr.write(`The result cannot be written: ${message}.\n`);
  process.exit(1);
}

// What only some commands need is loaded by them.
async function readInput(): Promise<string | undefined> {
  if (isatty(0)) return undefined;
  const { text } = await import("node:stream/consumers");
  return text(process.stdin);
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import("node:readline/promises");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // A terminal that is asked at makes a key of Ctrl-C.
  terminal.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    return await terminal.question(question, { signal: interruption.signal });
  } catch {
    interruption.signal.throwIfAborted();
    // Ctrl-D.
    return "";
  } finally {
    terminal.close();
  }
}
