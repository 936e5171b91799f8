import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { type Evidence, toEvidence } from "./evidence.ts";

/** Nothing, where a process or a file has gone meanwhile. */
function unlessGone<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Loopback ports that a process listens on, by what Linux tells of it: not every one is printed. */
export function listeningPorts(pid: number): number[] {
  const sockets = readdirSync(`/proc/${pid}/fd`).map((fd) => unlessGone(() => readlinkSync(`/proc/${pid}/fd/${fd}`)));
  const [, ...rows] = readFileSync(`/proc/${pid}/net/tcp`, "utf8").trim().split("\n");
  return rows.flatMap((row) => {
    const [, local = "", , state, , , , , , inode = ""] = row.trim().split(/\s+/);
    const listens = state === "0A" && sockets.includes(`socket:[${inode}]`);
    return listens ? [Number.parseInt(local.split(":")[1] ?? "", 16)] : [];
  });
}

/** The command lines of a process group, which everybody on the computer can read. */
export function commandLines(group: number): Evidence[] {
  return readdirSync("/proc").flatMap((pid) => {
    const stat = /^\d+$/.test(pid) && unlessGone(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
    // The name, in parentheses, may hold anything; the third field after it is the group.
    const inGroup = stat && stat.slice(stat.lastIndexOf(")")).split(" ")[3] === String(group);
    const line = inGroup ? unlessGone(() => readFileSync(`/proc/${pid}/cmdline`, "utf8")) : undefined;
    return line ? [toEvidence("command line", line.split("\0")[0] ?? "", line)] : [];
  });
}
