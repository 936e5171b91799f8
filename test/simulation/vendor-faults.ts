import type { ProviderName } from "../../functions/domain/values.ts";
import { providerErrors as alibabaErrors } from "../../functions/providers/alibaba/error-table.ts";
import { providerErrors as tencentErrors } from "../../functions/providers/tencent/error-table.ts";
import type { AlibabaCloud } from "../../packages/simulators/src/alibaba/cloud.ts";
import type { Delivery } from "../../packages/simulators/src/exchange.ts";
import type { TencentCloud } from "../../packages/simulators/src/tencent/cloud.ts";
import type { ProviderCall, VendorAnswer } from "../../packages/simulators/src/vendor-call.ts";
import type { Random } from "./random.ts";

/**
 * What becomes of one call to a vendor: whether and when it has its effect, and what the caller hears.
 * `before`: it has none. `after`: it has one, and then something goes wrong. `late`: the caller has given up by then.
 * `never`: it is lost on its way, and so is the answer.
 */
export type VendorFault =
  | { phase: "before"; answer: "refused" | "reset" | "html" | "throttled" }
  | { phase: "before" | "after"; answer: "code"; code: string }
  | { phase: "after"; answer: "hang" | "reset" | "500" | "html" | "garbage" | "empty id"; jobFails?: true }
  | { phase: "after"; answer: "ok, and the job fails"; residue: boolean }
  | { phase: "late"; answer: "hang"; after: number; jobFails?: true }
  | { phase: "never"; answer: "hang" };

/** Every code of either vendor's documents, and the common ones of its API. */
const codes: Record<ProviderName, readonly string[]> = {
  alibaba: Object.keys(alibabaErrors),
  tencent: Object.keys(tencentErrors),
};

const tables = { alibaba: alibabaErrors, tencent: tencentErrors };
const definite: readonly string[] = ["validation", "auth", "quota", "not-found"];

/** Whether the document says of the code that nothing was made: the one word of a vendor's that is believed. */
export function isDefinite(vendor: ProviderName, code: string): boolean {
  return definite.includes(tables[vendor][code]?.class ?? "");
}

/** What the vendor's document says of a code that answers a create. */
export interface Meaning {
  /** Nothing was made, and asking again changes nothing. */
  isDefinite: boolean;
  /** Not now. */
  isBusy: boolean;
  /** The first call under the token has failed. */
  isSpent: boolean;
  /** A connection that the request has made before would be answered so. */
  mayBeOurs: boolean;
}

/** Undefined for a code that stands in no document. */
export function meaningOf(vendor: ProviderName, code: string): Meaning | undefined {
  const known = tables[vendor][code];
  return (
    known && {
      isDefinite: definite.includes(known.class),
      isBusy: (known.class === "retry" || known.class === "conflict") && known.token === undefined,
      isSpent: known.token === "failed",
      mayBeOurs: known.mayBeOurs === true || known.class === "exists",
    }
  );
}

/** Those that come often in practice: each is drawn as often as all others together. */
const frequentCodes: Record<ProviderName, readonly string[]> = {
  alibaba: [
    "VpnGateway.Configuring",
    "TaskConflict",
    "InternalError",
    "Resource.QuotaFull",
    "Forbidden.RAM",
    "IdempotentFailed",
    "IdempotentProcessing",
  ],
  tencent: ["ResourceInUse", "ResourceBusy", "InternalError", "LimitExceeded", "UnauthorizedOperation"],
};

/** The codes of each vendor by what they mean for a create: each meaning is drawn as often as any other. */
const codesByMeaning: Record<ProviderName, readonly (readonly string[])[]> = {
  alibaba: groupByMeaning("alibaba"),
  tencent: groupByMeaning("tencent"),
};

function groupByMeaning(vendor: ProviderName): string[][] {
  const groups = new Map<string, string[]>();
  for (const code of codes[vendor]) {
    const { class: kind, token, mayBeOurs } = tables[vendor][code] ?? {};
    const meaning = `${kind} ${token} ${mayBeOurs}`;
    groups.set(meaning, [...(groups.get(meaning) ?? []), code]);
  }
  return [...groups.values()];
}

const drawCode = (random: Random, vendor: ProviderName) =>
  random.pick(random.chance(0.3) ? frequentCodes[vendor] : random.pick(codesByMeaning[vendor]));

/** `arrival`: the latest that a call can arrive, in milliseconds. */
export function drawCreateFault(random: Random, vendor: ProviderName, arrival: number): VendorFault {
  switch (random.integer(1, 15)) {
    case 1:
      return { phase: "never", answer: "hang" };
    case 2:
    case 3:
      return { phase: "late", answer: "hang", after: random.integer(1000, arrival), ...drawJob(random) };
    case 4:
      return { phase: "before", answer: random.pick(["refused", "reset", "html", "throttled"]) };
    case 5:
    case 6:
    case 7:
      return { phase: "before", answer: "code", code: drawCode(random, vendor) };
    case 8:
    case 9:
    case 10:
      return { phase: "after", answer: "code", code: drawCode(random, vendor) };
    case 11:
      return { phase: "after", answer: "ok, and the job fails", residue: random.chance(0.3) };
    default:
      return {
        phase: "after",
        answer: random.pick(["hang", "reset", "500", "html", "garbage", "empty id"]),
        ...drawJob(random),
      };
  }
}

/** What was made for nobody to hear of may be gone again when it is looked for. */
const drawJob = (random: Random) => (random.chance(0.25) ? { jobFails: true as const } : {});

/** That the very thing that was asked for is not there: the one answer to a question that has to be believed. */
const denial = /vpnconn\w*\.notfound|^resourcenotfound|recordnotexist/i;

export function drawReadFault(random: Random, vendor: ProviderName, action: string): VendorFault {
  switch (random.integer(1, 4)) {
    case 1:
      return { phase: "never", answer: "hang" };
    case 2:
      return { phase: "before", answer: random.pick(["refused", "reset", "html", "throttled"]) };
    case 3: {
      const code = drawCode(random, vendor);
      const isDenied = action.startsWith("DescribeVpnConnection") && denial.test(code);
      return { phase: "before", answer: "code", code: isDenied ? "InternalError" : code };
    }
    default:
      return { phase: "after", answer: "garbage" };
  }
}

/** What becomes of the vendor's job for what it accepted; undefined = it goes well. */
function toSabotage(fault: VendorFault | undefined) {
  if (fault?.answer === "ok, and the job fails") return { residue: fault.residue };
  return fault && "jobFails" in fault ? { residue: false } : undefined;
}

/** How it is spoken of. */
export function describeFault(fault: VendorFault): string {
  const answer = fault.answer === "code" ? fault.code : fault.answer;
  return `${answer} ${fault.phase} the effect${"jobFails" in fault ? ", and the job fails" : ""}`;
}

/** Has the vendor carry out the call as the fault says; answers what comes back. */
export function carryOut(cloud: AlibabaCloud | TencentCloud, call: ProviderCall, fault?: VendorFault): Delivery {
  const perform = (): VendorAnswer => cloud.handle(call, toSabotage(fault));
  if (!fault) return { kind: "answer", answer: perform() };
  const answer = fault.phase === "after" || fault.phase === "late" ? perform() : undefined;
  switch (fault.answer) {
    case "ok, and the job fails":
      return { kind: "answer", answer: answer ?? cloud.throttled() };
    case "empty id":
      return { kind: "answer", answer: cloud.withoutConnectionId(answer ?? cloud.throttled()) };
    case "code":
      return { kind: "answer", answer: cloud.failure(fault.code) };
    case "throttled":
      return { kind: "answer", answer: cloud.throttled() };
    case "500":
      return { kind: "text", status: 500, type: "text/plain", text: "Internal Server Error" };
    case "html":
      return { kind: "text", status: 502, type: "text/html", text: "<html>502 Bad Gateway</html>" };
    case "garbage":
      return { kind: "text", status: 200, type: "application/json", text: '{"RequestId": "cut o' };
    case "reset":
    case "refused":
      return { kind: "reset" };
    case "hang":
      return { kind: "hang" };
  }
}
