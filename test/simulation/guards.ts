import { readFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { SourceMap } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { unreachable } from "./unreachable.ts";

/** What exactly-once rests on: each branch in these files that does something is one that some schedule has to take. */
const core = [
  /^functions\/steps\/(?!conceal-errors)/,
  /^functions\/domain\/record\/(create-attempt|deadlines|decide-outcome|give-turn-back|last-look|recovery|transitions|turn)/,
  /^functions\/domain\/connections\/(accept|cancel|redrive|find-duplicate|user-change)/,
  /^functions\/domain\/(save-anew|provider\/find-connections)/,
  /^functions\/aws\/turns/,
  /^functions\/providers\/(alibaba|tencent)\/provider/,
];

/** A default for what is absent is no guard. */
const doesSomething = /\b(throw|return|await)\b/;

/** A branch that no schedule took. */
export interface Unreached {
  file: string;
  line: number;
  /** The text of that line, from the branch on. */
  text: string;
}

/** Counts which branches of the bundle are taken, from now on. V8 counts; nothing is marked in the code. */
export async function watchGuards(): Promise<() => Promise<Unreached[]>> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  return async () => {
    const { result } = await session.post("Profiler.takePreciseCoverage");
    const own = result.find(({ url }) => url === import.meta.url);
    if (!own) throw new Error("V8 has counted nothing");
    return toUnreached(own.functions.flatMap(({ ranges }) => ranges.filter(({ count }) => count === 0)));
  };
}

function toUnreached(ranges: readonly { startOffset: number; endOffset: number }[]): Unreached[] {
  const program = fileURLToPath(import.meta.url);
  const bundle = readFileSync(program, "utf8");
  const map = new SourceMap(JSON.parse(readFileSync(`${program}.map`, "utf8")));
  const starts = [0, ...[...bundle.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const found = new Map<string, Unreached>();
  for (const { startOffset, endOffset } of ranges) {
    if (!doesSomething.test(bundle.slice(startOffset, endOffset))) continue;
    const offset = startOffset + (/[^\s({]/.exec(bundle.slice(startOffset, endOffset))?.index ?? 0);
    const line = starts.findLastIndex((start) => start <= offset);
    const entry = map.findEntry(line, offset - (starts[line] ?? 0));
    if (!("originalSource" in entry)) continue;
    const path = resolve(program, "..", entry.originalSource);
    const file = path.slice(path.indexOf("/functions/") + 1);
    if (!core.some((pattern) => pattern.test(file))) continue;
    const source = readFileSync(path, "utf8").split("\n")[entry.originalLine] ?? "";
    const text = source.slice(entry.originalColumn).trim();
    found.set(`${file}: ${text}`, { file, line: entry.originalLine + 1, text });
  }
  return [...found.values()];
}

/** Those that nothing is said of, and what is said of branches that are reached all the same. */
export function judge(unreached: readonly Unreached[]): { missed: Unreached[]; needless: string[] } {
  const keys = new Set(unreached.map(({ file, text }) => `${file}: ${text}`));
  return {
    missed: unreached.filter(({ file, text }) => !(`${file}: ${text}` in unreachable)),
    needless: Object.keys(unreachable).filter((key) => !keys.has(key)),
  };
}
