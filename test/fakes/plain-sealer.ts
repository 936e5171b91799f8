import type { Opener, Sealer } from "../../functions/domain/ports.ts";

/** Seals that can be read: for tests of what is around them. */
export const plainSealer: Sealer & Opener = {
  seal: (context, secret) => `sealed:${context}:${secret}`,
  async open(context, sealed) {
    const prefix = `sealed:${context}:`;
    if (!sealed.startsWith(prefix)) throw new Error("the sealed text belongs to another context");
    return sealed.slice(prefix.length);
  },
};
