import type { ConnectionRecord } from "./connection-record.ts";

/** So many wrong secrets are told of a record in this time; then none is compared for as long, from the last of them on. */
const maxWrongSecrets = 5;
const wrongSecretHours = 24;

const windowMilliseconds = wrongSecretHours * 3_600_000;

/** Whether secrets are not compared with this record's now, because too many were wrong. */
export function isBarred({ wrongSecrets = [] }: ConnectionRecord, now: Date): boolean {
  return wrongSecrets.length >= maxWrongSecrets && isRecent(wrongSecrets.at(-1), now);
}

/** How many wrong secrets may still be told. */
export function wrongSecretsLeft(record: ConnectionRecord, now: Date): number {
  return maxWrongSecrets - recentOf(record, now).length;
}

/**
 * Counts secrets that were wrong. No new revision and no new `updatedAt`: nothing that a caller can see has changed, and
 * whoever waits for the request, or decided on its revision, is not disturbed by another's guesses.
 */
export function noteWrongSecrets(record: ConnectionRecord, now: Date, count: number): ConnectionRecord {
  const times = Array.from({ length: count }, () => now.toISOString());
  return { ...record, wrongSecrets: [...recentOf(record, now), ...times] };
}

function recentOf({ wrongSecrets = [] }: ConnectionRecord, now: Date): string[] {
  return wrongSecrets.filter((time) => isRecent(time, now));
}

function isRecent(time: string | undefined, now: Date): boolean {
  return time !== undefined && now.getTime() - Date.parse(time) < windowMilliseconds;
}
