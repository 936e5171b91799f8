import { describe, expect, it } from "vitest";
import type { CodeMeaning } from "../../../functions/domain/provider/provider-code.ts";
import { toRequestError } from "../../../functions/domain/provider/request-error.ts";
import * as alibaba from "../../../functions/providers/alibaba/errors.ts";
import { nameReference } from "../../../functions/providers/name-reference.ts";
import * as tencent from "../../../functions/providers/tencent/errors.ts";

/** One code of each family that has no table entry; `Surprise` is of none. */
const guessed = {
  alibaba: [
    "Throttling.X",
    "MissingAccessKeyId",
    "InvalidTimeStamp.X",
    "SignatureNonceUsed.X",
    "Forbidden.TagKey.X",
    "Forbidden.X",
    "ClientTokenProcessing",
    "IdempotentFailed.X",
    "InvalidVpcId.NotFound",
    "VpnConnection.AlreadyExist",
    "OperationFailed",
    "Quota.X",
    "VpnGateway.Updating",
    "OperationFailed.X",
    "Surprise",
  ],
  tencent: [
    "RequestLimitExceeded.X",
    "AuthFailure.SignatureExpired",
    "AuthFailure.X",
    "ResourceNotFound.X",
    "FailedOperation.NoBalance",
    "ResourcesSoldOut",
    "FailedOperation.X",
    "OperationDenied.X",
    "UnsupportedOperation.X",
    "Surprise",
  ],
} as const;

/** Tells to make another request of it: an imperative at the beginning, or after "or" and the like. */
const changes =
  /(^|[,:;] |\bor |\band )(change|correct|shorten|write|merge|rename|remove|compare the request|leave|use (another|a newer|routing)|name another|send two|give|add|fill in|set (tunnels|routing|vpcId|autoConfigureRoutes))\b/i;
/** Tells to send the same one again. */
const repeats = /\b(send|sent|sending|try|run) .*\bagain\b|\b(resend|retry|replay|wait)\b/i;

describe.each([
  ["alibaba", alibaba, guessed.alibaba],
  ["tencent", tencent, guessed.tencent],
] as const)("%s", (vendor, { classify, providerErrors, toProviderError }, families) => {
  const cases = [
    ...Object.entries(providerErrors),
    ...families.map((code): [string, CodeMeaning] => [code, classify(code)]),
  ];
  const retryableOf = ([, { class: meaning, advice }]: [string, CodeMeaning]) =>
    toRequestError(vendor, { action: "CreateVpnConnection", class: meaning, advice }).retryable;

  it("has families for these codes that are not in the table", () => {
    expect(families.filter((code) => classify(code).known)).toEqual([]);
    expect(new Set(families.map((code) => classify(code).advice)).size).toBeGreaterThan(6);
  });

  it("advises nobody to change a request that may do better as it is", () => {
    const wrong = cases.filter((one) => retryableOf(one) && changes.test(one[1].advice));
    expect(wrong.map(([code, { advice }]) => `${code}: ${advice}`)).toEqual([]);
  });

  it("advises nobody to send a request again that cannot do better", () => {
    const wrong = cases.filter((one) => !retryableOf(one) && repeats.test(one[1].advice));
    expect(wrong.map(([code, { advice }]) => `${code}: ${advice}`)).toEqual([]);
  });

  it("knows advice of both kinds when it sees it", () => {
    const validations = cases.filter(([, { class: meaning }]) => meaning === "validation");
    expect(validations.filter(([, { advice }]) => changes.test(advice)).length).toBeGreaterThan(validations.length / 2);
    const conflicts = cases.filter(([, { class: meaning }]) => meaning === "conflict");
    expect(conflicts.filter(([, { advice }]) => repeats.test(advice)).length).toBeGreaterThan(conflicts.length / 2);
  });

  it("says of a question that was answered with an error of the vendor's own that the way there is open", () => {
    const read = "DescribeVpnConnections";
    const adviceOn = (thrown: object) => toProviderError(read, thrown).facts;
    const codes = cases.filter(([, { class: meaning }]) => meaning === "ambiguous").map(([code]) => code);
    expect(codes).toContain("ServiceUnavailable");
    for (const code of codes) {
      const { class: kind, advice } = adviceOn({ code, statusCode: 503, requestId: "R-1" });
      expect({ kind, advice }).toEqual({ kind: "ambiguous", advice: expect.stringMatching(/^Look at .* status page/) });
      expect(advice).not.toMatch(/network|before sending|lost/);
    }
    expect(adviceOn({ code: "ECONNRESET" }).advice).toMatch(/^Check the network/);
  });

  it("has three words for what was answered with no code, as docs/site/statuses.md tells them", () => {
    const thrown = [
      { code: "ECONNREFUSED" },
      { code: "ERR_INVALID_CHAR", message: "x is not a legal HTTP header value" },
      { code: "ECONNRESET" },
      { statusCode: 502, httpCode: 502 },
      new Error("anything"),
      undefined,
    ];
    const classes = thrown.map((one) => toProviderError("DescribeVpnConnections", one).facts.class);
    expect(new Set(classes)).toEqual(new Set(["retry", "auth", "ambiguous"]));
  });

  const ofAccess = cases.filter(([, { class: meaning }]) => meaning === "auth").map(([code]) => code);

  it.each(ofAccess)(
    "names the tenant's credentials, and not the broker's variables, where those were used: %s",
    (code) => {
      const thrown = { code, statusCode: 403, requestId: "R-1" };
      const { facts } = nameReference({ classify, toProviderError }, "team-a", () => undefined).toProviderError(
        "CreateVpnConnection",
        thrown,
      );
      const own = toProviderError("CreateVpnConnection", thrown).facts.advice;
      expect(facts.advice).toMatch(/^The call was made with the tenant's credentials "team-a"\. [A-Z].*\.$/);
      expect(facts.advice).not.toMatch(/[A-Z]_[A-Z]/);
      expect(/accessKey|securityToken/.test(facts.advice)).toBe(/[A-Z]_[A-Z]/.test(own));
    },
  );

  it.each(cases.map(([code]) => code))("never tells an answer with the code %s as lost", (code) => {
    const thrown = { code, statusCode: 400, requestId: "R-1", message: "" };
    const { facts, message } = toProviderError("CreateVpnConnection", thrown);
    expect(facts).toMatchObject({ providerCode: code, providerRequestId: "R-1" });
    expect(message).toBe(`CreateVpnConnection: ${code} (${facts.class})`);
    const error = toRequestError(vendor, facts);
    expect(error).toMatchObject({ providerCode: code, providerRequestId: "R-1" });
    expect(error.message).toMatch(new RegExp(`^\\w+ Cloud answered CreateVpnConnection with ${code}$`));
    expect(`${error.message} ${error.advice}`).not.toMatch(/\blost\b|no readable answer/);
  });
});

it.each(["SetDPD", "SetNatTraversal"])("says how a gateway that is too old for %s can be used all the same", (what) => {
  expect(alibaba.classify(`OperationUnsupported.${what}`).advice).toContain('"vendor-default"');
});
