import { spawn } from "node:child_process";
import { nodeOptions } from "../simulation/bundle.ts";

/** What the simulation said of one patch. */
export type Played =
  | { how: "survived"; schedules: number }
  /** A promise was broken: by which seed, in so many schedules. */
  | { how: "killed"; promise: string; seed: number; schedules: number }
  /** It came to a standstill, or broke off otherwise than by a promise. */
  | { how: "hung" }
  | { how: "broke off"; why: string };

export interface Range {
  schedules: number;
  /** The first one. */
  seed: number;
}

/** So long it may say nothing. It tells how far it is every few seconds. */
const silenceMilliseconds = 60_000;
/** Of what it says only the end is looked at: before it stands the trace. */
const keptCharacters = 20_000;

/** Plays the schedules with the bundle at this path, in a process of its own, until a promise is broken. */
export function play(bundle: string, { schedules, seed }: Range): Promise<Played> {
  const range = ["--schedules", String(schedules), "--seed", String(seed), "--no-shrink"];
  const child = spawn(process.execPath, [...nodeOptions, bundle, ...range], { stdio: ["ignore", "pipe", "pipe"] });
  const end = () => void child.kill("SIGKILL");
  process.once("exit", end);
  let said = "";
  let errors = "";
  let isHung = false;
  return new Promise((done, fail) => {
    const giveUp = () => {
      isHung = true;
      end();
    };
    let patience = setTimeout(giveUp, silenceMilliseconds);
    const hear = (text: string) => {
      clearTimeout(patience);
      patience = setTimeout(giveUp, silenceMilliseconds);
      said = `${said}${text}`.slice(-keptCharacters);
    };
    child.stdout.setEncoding("utf8").on("data", hear);
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors = `${errors}${text}`.slice(-keptCharacters);
      hear(text);
    });
    child.once("error", fail);
    child.once("close", (code) => {
      clearTimeout(patience);
      process.off("exit", end);
      if (isHung) done({ how: "hung" });
      else done(read(code, { said, errors }, { schedules, seed }));
    });
  });
}

function read(code: number | null, { said, errors }: { said: string; errors: string }, range: Range): Played {
  if (code === 0) return { how: "survived", schedules: range.schedules };
  const [, seed, promise] = [...`${said}\n${errors}`.matchAll(/^seed (\d+): ([^:\n]+)/gm)].at(-1) ?? [];
  if (seed !== undefined && promise !== undefined) {
    return { how: "killed", promise, seed: Number(seed), schedules: Number(seed) - range.seed + 1 };
  }
  const why = errors.split("\n").find((line) => /^\w*(Error|Gap)\b/.test(line)) ?? `it ended with ${code}`;
  return { how: "broke off", why: why.slice(0, 200) };
}
