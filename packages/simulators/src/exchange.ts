import type { CallJournal } from "./call-journal.ts";
import type { Fault, FaultQueue } from "./faults.ts";
import type { Cloud, ProviderCall, VendorAnswer } from "./vendor-call.ts";

/** What becomes of an answer on its way back to the caller. */
export type Delivery =
  | { readonly kind: "answer"; readonly answer: VendorAnswer }
  | { readonly kind: "text"; readonly status: number; readonly type: string; readonly text: string }
  | { readonly kind: "hang"; readonly milliseconds?: number | undefined }
  | { readonly kind: "reset" };

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
  let outcome = "not-performed";
  const perform = (): VendorAnswer => {
    const sabotage = fault?.kind === "task-failed" ? { residue: fault.residue } : undefined;
    const answer = cloud.handle(call, sabotage);
    outcome = answer.code ?? "ok";
    return answer;
  };
  const delivery = fault ? deliverFaultily(fault, cloud, perform) : ({ kind: "answer", answer: perform() } as const);
  journal.record(call, outcome, fault?.kind);
  return delivery;
}

function deliverFaultily(fault: Fault, cloud: Cloud, perform: () => VendorAnswer): Delivery {
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
