import type { Heard } from "../heard.ts";
import type { Invocation } from "../invocation.ts";
import { denial, meaningOf } from "../vendor-faults.ts";
import { describe, type Row, writingOf } from "./row.ts";
import type { Violated } from "./violation.ts";

/** Seconds for which a vendor is left alone, whatever it asks for. */
const mostWait = 600;

/** The contract's error for each kind of answer. */
const errorOf: Record<string, string> = {
  validation: "provider_validation",
  auth: "provider_auth",
  quota: "provider_quota",
  "not-found": "provider_not_found",
  exists: "semantic_duplicate",
  conflict: "provider_conflict",
  retry: "provider_throttled",
  ambiguous: "provider_internal",
};

/** Of a gateway that is not there. */
const gone = /vpngateway\w*\.notfound/i;

/** What a vendor answers to questions, what its answers are told as, and what it asks for itself. */
export class Reads {
  readonly #violated: Violated;
  /** Milliseconds for which a vendor has asked an invocation to leave it alone, until that is written. */
  readonly #waits = new WeakMap<Invocation, number[]>();
  /** Those that were refused something: what else comes, of several questions at once, may be told by the next one. */
  readonly #refused = new WeakSet<Invocation>();

  constructor(violated: Violated) {
    this.#violated = violated;
  }

  /** A create leaves. */
  noteSent({ name, seesWork }: Invocation): void {
    if (seesWork) this.#violated("no create while the gateway works", `${name} has seen that it does`);
  }

  noteAnswered(sender: Invocation, { failed, isOdd, isAtWork, wait = 0 }: Heard): void {
    if (isAtWork !== undefined) sender.seesWork = isAtWork;
    const waits = this.#waits.get(sender);
    if (wait > 0 && sender.generation !== undefined && (waits || !this.#refused.has(sender))) {
      this.#waits.set(sender, [...(waits ?? []), wait]);
    }
    if (failed || isOdd) this.#refused.add(sender);
  }

  /** What stands in its way is told by what the vendor's documents say of it, and until when the vendor is left alone. */
  noteWrite(row: Row, before: Row | undefined, writer: Invocation): void {
    if (writer.what.startsWith("AwaitProvisioned")) this.#requireAbsent(row, before, writer);
    const { problemCode, problemClass, refusalCode, refusedWith } = row;
    const vendor = row.provider === "alibaba" ? "alibaba" : "tencent";
    const problem = meaningOf(vendor, problemCode ?? "");
    if (problem && problemClass !== problem.kind)
      this.#wrong(row, `${problemCode} is ${problem.kind}, not ${problemClass}`);
    const isSame = (["problem", "problemClass", "problemCode"] as const).every(
      (member) => row[member] === before?.[member],
    );
    const isNext = (isSame || problem?.isClock) && row.problemCount - (before?.problemCount ?? 0) <= 1;
    if (row.problemCount > 1 && !isNext) this.#wrong(row, `${problemCode} stands in its way for the first time`);
    const refusal = meaningOf(vendor, refusedWith ?? "");
    // A clock that is wrong for good is about access.
    const isMeant = refusal && [errorOf[refusal.kind], refusal.isClock && "provider_auth"].includes(refusalCode);
    if (refusal && !isMeant && before?.refusedWith !== refusedWith) {
      this.#wrong(row, `${refusedWith} is ${refusal.kind}, and it is refused with ${refusalCode}`);
    }
    const waits = this.#waits.get(writer);
    if (!waits || row.notBefore === before?.notBefore) return;
    this.#waits.delete(writer);
    const written = writer.calls.findLast(({ label }) => label === writingOf(row.id))?.at ?? 0;
    const until = (Date.parse(row.notBefore ?? "") - written - writer.skew) / 1000;
    const isRespected = waits.some((wait) => Math.abs(until - Math.min(Math.ceil(wait / 1000), mostWait)) < 1);
    if (!isRespected) this.#wrong(row, `the vendor asked for ${waits.join(", ")} ms, and is left alone for ${until} s`);
  }

  /** That a connection is not there, is said by an answer that says so, and not of another thing. */
  #requireAbsent(row: Row, before: Row | undefined, { name, calls }: Invocation): void {
    const isNew =
      row.statusReason !== before?.statusReason && row.statusReason.includes(`${row.connectionId} is not found`);
    const { isGood, code = "" } = calls.findLast(({ label }) => label.startsWith("DescribeVpnConnection")) ?? {};
    if (isNew && !isGood && !denial.test(code)) this.#wrong(row, `${name} has not heard so, but ${code || "nothing"}`);
  }

  /** A step has done what it is for. */
  noteReturned({ what, name, seesWork }: Invocation): void {
    if (!what.startsWith("AwaitProvisionedAlibaba") || seesWork === false) return;
    this.#violated("success equals the request", `${name} ends, and its gateway is at work`);
  }

  /** A try of a run has ended. */
  noteThrown(sender: Invocation, error: Error, row: Row | undefined): void {
    if (sender.what.startsWith("AwaitProvisioned") && row) this.#requireRead(sender, error, row);
    const isUntold = this.#waits.has(sender) && ["ProviderUnavailable", "Throttled"].includes(error.name);
    if (isUntold && row) this.#wrong(row, `the vendor asked ${sender.name} to be left alone, and nobody knows`);
  }

  /** That a gateway is gone ends what is made there; a task that may not be read leaves the connection to be asked for. */
  #requireRead({ name, calls, skew }: Invocation, { name: error }: Error, row: Row): void {
    const { code = "" } = calls.findLast(({ label }) => /^DescribeVpnGateways?$/.test(label)) ?? {};
    const { at = 0 } = calls.find(({ label }) => label.startsWith("Describe")) ?? {};
    const isSettled = at + skew >= Date.parse(row.create["settledAt"]?.S ?? "");
    if (error === "StillProvisioning" && gone.test(code) && isSettled) {
      this.#wrong(row, `goes on, and ${name} has heard ${code}`);
    }
    const task = calls.findIndex(({ label }) => label.startsWith("DescribeVpcTaskResult"));
    const isAsked = calls.slice(task + 1).some(({ label }) => label.startsWith("DescribeVpnConnections"));
    const isDenied = meaningOf("tencent", calls[task]?.code ?? "")?.kind === "auth";
    if (isDenied && !isAsked) this.#wrong(row, `is not asked for by ${name}, which may not read its task`);
  }

  #wrong(row: Row, detail: string): void {
    this.#violated("an answer is believed for what it is", `${describe(row)} ${detail}`);
  }
}
