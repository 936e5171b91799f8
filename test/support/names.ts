import { isIP } from "node:net";
import type { Lookup } from "../../functions/webhooks/check-address.ts";

/** A resolver for tests: each question gets the next list of addresses, and the last one from then on. */
export function createNames(answers: string[][]): { lookup: Lookup; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    lookup(hostname, _, callback) {
      const addresses = answers[Math.min(asked.length, answers.length - 1)] ?? [];
      asked.push(hostname);
      const found = addresses.map((address) => ({ address, family: isIP(address) }));
      queueMicrotask(() => callback(null, found));
    },
  };
}
