/**
 * What the promise of one connection rests on, in seconds: docs/proof.md says where each comes from, and a test holds them
 * to what is deployed. None of them is read from the code that reckons with them. The adversary goes up to each in every
 * schedule, and with `--beyond` to twice one of them (to half of `tokenLife`).
 */
export interface Assumptions {
  /** A function has ended so long after it began, because Lambda kills it: a factor of its timeout. */
  functionLife: number;
  /** A call has reached the vendor so long after it was sent, or never does. */
  arrival: number;
  /** A vendor's lists show what was made so long before. */
  listLag: number;
  /** The clock of a function is ahead of or behind the true time by so much at most. */
  clockSkew: number;
  /** So long after its first call a vendor with tokens still answers a repeat with what that call made. */
  tokenLife: number;
  /** A process that has looked at its clock right before sends within so long. */
  pauseBeforeSending: number;
}
export const assumptionNames = ["functionLife", "arrival", "listLag", "clockSkew", "tokenLife"] as const;
export type AssumptionName = (typeof assumptionNames)[number];

/** Timeouts of the functions in infra/functions.yml, in seconds, by the step that each carries out. */
export const functionTimeouts: Readonly<Record<string, number>> = {
  Api: 29,
  TakeTurn: 20,
  Submit: 60,
  AwaitProvisioned: 60,
  RecordOutcome: 20,
  WatchTunnels: 60,
  DeliverWebhook: 30,
  Sweep: 300,
};

/** The vendors' clients give a call up after so long. */
export const clientTimeout = 20;
/** What a closed connection had sent may still be read. */
const onTheWay = 4;

export const assumed: Assumptions = {
  functionLife: 60,
  arrival: clientTimeout + onTheWay,
  listLag: 30,
  clockSkew: 5,
  tokenLife: 180,
  pauseBeforeSending: 60,
};

/** One of them is wrong by a factor of two; a pause right before the sending is then no longer than a sound process's. */
export function beyond(name: AssumptionName): Assumptions {
  const factor = name === "tokenLife" ? 0.5 : 2;
  return { ...assumed, [name]: assumed[name] * factor, pauseBeforeSending: 1 };
}
