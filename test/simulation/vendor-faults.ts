import type { ProviderName } from "../../functions/domain/values.ts";
import type { Fault } from "../../packages/simulators/src/faults.ts";
import type { Random } from "./random.ts";

/** What becomes of one call: a fault at the vendor, or something on the way that no vendor sees. */
export type Trouble =
  | { kind: "fault"; fault: Fault }
  /** The vendor says no, for certain. */
  | { kind: "refusal"; fault: Fault }
  /** The connection is refused: nothing was sent. */
  | { kind: "refused" }
  /** Nobody answers; the call arrives, though later than anybody waits for it. */
  | { kind: "late" };

const any = { action: "*", times: 1 } as const;

const busyCodes: Record<ProviderName, readonly string[]> = {
  alibaba: ["VpnGateway.Configuring", "VpnTask.CONFLICT", "TaskConflict", "IncorrectStatus"],
  tencent: ["ResourceInUse", "UnsupportedOperation.MutexOperationTaskRunning", "ResourceBusy"],
};
/** Nobody can tell from these whether the call took effect. */
const unclearCodes: Record<ProviderName, readonly string[]> = {
  alibaba: ["InternalError", "ServiceUnavailable", "UnknownError"],
  tencent: ["InternalError", "FailedOperation", "InternalServerError"],
};

/** Definite refusals that have nothing to do with the request, and may be over the next time. */
const refusalCodes: Record<ProviderName, readonly string[]> = {
  alibaba: ["Resource.QuotaFull", "Forbidden.RAM"],
  tencent: ["LimitExceeded", "UnauthorizedOperation"],
};

const createKinds = [
  "hang-before",
  "hang-after",
  "late",
  "reset-before",
  "reset-after",
  "http-500-after",
  "http-502-html",
  "garbage-body",
  "empty-id",
  "throttle",
  "busy",
  "unclear",
  "unclear-after-effect",
  "refused",
  "refusal",
  "task-failed",
] as const;

const readKinds = ["hang-before", "reset-before", "http-502-html", "garbage-body", "throttle", "unclear", "refused"];

export function drawTrouble(random: Random, vendor: ProviderName, isCreate: boolean): Trouble {
  const kind = random.pick<string>(isCreate ? createKinds : readKinds);
  switch (kind) {
    case "refused":
    case "late":
      return { kind };
    case "refusal":
      return { kind, fault: { ...any, kind: "error", code: random.pick(refusalCodes[vendor]) } };
    case "busy":
      return { kind: "fault", fault: { ...any, kind: "error", code: random.pick(busyCodes[vendor]) } };
    case "unclear":
      return { kind: "fault", fault: { ...any, kind: "error", code: random.pick(unclearCodes[vendor]) } };
    case "unclear-after-effect":
      return { kind: "fault", fault: { ...any, kind: "error-after-effect", code: random.pick(unclearCodes[vendor]) } };
    case "http-502-html":
      return { kind: "fault", fault: { ...any, kind, afterEffect: random.chance(0.5) } };
    case "task-failed":
      return { kind: "fault", fault: { ...any, kind, residue: random.chance(0.3) } };
    default:
      return { kind: "fault", fault: { ...any, kind } as Fault };
  }
}
