import type { CallJournal } from "./call-journal.ts";
import type { Fault, FaultQueue } from "./faults.ts";
import type { Cloud, ProviderCall, VendorAnswer } from "./vendor-call.ts";

/** What becomes of an answer on its way back to the caller. */
export type Delivery =
  | { readonly kind: "answer"; readonly answer: VendorAnswer }
  | { readonly kind: "text"; readonly status: number; readonly type: string; readonly text: string }
  | { readonly kind: "hang"; readonly milliseconds?: number | undefined; readonly late?: LateEffect }
  | { readonly kind: "reset" };

/**
 * What a call does after its caller has given up. It is in nobody's memory but that of the process which carries it: one
 * that ends before has lost it, as a network loses a call.
 */
export interface LateEffect {
  readonly afterMilliseconds: number;
  readonly perform: () => void;
}

/** The parts a call passes through; all of them synchronous and without I/O. */
export interface Exchange {
  readonly cloud: Cloud;
  readonly faults: FaultQueue;
  readonly journal: CallJournal;
}

const gatewayErrorPage = "<html><body><h1>502 Bad Gateway</h1></body></html>";

/** Carries out one call with the fault it runs into, and writes it into the journal. */
export function exchangeCall({ cloud, faults, journal }: Exchange, call: ProviderCall): Delivery {
  const fault = faults.take(call);
  const entry = journal.record(call, "not-performed", fault?.kind);
  const perform = (): VendorAnswer => {
    const sabotage = fault?.kind === "task-failed" ? { residue: fault.residue } : undefined;
    const answer = cloud.handle(call, sabotage);
    entry.outcome = answer.code ?? "ok";
    return answer;
  };
  if (!fault) return { kind: "answer", answer: perform() };
  if (fault.kind !== "late") return deliverFaultily(fault, cloud, perform);
  const { generation } = faults;
  const performUnlessForgotten = () => {
    if (faults.generation === generation) perform();
  };
  return {
    kind: "hang",
    milliseconds: fault.closedAfterMilliseconds,
    late: { afterMilliseconds: fault.milliseconds, perform: performUnlessForgotten },
  };
}

function deliverFaultily(fault: Exclude<Fault, { kind: "late" }>, cloud: Cloud, perform: () => VendorAnswer): Delivery {
  switch (fault.kind) {
    case "error":
      return { kind: "answer", answer: cloud.failure(fault.code, fault.status, fault.message) };
    case "error-after-effect":
      perform();
      return { kind: "answer", answer: cloud.failure(fault.code, fault.status, fault.message) };
    case "throttle":
      return { kind: "answer", answer: cloud.throttled() };
    case "task-failed":
      return { kind: "answer", answer: perform() };
    case "empty-id":
      return { kind: "answer", answer: cloud.withoutConnectionId(perform()) };
    case "hang-before":
      return { kind: "hang", milliseconds: fault.milliseconds };
    case "hang-after":
      perform();
      return { kind: "hang", milliseconds: fault.milliseconds };
    case "reset-before":
      return { kind: "reset" };
    case "reset-after":
      perform();
      return { kind: "reset" };
    case "http-500-after":
      perform();
      return { kind: "text", status: 500, type: "text/plain", text: "Internal Server Error" };
    case "http-502-html":
      if (fault.afterEffect) perform();
      return { kind: "text", status: 502, type: "text/html", text: gatewayErrorPage };
    case "garbage-body":
      perform();
      return { kind: "text", status: 200, type: "application/json", text: '{"RequestId": "cut o' };
  }
}
