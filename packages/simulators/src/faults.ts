import * as z from "zod";
import type { ProviderCall } from "./vendor-call.ts";

const target = {
  /** The API action that is to go wrong, or `*` for any. */
  action: z.string().min(1),
  /** Only calls whose `VpnGatewayId` is this. */
  gatewayId: z.string().min(1).optional(),
  /** How many matching calls go wrong before the fault is used up. */
  times: z.number().int().positive().default(1),
};

const vendorError = {
  code: z.string().min(1),
  status: z.number().int().min(200).max(599).optional(),
  message: z.string().optional(),
};

/** After this many milliseconds the socket is closed; absent means the answer never comes. */
const patience = { milliseconds: z.number().int().nonnegative().optional() };

/** One way for calls to go wrong, as `POST /__control/faults` takes it. */
export const faultSchema = z.discriminatedUnion("kind", [
  z.strictObject({ ...target, kind: z.literal("error"), ...vendorError }),
  z.strictObject({ ...target, kind: z.literal("error-after-effect"), ...vendorError }),
  z.strictObject({ ...target, kind: z.literal("hang-before"), ...patience }),
  z.strictObject({ ...target, kind: z.literal("hang-after"), ...patience }),
  z.strictObject({
    ...target,
    kind: z.literal("late"),
    /** So long after its arrival the call takes effect: later than its caller waits. */
    milliseconds: z
      .number()
      .int()
      .nonnegative()
      .max(2 ** 31 - 1),
    /** So long after its arrival the socket is closed; absent means that the caller is the one who gives up. */
    closedAfterMilliseconds: patience.milliseconds,
  }),
  z.strictObject({ ...target, kind: z.literal("reset-before") }),
  z.strictObject({ ...target, kind: z.literal("reset-after") }),
  z.strictObject({ ...target, kind: z.literal("http-500-after") }),
  z.strictObject({
    ...target,
    kind: z.literal("http-502-html"),
    /** Whether the call took effect behind the failing proxy. */
    afterEffect: z.boolean().default(true),
  }),
  z.strictObject({ ...target, kind: z.literal("garbage-body") }),
  z.strictObject({ ...target, kind: z.literal("empty-id") }),
  z.strictObject({ ...target, kind: z.literal("throttle") }),
  z.strictObject({
    ...target,
    kind: z.literal("task-failed"),
    /** Whether a half-made connection stays behind. */
    residue: z.boolean().default(false),
  }),
]);

/** See {@link faultSchema}. */
export type Fault = z.infer<typeof faultSchema>;

/** Faults that wait for a matching call, first in, first used. */
export class FaultQueue {
  #faults: Fault[] = [];
  #generation = 0;

  /** Another one after each {@link clear}. */
  get generation(): number {
    return this.#generation;
  }

  add(fault: Fault): void {
    this.#faults.push({ ...fault });
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  /** Forgets what waits; effects of `late` calls that are still to come are lost. */
  clear(): void {
    this.#faults = [];
    this.#generation += 1;
  }

  /** The fault this call runs into, if any, with one of its times used up. */
  take(call: ProviderCall): Fault | undefined {
    const fault = this.#faults.find((candidate) => matches(candidate, call));
    if (!fault) return undefined;
    fault.times -= 1;
    if (fault.times === 0) this.#faults = this.#faults.filter((other) => other !== fault);
    return fault;
  }
}

function matches(fault: Fault, call: ProviderCall): boolean {
  if (fault.action !== "*" && fault.action !== call.action) return false;
  return fault.gatewayId === undefined || fault.gatewayId === call.parameters["VpnGatewayId"];
}
