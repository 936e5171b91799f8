import { createHash } from "node:crypto";
import { DomainError } from "./errors.ts";
import type { Caller, CallerDirectory, Clock } from "./ports.ts";

/** What is stored of an API key. A key is 256 random bits, so a plain hash cannot be guessed back. */
export function hashApiKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** Who sends this `Authorization` header. Throws `unauthenticated` without telling which part was wrong. */
export async function authenticateCaller(
  deps: { callers: CallerDirectory },
  authorization: string | undefined,
): Promise<Caller> {
  const key = /^Bearer +([\x21-\x7e]{1,200})$/i.exec(authorization ?? "")?.[1];
  if (!key) {
    throw new DomainError("unauthenticated", "send an API key in the header 'Authorization: Bearer vpb_…'");
  }
  const caller = await deps.callers.findByKeyHash(hashApiKey(key));
  if (!caller) throw new DomainError("unauthenticated", "this API key is not valid");
  return caller;
}

const keepMilliseconds = 60_000;
const mostEntries = 1000;

/**
 * Remembers callers for a minute, so that a busy caller costs no read per request; a revoked key works for as long.
 * Strangers are not remembered: a key made just now must work at once.
 */
export function rememberCallers(directory: CallerDirectory, clock: Clock): CallerDirectory {
  const known = new Map<string, { found: Promise<Caller | undefined>; until: number }>();
  return {
    async findByKeyHash(hash) {
      const now = clock.now().getTime();
      const entry = known.get(hash);
      if (entry && entry.until > now) return entry.found;
      if (known.size >= mostEntries) known.clear();
      const found = directory.findByKeyHash(hash);
      known.set(hash, { found, until: now + keepMilliseconds });
      try {
        const caller = await found;
        if (!caller) known.delete(hash);
        return caller;
      } catch (error) {
        known.delete(hash);
        throw error;
      }
    },
  };
}
