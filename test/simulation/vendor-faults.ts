import type { ProviderName } from "../../functions/domain/values.ts";
import type { AlibabaCloud } from "../../packages/simulators/src/alibaba/cloud.ts";
import type { Delivery } from "../../packages/simulators/src/exchange.ts";
import type { TencentCloud } from "../../packages/simulators/src/tencent/cloud.ts";
import type { ProviderCall, VendorAnswer } from "../../packages/simulators/src/vendor-call.ts";
import documented from "./meanings.json" with { type: "json" };
import type { Random } from "./random.ts";

/**
 * What becomes of one call to a vendor: whether and when it has its effect, and what the caller hears.
 * `before`: it has none. `after`: it has one, and then something goes wrong. `late`: the caller has given up by then.
 * `never`: it is lost on its way, and so is the answer. `odd` is an answer in which everything is another thing than it
 * should be; `wait`, in milliseconds, is how long the vendor asks to be left alone, where it can say that.
 */
export type VendorFault =
  | { phase: "before"; answer: "refused" | "reset" | "html" }
  | { phase: "before"; answer: "throttled"; wait?: number }
  | { phase: "before" | "after"; answer: "code"; code: string }
  | { phase: "after"; answer: "hang" | "reset" | "500" | "html" | "garbage" | "odd" | "empty id"; jobFails?: true }
  | { phase: "after"; answer: "ok, and the job fails"; residue: boolean }
  | { phase: "late"; answer: "hang"; after: number; jobFails?: true }
  | { phase: "never"; answer: "hang" };

/** What a vendor's document says of a code that answers a create. */
export interface Meaning {
  /** In one word, of those that the contract's errors have one each for. */
  kind: string;
  /** Nothing was made, and asking again changes nothing. */
  isDefinite: boolean;
  /** The time of the signature is wrong. */
  isClock: boolean;
  /** Not now. */
  isBusy: boolean;
  /** The first call under the token has failed. */
  isSpent: boolean;
  /** A connection that the request has made before would be answered so. */
  mayBeOurs: boolean;
  /** There is no room: no sign of an earlier sending to a vendor that knows its token. */
  isQuota: boolean;
}

/** Every code of either vendor's documents, by what it says of a create: written down apart from the code under test. */
const groups: Record<ProviderName, readonly (readonly [meaning: string, codes: readonly string[]])[]> = {
  alibaba: Object.entries(documented.alibaba),
  tencent: Object.entries(documented.tencent),
};

const meanings = { alibaba: toMeanings("alibaba"), tencent: toMeanings("tencent") };

function toMeanings(vendor: ProviderName): ReadonlyMap<string, Meaning> {
  return new Map(
    groups[vendor].flatMap(([words, codes]) => codes.map((code) => [code.toLowerCase(), toMeaning(words)])),
  );
}

function toMeaning(words: string): Meaning {
  const [kind = "", ...marks] = words.split(", ");
  return {
    kind,
    isDefinite: ["validation", "auth", "quota", "not-found"].includes(kind),
    isClock: marks.includes("clock"),
    isBusy: kind === "retry" || (kind === "conflict" && marks.length === 0),
    isSpent: marks.includes("failed"),
    mayBeOurs: marks.includes("may be ours"),
    isQuota: kind === "quota",
  };
}

/** Undefined for a code that stands in no document: then nothing is known of it. */
export function meaningOf(vendor: ProviderName, code: string): Meaning | undefined {
  return meanings[vendor].get(code.toLowerCase());
}

/** Whether the document says of the code that nothing was made: the one word of a vendor's that is believed. */
export function isDefinite(vendor: ProviderName, code: string): boolean {
  return meaningOf(vendor, code)?.isDefinite ?? false;
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

/** Of nobody's document. */
const unheardOf = ["Vpn.NobodyKnows", "OperationUndefined.New"];

/** Each meaning comes as often as any other; letters may be other than in the documents. */
function drawCode(random: Random, vendor: ProviderName): string {
  if (random.chance(0.05)) return random.pick(unheardOf);
  const code = random.pick(random.chance(0.3) ? frequentCodes[vendor] : random.pick(groups[vendor])[1]);
  return random.chance(0.1) ? code.toUpperCase() : code;
}

/** `arrival`: the latest that a call can arrive, in milliseconds. */
export function drawCreateFault(random: Random, vendor: ProviderName, arrival: number): VendorFault {
  switch (random.integer(1, 15)) {
    case 1:
      return { phase: "never", answer: "hang" };
    case 2:
    case 3:
      return { phase: "late", answer: "hang", after: random.integer(1000, arrival), ...drawJob(random) };
    case 4:
      return drawTurnedAway(random);
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
        answer: random.pick(["hang", "reset", "500", "html", "garbage", "odd", "empty id"]),
        ...drawJob(random),
      };
  }
}

/** What was made for nobody to hear of may be gone again when it is looked for. */
const drawJob = (random: Random) => (random.chance(0.25) ? { jobFails: true as const } : {});

/** That the very thing that was asked for is not there: the one answer to a question that has to be believed. */
export const denial = /vpnconn\w*\.notfound|^resourcenotfound|recordnotexist/i;

/** Of what a read needs beside what it asks for: another thing is not there, or may not be seen. */
const aside: Record<ProviderName, readonly string[]> = {
  alibaba: [...(documented.alibaba["not-found"] ?? []), "Forbidden.RAM"],
  tencent: [...(documented.tencent["not-found"] ?? []), "UnauthorizedOperation"],
};

/** Nothing has come of it; where a limit was reached, the vendor may say until when it wants to be left alone. */
function drawTurnedAway(random: Random): VendorFault {
  const answer = random.pick(["refused", "reset", "html", "throttled", "throttled"] as const);
  if (answer !== "throttled") return { phase: "before", answer };
  return { phase: "before", answer, wait: random.pick([500, 1000, 7500, 90_000, 3_600_000]) };
}

export function drawReadFault(random: Random, vendor: ProviderName, action: string): VendorFault {
  switch (random.integer(1, 4)) {
    case 1:
      return { phase: "never", answer: "hang" };
    case 2:
      return drawTurnedAway(random);
    case 3: {
      const code = random.chance(0.25) ? random.pick(aside[vendor]) : drawCode(random, vendor);
      const isDenied = action.startsWith("DescribeVpnConnection") && denial.test(code);
      return { phase: "before", answer: "code", code: isDenied ? "InternalError" : code };
    }
    default:
      return { phase: "after", answer: random.pick(["garbage", "odd"]) };
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

/** The same answer with something else in place of every member but the id that its request has. */
function distort(answer: VendorAnswer): VendorAnswer {
  if (answer.code !== undefined) return answer;
  const odd = (body: object) =>
    Object.fromEntries(Object.entries(body).map(([name, is]) => [name, name === "RequestId" ? is : { odd: true }]));
  const body = answer.body as { Response?: object };
  return { ...answer, body: body.Response ? { Response: odd(body.Response) } : odd(body) };
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
      return { kind: "answer", answer: cloud.throttled(fault.wait) };
    case "odd":
      return { kind: "answer", answer: distort(answer ?? cloud.throttled()) };
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
