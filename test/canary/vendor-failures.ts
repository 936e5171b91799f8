import type { Status } from "../../functions/domain/record/status.ts";
import type { ProviderName } from "../../functions/domain/values.ts";
import { type Answer, answerWith } from "./recorder.ts";
import { actionOf, type Vendors } from "./vendors.ts";

/** How a vendor's create goes wrong, and how the request ends. */
export interface VendorFailure {
  name: string;
  /** A simulator's fault, less its action and gateway. */
  fault: Record<string, unknown>;
  status: Status;
  /** The code of its error, if it ends with one. */
  code?: string;
  /** Whether it goes on until the request's time is over. */
  untilDeadline?: true;
}

const codes = {
  alibaba: {
    validation: "InvalidParameter.VpnConnectionName",
    auth: "Forbidden",
    quota: "Resource.QuotaFull",
    missing: "InvalidCustomerGatewayInstanceId.NotFound",
    busy: "VpnGateway.Configuring",
  },
  tencent: {
    validation: "InvalidParameterValue.Malformed",
    auth: "UnauthorizedOperation",
    quota: "LimitExceeded",
    missing: "ResourceNotFound",
    busy: "ResourceInUse",
  },
};

/** Every class of failure. Vendors repeat in their messages what they were sent, and so do these. */
export function failuresOf(vendor: ProviderName, key: string): VendorFailure[] {
  const { validation, auth, quota, missing, busy } = codes[vendor];
  const message = `the value {"Psk":"${key}"} of the request is not accepted: ${encodeURIComponent(key)}`;
  const error = (code: string, times = 1) => ({ kind: "error", code, message, times });
  const lost = (kind: string, more = {}): VendorFailure => ({
    name: kind,
    fault: { kind, ...more },
    status: "succeeded",
  });
  return [
    { name: "validation", fault: error(validation), status: "failed", code: "provider_validation" },
    { name: "auth", fault: error(auth), status: "failed", code: "provider_auth" },
    { name: "quota", fault: error(quota), status: "failed", code: "provider_quota" },
    { name: "not found", fault: error(missing), status: "failed", code: "provider_not_found" },
    { name: "conflict", fault: error(busy, 2), status: "succeeded" },
    { name: "a code that nobody knows", fault: error("Canary.NewCode"), status: "succeeded" },
    { name: "throttling", fault: { kind: "throttle", times: 2 }, status: "succeeded" },
    {
      name: "throttling without end",
      fault: { kind: "throttle", times: 10_000 },
      // Refused before it ran, as a look shows once the last create's time is over.
      status: "failed",
      code: "provider_throttled",
      untilDeadline: true,
    },
    {
      name: "lost answers without end",
      fault: { kind: "reset-before", times: 10_000 },
      status: "unknown",
      ...(vendor === "alibaba" ? { code: "deadline_exceeded", untilDeadline: true } : { code: "outcome_unknown" }),
    },
    { name: "a failed job", fault: { kind: "task-failed" }, status: "failed", code: "provider_internal" },
    lost("reset-before"),
    lost("reset-after"),
    lost("hang-after", { milliseconds: 100 }),
    lost("http-500-after"),
    lost("http-502-html"),
    lost("garbage-body"),
    lost("empty-id"),
  ];
}

/** Has the create for a gateway go wrong so. */
export function injectFault(vendors: Vendors, vendor: ProviderName, gatewayId: string, fault: object) {
  return vendors.control(vendor, "POST", "/faults", { action: "CreateVpnConnection", gatewayId, ...fault });
}

/**
 * Has the vendor's next answers to calls that name this be these in turn, the last after the call took effect. Parsers
 * quote what they cannot read, and proxies what they could not pass on.
 */
export function answerInstead(
  { recorders }: Vendors,
  vendor: ProviderName,
  { named, action, answers }: { named: string; action?: string; answers: Answer[] },
): void {
  const recorder = recorders[vendor];
  const { intervene } = recorder;
  const left = [...answers];
  recorder.intervene = async (received, forward) => {
    const meant = received.body.includes(named) && (action === undefined || actionOf(vendor, received) === action);
    const answer = meant ? left.shift() : undefined;
    if (!answer) return intervene(received, forward);
    if (left.length === 0) await intervene(received, forward);
    return answer;
  };
}

/** Keeps the vendor from hearing of creates for a gateway until the answered function is called. */
export function holdCreates({ recorders }: Vendors, vendor: ProviderName, gatewayId: string): () => void {
  const recorder = recorders[vendor];
  const { intervene } = recorder;
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  recorder.intervene = async (received, forward) => {
    if (actionOf(vendor, received) === "CreateVpnConnection" && received.body.includes(gatewayId)) await released;
    return intervene(received, forward);
  };
  return () => release();
}

/** Answers that no SDK can read, each with the key in it. */
export const unreadable = (key: string): Answer[] => [
  answerWith(200, `{"Psk":"${key}`),
  answerWith(200, JSON.stringify({ VpnConnectionId: [key], Response: { VpnConnection: { VpnConnectionId: [key] } } })),
  answerWith(502, `<html><pre>Psk=${key}</pre></html>`, "text/html"),
];
