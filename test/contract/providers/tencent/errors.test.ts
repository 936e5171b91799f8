import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { Client } from "tencentcloud-sdk-nodejs/tencentcloud/services/vpc/v20170312/vpc_client.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ProviderError } from "../../../../functions/domain/provider/provider-error.ts";
import { classify, providerErrors, toProviderError } from "../../../../functions/providers/tencent/errors.ts";
import documentCodes from "../../../fixtures/tencent-document-codes.json" with { type: "json" };

const codes = (list: string, prefix = "") =>
  list
    .trim()
    .split(/\s+/)
    .map((code) => prefix + code);

/** Listed by class a second time, away from the table, so that a slip in one of the two shows. */
const expectedClass: Record<string, string[]> = {
  retry: [
    ...codes("RequestLimitExceeded AuthFailure.SignatureExpire"),
    ...codes("IPLimitExceeded UinLimitExceeded GlobalRegionUinLimitExceeded", "RequestLimitExceeded."),
  ],
  conflict: [
    ...codes("ResourceInUse ResourceBusy ResourceUnavailable ActionLocked OperationDenied.MutexTaskRunning"),
    ...codes(
      `InvalidState TagAllocate TagFree MutexOperationTaskRunning ResourceProcessing DeleteVpnConnInvalidState
       VpnConnInvalidState`,
      "UnsupportedOperation.",
    ),
  ],
  quota: [
    ...codes("LimitExceeded ResourceInsufficient InvalidParameterValue.TagNotAllocatedQuota"),
    ...codes(
      "TagKeyExceeded TagKeyPerResourceExceeded TagNotEnoughQuota TagQuota TagQuotaExceeded TagTagsExceeded",
      "LimitExceeded.",
    ),
  ],
  validation: [
    ...codes(`
      InvalidParameter InvalidParameter.Coexist MissingParameter UnknownParameter InvalidAction NoSuchVersion
      NoSuchProduct UnsupportedRegion RequestSizeLimitExceeded UnsupportedOperation
      FailedOperation.BalanceInsufficient`),
    ...codes(
      `Duplicate Empty Malformed TooLong TagDuplicateKey TagDuplicateResourceType TagInvalidKey TagInvalidKeyLen
       TagInvalidVal TagKeyNotExists TagNotExisted TagNotSupportTag TagResourceFormatError TagTimestampExceeded
       TagValNotExists VpcCidrConflict VpnConnBgpTunnelCidrConflict VpnConnBgpTunnelCidrMask
       VpnConnBgpTunnelCidrNotSupported VpnConnCidrConflict VpnConnHealthCheckIpConflict VpnConnSpdCidrConflict`,
      "InvalidParameterValue.",
    ),
    ...codes(
      `TagSystemReservedTagKey VpnUnsupportedBgp VpnUnsupportedBgpAsnEqual VpnUnsupportedNotExistBgpAsn
       VpnConnCidrNotSupportedHealthCheck VpnConnDestCidrConflictWithPrivateNet VpnConnRouteTypeMixed
       VpnGwVpcIdMustHave VpnGwVpcIdNotHave VpnUnsupportedUsrGwNotExistBgpAsn VpnConnSPDOverlap VersionNotSupported
       InsufficientFunds UnpaidOrderAlreadyExists`,
      "UnsupportedOperation.",
    ),
  ],
  auth: [
    ...codes("UnauthorizedOperation IpInBlacklist IpNotInWhitelist UnsupportedOperation.TagNotPermit"),
    ...codes(
      `InvalidAuthorization InvalidSecretId MFAFailure SecretIdNotFound SignatureFailure TokenFailure
       UnauthorizedOperation`,
      "AuthFailure.",
    ),
  ],
  "not-found": codes("ResourceNotFound InvalidVpnGatewayId.NotFound UnsupportedOperation.RecordNotExists"),
  ambiguous: codes(`
    InternalError InternalError.ModuleError InternalServerError FailedOperation FailedOperation.TaskFailed
    ServiceUnavailable`),
};
const expectedEntries = Object.entries(expectedClass).flatMap(([name, list]) =>
  list.map((code) => [code, name] as const),
);

/** Codes that no document has, by what the documented ones of their kind mean. */
const unknownCodes = {
  retry: codes("RequestLimitExceeded.Something AuthFailure.SignatureExpired AuthFailure.InvalidTimestamp"),
  auth: codes(`
    AuthFailure AuthFailure.Something UnauthorizedOperation.NoRealNameAuthentication IpInBlacklist.Something
    IpNotInWhitelist.Something UnsupportedOperation.SomethingNotPermitted`),
  "not-found": codes(`
    ResourceNotFound.Something InvalidCustomerGatewayId.NotFound UnsupportedOperation.RecordNotExist`),
  quota: codes(`
    LimitExceeded.Something LimitExceeded.TagSomething ResourceInsufficient.Something QuotaExceeded ResourcesSoldOut
    ResourcesSoldOut.Something FailedOperation.SoldOut InvalidParameterValue.TagQuotaSomething`),
  conflict: codes(`
    ResourceInUse.Something ResourceBusy.Something ResourceUnavailable.Something ActionLocked.Something OperationDenied
    OperationDenied.MutexSomething OperationDenied.Something UnsupportedOperation.GatewayInvalidState
    UnsupportedOperation.MutexSomething UnsupportedOperation.SomethingProcessing UnsupportedOperation.TaskRunning`),
  validation: codes(`
    InvalidParameterValue InvalidParameterValue.Something InvalidParameterValue.TagSomething InvalidParameter.Something
    InvalidParameterValue.LimitExceeded InvalidSomething.Malformed MissingSomething MissingParameter.Something
    UnknownParameter.Something UnsupportedOperation.Something UnsupportedOperation.VpnSomething UnsupportedProtocol
    NoSuchSomething RequestSizeLimitExceeded.Something FailedOperation.InsufficientBalance
    UnsupportedOperation.UnpaidSomething ActionOffline`),
  ambiguous: codes(`
    Surprise FailedOperation.Something FailedOperation.Timeout InternalError.Something InternalServerError.Something
    ServiceUnavailable.X OperationDenied.Timeout UnsupportedOperation.InternalError constructor __proto__`),
};

const clockCodes = codes("AuthFailure.SignatureExpire AuthFailure.SignatureExpired AuthFailure.InvalidTimestamp");
const marksOf = (code: string) => (clockCodes.includes(code) ? { clock: true } : {});

describe("the table", () => {
  it("has each code of the document", () => {
    expect(documentCodes).toHaveLength(41);
    expect(documentCodes.filter(({ code }) => !Object.hasOwn(providerErrors, code))).toEqual([]);
  });

  it("classifies each code as listed here, and lists no other", () => {
    const actual = Object.entries(providerErrors).map(([code, meaning]) => [code, meaning.class] as const);
    expect(new Map<string, string>(actual)).toEqual(new Map<string, string>(expectedEntries));
    expect(expectedEntries).toHaveLength(actual.length);
  });

  it.each(Object.entries(providerErrors))("advises in one short sentence on %s", (_code, { advice }) => {
    expect(advice).toMatch(/^[A-Z].*\w.*[^.]\.$/);
    expect(advice).not.toMatch(/[.!?]\s/);
    expect(advice.length).toBeLessThanOrEqual(220);
  });
});

describe("classify", () => {
  it.each(expectedEntries)("knows %s in any letter case", (code, name) => {
    for (const spelled of [code, code.toUpperCase(), code.toLowerCase()]) {
      const { advice: _advice, mayBeOurs: _ours, ...rest } = classify(spelled);
      expect(rest).toEqual({ class: name, known: true, ...marksOf(code) });
    }
  });

  it.each(Object.entries(unknownCodes).flatMap(([name, list]) => list.map((code) => [name, code] as const)))(
    "guesses %s for %s",
    (name, code) => {
      const { advice, mayBeOurs: _ours, ...rest } = classify(code);
      expect(rest).toEqual({ class: name, known: false, ...marksOf(code) });
      expect(advice).toMatch(/^[A-Z][^!?]{20,218}\.$/);
    },
  );
});

const marker = "MARKER-5f1c";

describe("toProviderError", () => {
  it("keeps the code and the request id", () => {
    const thrown = { code: "ResourceInUse", requestId: "R-1", traceId: "" };
    expect(toProviderError("CreateVpnConnection", thrown).facts).toEqual({
      class: "conflict",
      action: "CreateVpnConnection",
      providerCode: "ResourceInUse",
      providerRequestId: "R-1",
      advice: providerErrors["ResourceInUse"]?.advice,
    });
    expect(toProviderError("A", { ...thrown, requestId: "" }).facts).not.toHaveProperty("providerRequestId");
    expect(toProviderError("A", { ...thrown, requestId: "undefined" }).facts).not.toHaveProperty("providerRequestId");
  });

  it.each([
    ["nothing", undefined],
    ["null", null],
    ["text", "ECONNREFUSED"],
    ["a status line that talks of a refused connection", { message: "connect ECONNREFUSED x", httpCode: 502 }],
    [
      "a body that quotes a refused connection",
      new Error("invalid json response body at http://x/ reason: connect ECONNREFUSED is not valid JSON"),
    ],
    ["a stream that ends early", Object.assign(new Error("Premature close"), { code: "ERR_STREAM_PREMATURE_CLOSE" })],
    ["a timeout", { message: "network timeout at: http://x/", requestId: "", traceId: "T" }],
    ["an abort", Object.assign(new Error("The user aborted a request."), { name: "AbortError", type: "aborted" })],
  ])("is ambiguous about %s", (_what, thrown) => {
    const { facts } = toProviderError("CreateVpnConnection", thrown);
    expect(facts).toEqual({ class: "ambiguous", action: "CreateVpnConnection", advice: facts.advice });
  });

  it.each([
    ["a number", 7, "7"],
    ["odd characters", "Sys.\u9519/(x)", "Sys.___x_"],
    ["spaces around it", " ResourceInUse ", "ResourceInUse"],
    ["more than anybody reads", "x".repeat(200), "x".repeat(128)],
    ["free text, which could hold anything", `key was ${marker}`, "unreadable-code"],
  ])("keeps a code that is %s", (_what, code, providerCode) => {
    const { facts, message } = toProviderError("DescribeVpnGateways", { code, requestId: "R 1" });
    expect(facts).toMatchObject({ action: "DescribeVpnGateways", providerCode });
    expect(facts).not.toHaveProperty("providerRequestId");
    expect(message).toContain(`DescribeVpnGateways: ${providerCode} (`);
  });

  it.each(["UnauthorizedOperation", "AuthFailure.UnauthorizedOperation", "UnauthorizedOperation.Something"])(
    "names the permission that is missing: %s",
    (code) => {
      const advice = (action: string) => toProviderError(action, { code, requestId: "R-1" }).facts.advice;
      expect(advice("CreateVpnConnection")).toContain("vpc:CreateVpnConnection");
      expect(advice("DescribeVpcTaskResult")).toContain("vpc:DescribeVpcTaskResult");
      expect(advice("DescribeVpcTaskResult")).not.toContain("Create");
    },
  );

  it.each(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"])("may send again after %s", (code) => {
    const { facts, message } = toProviderError("A", Object.assign(new Error("x"), { code }));
    expect(facts.class).toBe("retry");
    expect(message).toBe("A was not sent: Tencent Cloud's endpoint could not be reached");
    const reason = `${code === "ECONNREFUSED" ? "connect" : "getaddrinfo"} ${code} vpc.example`;
    const thrown = { message: `request to https://vpc.example/ failed, reason: ${reason}`, requestId: "" };
    expect(toProviderError("A", thrown).facts.class).toBe("retry");
  });

  it.each([
    { code: "InvalidParameterValue.Malformed", requestId: "R-1" },
    { code: "ECONNREFUSED" },
    { httpCode: 502, requestId: "" },
    { name: "FetchError", type: "invalid-json" },
  ])("keeps nothing of the message, stack, data and URL of %o", (facts) => {
    const thrown = Object.assign(new Error(`request to http://127.0.0.1/?PreShareKey=${marker} failed`), facts, {
      data: { Message: marker },
      url: `http://127.0.0.1/?PreShareKey=${marker}`,
      traceId: marker,
    });
    const error = toProviderError("CreateVpnConnection", thrown);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error.cause).toBeUndefined();
    expect([JSON.stringify(error), error.message, error.stack, JSON.stringify(error.facts)].join()).not.toContain(
      marker,
    );
  });
});

describe("the real SDK's errors", () => {
  let answer: http.RequestListener;
  const server = http.createServer((request, response) => {
    request.resume();
    answer(request, response);
  });
  let endpoint: string;

  beforeAll(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    endpoint = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const send =
    (status: number, body: string, contentType = "application/json"): http.RequestListener =>
    (_request, response) => {
      response.writeHead(status, { "content-type": contentType }).end(body);
    };
  const refuse = (code?: string) =>
    send(200, JSON.stringify({ Response: { Error: { Code: code, Message: marker }, RequestId: "R-1" } }));

  /** Two-second timeouts where an answer comes, because the test machine may be slow. */
  async function failure(
    options: { endpoint?: string; timeout?: number; secretId?: string; token?: string; signal?: AbortSignal } = {},
  ) {
    const client = new Client({
      credential: {
        secretId: options.secretId ?? "secret-id",
        secretKey: "secret-key",
        ...(options.token && { token: options.token }),
      },
      region: "ap-shanghai",
      profile: {
        httpProfile: {
          endpoint: options.endpoint ?? endpoint,
          protocol: "http://",
          // Without an agent the SDK goes through a proxy that the environment may name.
          agent: new http.Agent(),
          reqTimeout: (options.timeout ?? 60_000) / 1000,
        },
      },
    });
    const call = client.request("CreateVpnConnection", { PreShareKey: marker }, { signal: options.signal as never });
    const thrown: unknown = await call.then(
      () => expect.unreachable("the call must fail"),
      (error: unknown) => error,
    );
    const error = toProviderError("CreateVpnConnection", thrown);
    expect(`${JSON.stringify(error)}${error.stack}`).not.toContain(marker);
    const { advice, action, ...facts } = error.facts;
    expect(action).toBe("CreateVpnConnection");
    expect(advice).not.toBe("");
    return facts;
  }

  it("reads a coded error and throttling", async () => {
    answer = refuse("ResourceInUse");
    expect(await failure()).toEqual({
      class: "conflict",
      providerCode: "ResourceInUse",
      providerRequestId: "R-1",
    });
    answer = refuse("RequestLimitExceeded");
    expect(await failure()).toEqual({
      class: "retry",
      providerCode: "RequestLimitExceeded",
      providerRequestId: "R-1",
    });
  });

  it("is ambiguous about an error without a code", async () => {
    answer = refuse();
    expect(await failure()).toEqual({ class: "ambiguous" });
  });

  it("is ambiguous about another status than 200, whatever the body says", async () => {
    answer = send(503, JSON.stringify({ Response: { Error: { Code: "ResourceInUse", Message: marker } } }));
    expect(await failure()).toEqual({ class: "ambiguous" });
    answer = send(502, `<html>${marker}`, "text/html");
    expect(await failure()).toEqual({ class: "ambiguous" });
  });

  it("is ambiguous about garbage and a broken connection", async () => {
    answer = send(200, `connect ECONNREFUSED ${marker}`);
    expect(await failure()).toEqual({ class: "ambiguous" });
    answer = send(200, "{}");
    expect(await failure()).toEqual({ class: "ambiguous" });
    answer = (request) => request.socket.destroy();
    expect(await failure()).toEqual({ class: "ambiguous" });
  });

  it("is ambiguous about a timeout and an abort, before and amid the answer", async () => {
    const started: http.RequestListener = (_request, response) => void response.writeHead(200).write("{");
    for (answer of [() => {}, started]) {
      expect(await failure({ timeout: 50 })).toEqual({ class: "ambiguous" });
      expect(await failure({ signal: AbortSignal.timeout(50) })).toEqual({ class: "ambiguous" });
    }
  });

  it("may send again when nothing listens or the name has no address", async () => {
    const closed = http.createServer().listen(0, "127.0.0.1");
    await once(closed, "listening");
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, "close");
    const beforehand = "CreateVpnConnection was not sent: Tencent Cloud's endpoint could not be reached";
    expect(await failure({ endpoint: `127.0.0.1:${port}` })).toEqual({ class: "retry", beforehand });
    // A label of 64 characters is refused without asking any name server.
    expect(await failure({ endpoint: `${"x".repeat(64)}.invalid` })).toEqual({ class: "retry", beforehand });
  });

  it("blames credentials that are missing or hold a line end, and names what to check", async () => {
    const client = new Client({ credential: { getCredential: async () => undefined as never } });
    const thrown: unknown = await client.request("CreateVpnConnection", {}).catch((error: unknown) => error);
    const { facts } = toProviderError("CreateVpnConnection", thrown);
    expect(facts.class).toBe("auth");
    expect(facts.advice).toMatch(/TENCENTCLOUD_SECRET_ID.*TENCENTCLOUD_SECRET_KEY.*TENCENTCLOUD_TOKEN.*vpc:.*clock/);
    const beforehand = "CreateVpnConnection was not sent: there are no credentials for Tencent Cloud that can be used";
    expect(await failure({ secretId: `${marker}\n` })).toEqual({ class: "auth", beforehand });
    expect(await failure({ token: `${marker}\n` })).toEqual({ class: "auth", beforehand });
  });
});
