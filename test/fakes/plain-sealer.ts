import type { Opener, Sealer } from "../../functions/domain/ports.ts";

/** Seals that can be read: for tests of what is around them. */
export const plainSealer: Sealer & Opener = {
  seal: (context, secret) => `${toPrefix(context)}${secret}`,
  async open(context, sealed) {
    const prefix = toPrefix(context);
    if (!sealed.startsWith(prefix)) throw new Error("the sealed text belongs to another context");
    return sealed.slice(prefix.length);
  },
};

/** A context may have colons, and must not pass for one that begins like it. */
function toPrefix(context: string): string {
  return `sealed:${encodeURIComponent(context)}:`;
}
