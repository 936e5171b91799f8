import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { VendorProblem } from "../rules.ts";
import type { AccessKey } from "../simulator.ts";
import type { WireRequest } from "../wire-request.ts";

const maxSkewSeconds = 300;
const tc3Form =
  /^TC3-HMAC-SHA256 Credential=([^/]+)\/(\d{4}-\d\d-\d\d)\/([^/]+)\/tc3_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/**
 * Refuses a request whose TC3-HMAC-SHA256 signature is not the account's. The service comes from the
 * Credential scope: the Node SDK derives it from the endpoint's name, so that it is not always `vpc`.
 * Source: "Signature method v3" of the API documentation, as the Node SDK does it.
 */
export function verifySignature(request: WireRequest, accessKey: AccessKey, now: number): void {
  const authorization = request.headers.get("authorization") ?? "";
  const [, id, date = "", service = "", signedHeaderList = "", signature = ""] = tc3Form.exec(authorization) ?? [];
  if (id === undefined) throw new VendorProblem({ code: "AuthFailure.InvalidAuthorization" });
  if (id !== accessKey.id) throw new VendorProblem({ code: "AuthFailure.SecretIdNotFound" });

  const timestamp = Number(request.headers.get("x-tc-timestamp") ?? NaN);
  if (!(Math.abs(now / 1_000 - timestamp) <= maxSkewSeconds)) {
    throw new VendorProblem({ code: "AuthFailure.SignatureExpire" });
  }
  const scope = `${date}/${service}/tc3_request`;
  const key = [date, service, "tc3_request"].reduce<Buffer | string>(
    (secret, part) => createHmac("sha256", secret).update(part).digest(),
    `TC3${accessKey.secret}`,
  );
  const signed = signedHeaderList.split(";").includes("host") && sameDay(date, timestamp);
  const matches = canonicalRequests(request, signedHeaderList).some((canonical) => {
    const toSign = `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256(canonical)}`;
    return equal(createHmac("sha256", key).update(toSign).digest("hex"), signature);
  });
  if (!signed || !matches) throw new VendorProblem({ code: "AuthFailure.SignatureFailure" });
}

/**
 * The Node SDK signs the host without its port and sends it with it, other clients sign what they send;
 * the documentation asks for lower-case values, not every client obeys. Each form is as good a proof.
 */
function canonicalRequests(request: WireRequest, signedHeaderList: string): string[] {
  const host = request.headers.get("host") ?? "";
  const forms = [host, host.replace(/:\d+$/, "")].flatMap((hostForm) => {
    const lines = signedHeaderList.split(";").map((name) => {
      const value = name === "host" ? hostForm : (request.headers.get(name) ?? "").trim();
      return `${name}:${value}\n`;
    });
    return [lines.join(""), lines.join("").toLowerCase()];
  });
  return forms.map((headerLines) =>
    [request.method, request.path, request.query, headerLines, signedHeaderList, sha256(request.body)].join("\n"),
  );
}

function sameDay(date: string, timestamp: number): boolean {
  return new Date(timestamp * 1_000).toISOString().startsWith(date);
}

function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
