import { describe, expect, it } from "vitest";
import type { Opener, Sealer } from "../../functions/domain/ports.ts";

const context = "abcdefghijklmnopqrstuvwxyz";

/** What every opener keeps to; `sealer` seals to it. */
export function describeOpener(name: string, open: () => { opener: Opener; sealer: Sealer }): void {
  describe(`the opener ${name}`, () => {
    it.each(["k", "k".repeat(100), "~!`@#$%^&*()_-+={}[]|;:',.<>/?", "ключ", "whsec_".padEnd(94, "A")])(
      "opens what was sealed for its context: %s",
      async (secret) => {
        const { opener, sealer } = open();
        expect(await opener.open(context, sealer.seal(context, secret))).toBe(secret);
        expect(await opener.open("tenant:acme", sealer.seal("tenant:acme", secret))).toBe(secret);
      },
    );

    it.each(["another", context.slice(1), context.slice(0, -1), `${context}a`, ""])(
      "does not open what was sealed for another context, and does not tell it either: '%s'",
      async (other) => {
        const { opener, sealer } = open();
        const error: unknown = await opener
          .open(other, sealer.seal(context, "MARKER"))
          .catch((thrown: unknown) => thrown);
        expect(String(error)).toContain("another context");
        expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain("MARKER");
      },
    );

    it("does not take a part of a context for the whole of it", async () => {
      const { opener, sealer } = open();
      await expect(opener.open("tenant", sealer.seal("tenant:acme", "secret"))).rejects.toThrow("another context");
      await expect(opener.open("tenant:acme", sealer.seal("tenant", "acme:secret"))).rejects.toThrow("another context");
    });

    it.each(["", "nonsense", ":", "AAAA:"])("does not open what was never sealed: '%s'", async (text) => {
      await expect(open().opener.open(context, text)).rejects.toThrow();
    });

    it("does not open what was cut", async () => {
      const { opener, sealer } = open();
      const sealed = sealer.seal(context, "secret");
      for (const cut of [sealed.slice(1), sealed.slice(0, sealed.length / 2)]) {
        await expect(opener.open(context, cut)).rejects.toThrow();
      }
    });
  });
}
