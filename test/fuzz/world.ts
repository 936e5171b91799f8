import { createLedger, type Ledger } from "./ledger.ts";

/** Tenants that the requests may change as they like. */
export const victims = Array.from({ length: 6 }, (_, index) => `victim-${index}`);
const codes = ["invalid_request", "conflict", "provider_quota", "canceled"];

/** What was put into places: a request that is sent again finds the same. */
export type Places = Map<string, string>;

/** What exists at the broker, by its answers. */
export interface World {
  ledger: Ledger;
  /** Texts of the keys that the requests are sent with, by name. */
  keys: Map<string, string>;
  /** Puts what exists now into places such as `{id:7}`, or what `filled` has for them, and notes it there. */
  fillIn(text: string, filled: Places): string;
}

/** A world with nothing in it; `hooks` is the URL of a receiver of webhooks. */
export function createWorld(hooks: string): World {
  const ledger = createLedger();
  const keys = new Map<string, string>();
  const pick = (among: readonly string[], number: number) => among[number % among.length] ?? "";
  const places: Record<string, (number: number) => string> = {
    id: (number) => pick([...ledger.connections.keys()], number),
    newest: (number) => [...ledger.connections.keys()].at(-1 - number) ?? "",
    victim: (number) => pick(victims, number),
    keyOf: (number) => pick(ledger.keys.get(pick(victims, number)) ?? [], Math.floor(number / victims.length)),
    cursor: (number) => pick(ledger.cursors, number),
    auditCursor: (number) => pick(ledger.auditCursors, number),
    code: (number) => pick(codes, number),
    hooks: () => hooks,
  };
  return {
    ledger,
    keys,
    fillIn: (text, filled) =>
      text.replaceAll(/\{(\w+):(\w+)\}/g, (place, kind: string, which: string) => {
        const found = kind === "key" ? keys.get(which) : places[kind]?.(Number(which));
        const value = filled.get(place) ?? found ?? place;
        filled.set(place, value);
        return value;
      }),
  };
}
