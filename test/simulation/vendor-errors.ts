import type { ProviderName } from "../../functions/domain/values.ts";
import type { Delivery } from "../../packages/simulators/src/exchange.ts";
import type { VendorAnswer } from "../../packages/simulators/src/vendor-call.ts";

/** What the vendors' SDKs throw, member for member, as measured against local servers. */

type Sent = Readonly<Record<string, unknown>>;

/** Both SDKs have messages that carry the URL, and at Alibaba a URL can carry the key: here it always does. */
const urlWith = (sent: Sent) => `POST http://127.0.0.1/?${JSON.stringify(sent)}`;

export function timeoutError(vendor: ProviderName, sent: Sent): Error {
  if (vendor === "tencent") return tencentException("network timeout at: https://vpc.tencentcloudapi.com/");
  return Object.assign(new Error(`ReadTimeout(20000). ${urlWith(sent)}`), { name: "RequestTimeoutError" });
}

function resetError(vendor: ProviderName, sent: Sent): Error {
  if (vendor === "tencent") {
    return tencentException("request to https://vpc.tencentcloudapi.com/ failed, reason: socket hang up");
  }
  return Object.assign(new Error(`socket hang up ${urlWith(sent)}`), { code: "ECONNRESET" });
}

/** The one failure that proves that nothing was sent. */
export function refusedError(vendor: ProviderName, sent: Sent): Error {
  const reason = "connect ECONNREFUSED 127.0.0.1:443";
  if (vendor === "tencent") {
    return tencentException(`request to https://vpc.tencentcloudapi.com/ failed, reason: ${reason}`);
  }
  return Object.assign(new Error(`${reason} ${urlWith(sent)}`), { code: "ECONNREFUSED" });
}

/** The decoded body that the SDK's call answers; throws what it throws. */
export function receive(vendor: ProviderName, delivery: Delivery, sent: Sent): Record<string, unknown> {
  switch (delivery.kind) {
    case "hang":
      throw timeoutError(vendor, sent);
    case "reset":
      throw resetError(vendor, sent);
    case "text":
      throw unreadable(vendor, delivery);
    case "answer":
      return vendor === "alibaba" ? receiveAlibaba(delivery.answer) : receiveTencent(delivery.answer);
  }
}

function unreadable(vendor: ProviderName, { status, text }: { status: number; text: string }): Error {
  if (vendor === "alibaba") return new SyntaxError(`Unexpected token in JSON at position 0: ${text}`);
  if (status !== 200) return tencentException(`Bad Gateway: ${text}`, { httpCode: status });
  return Object.assign(new Error(`invalid json response body, reason: ${text}`), {
    name: "FetchError",
    type: "invalid-json",
  });
}

function receiveAlibaba({ status, body, headers }: VendorAnswer): Record<string, unknown> {
  const fields = body as Record<string, unknown>;
  const code = fields["Code"];
  if (status < 400 || typeof code !== "string") return fields;
  const name = code.includes("Throttling") ? "ThrottlingError" : status < 500 ? "ClientError" : "ServerError";
  const message = `${code}: code: ${status}, ${String(fields["Message"])} request id: ${String(fields["RequestId"])}`;
  const wait = Number(headers?.["x-acs-retry-after"]);
  throw Object.assign(new Error(message), {
    name,
    code,
    statusCode: status,
    requestId: fields["RequestId"],
    data: fields,
    ...(wait > 0 ? { retryAfter: wait } : {}),
  });
}

function receiveTencent({ status, body }: VendorAnswer): Record<string, unknown> {
  const { Response } = body as { Response: Record<string, unknown> };
  if (status !== 200) throw tencentException("not 200", { httpCode: status });
  const failure = Response["Error"] as { Code: string; Message: string } | undefined;
  if (!failure) return Response;
  throw tencentException(failure.Message, { code: failure.Code, requestId: String(Response["RequestId"]) });
}

function tencentException(message: string, facts: { code?: string; httpCode?: number; requestId?: string } = {}) {
  return Object.assign(new Error(message), { requestId: "", traceId: "00000000", ...facts });
}
