import { readFileSync, statSync } from "node:fs";

/**
 * The process of the broker whose engine holds this lock: the holder's parent. Undefined where the system does not
 * tell, as only Linux does.
 */
export function findLockHolder(lockFile: string): number | undefined {
  try {
    const { ino } = statSync(lockFile);
    // 1: POSIX  ADVISORY  WRITE 15079 fe:00:10470206 0 EOF
    const lines = readFileSync("/proc/locks", "utf8").split("\n");
    const [holder] = lines.flatMap((line) => {
      const [, pid, inode] = /POSIX\s+ADVISORY\s+WRITE\s+(\d+)\s+\w+:\w+:(\d+) /.exec(line) ?? [];
      return pid !== undefined && inode === String(ino) ? [pid] : [];
    });
    if (holder === undefined) return undefined;
    const [, parent] = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${holder}/status`, "utf8")) ?? [];
    return Number(parent) > 1 ? Number(parent) : Number(holder);
  } catch {
    return undefined;
  }
}
