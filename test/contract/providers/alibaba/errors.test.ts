import { once } from "node:events";
import http from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type openApi from "@alicloud/openapi-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ProviderError } from "../../../../functions/domain/provider/provider-error.ts";
import { classify, providerErrors, toProviderError } from "../../../../functions/providers/alibaba/errors.ts";
import documentCodes from "../../../fixtures/alibaba-document-codes.json" with { type: "json" };

// Node.js and vitest disagree on what the default import of this CommonJS package is.
const require = createRequire(import.meta.url);
const { default: Client, $OpenApiUtil } = require("@alicloud/openapi-core") as typeof openApi;

const codes = (list: string) => list.trim().split(/\s+/);

/** Listed by class a second time, away from the table, so that a slip in one of the two shows. */
const expectedClass: Record<string, string[]> = {
  retry: codes(
    "Throttling Throttling.User Throttling.Api Rejected.Throttling InvalidTimeStamp.Expired IllegalTimestamp",
  ),
  conflict: codes(`
    VpnGateway.Configuring VpnTask.CONFLICT Appliance.Configuring VpnConnection.Configuring TaskConflict
    OperationConflict IncorrectStatus SystemBusy LastTokenProcessing TokenProcessing IdempotenceProcessing
    IdempotentProcessing`),
  quota: codes(`
    Resource.QuotaFull QuotaExceeded.PolicyBasedRoute CreateDbrRoutesQuotaFull.QuotaFull
    CreatePbrRoutesQuotaFull.QuotaFull CreateVpnConnectionsQuotaFull.QuotaFull`),
  validation: codes(`
    VpnGateway.FinancialLocked VpnGateway.IpsecVpnDisabled VpnRouteEntry.AlreadyExists VpnRouteEntry.Conflict
    NotSupportVpnConnectionParameter.IpsecPfs NotSupportVpnConnectionParameter.IpsecAuthAlg
    VpnRouteEntry.ConflictSSL VpnRouteEntry.BackupRoute VpnRouteEntry.InvalidWeight
    InvalidParameter.VpnConnectionName OperationUnsupported.SetDPD OperationUnsupported.SetNatTraversal
    MissingParameter.TunnelCidr OperationUnsupported.EnableBgp MissingParam.CustomerGatewayAsn IllegalParam.LocalAsn
    IllegalParam.BgpConfig IllegalParam.EnableBgp IllegalParam.TunnelCidr InvalidLocalBgpIp.Malformed
    IllegalParam.LocalBgpIp IllegalParam.LocalSubnet IllegalParam.RemoteSubnet OperationFailed.MissCertificate
    MissingParam.RemoteId OperationFailed.CenLevelNotSupport CustomerGateway.ConflictRouteEntry
    Forbidden.TagKey.Duplicated SizeLimitExceeded.TagNum InvalidParameter.TagValue InvalidParameter.TagKey InvalidAction.NotFound
    Duplicated.TagKey InvalidTunnelCidr.Malformed VpnConnectionParamInvalid.SameVpnAndCgwDifferentIkeConfigs
    VpnConnectionParamInvalid.SameVpnAndCgwTrafficSelectorOverlap CustomerGateway.ConflictVpnIp
    VpnGateway.IPsecServerAndVpnConnectionConflict MissingParameter.TunnelOptionsSpecification
    IdempotentParameterMismatch DryRunOperation`),
  auth: codes(`
    Forbbiden.SubUser Forbidden Forbidden.RAM NoPermission Forbidden.RiskControl InvalidAccessKeyId.NotFound
    InvalidAccessKeyId.Inactive SignatureDoesNotMatch IncompleteSignature InvalidSecurityToken.Expired
    InvalidSecurityToken.Malformed InvalidSecurityToken.MismatchWithAccessKey InvalidCredentials`),
  "not-found": codes(`
    InvalidSslVpnServerCertId.NotFound InvalidCustomerGatewayInstanceId.NotFound
    InvalidVpnGatewayInstanceId.NotFound InvalidVpnConnectionInstanceId.NotFound`),
  exists: codes("InvalidVpnConnection.AlreadyExists"),
  ambiguous: codes(`
    InternalError InternalServerError ServiceUnavailable UnknownError IdempotentFailed SignatureNonceUsed`),
};
const expectedEntries = Object.entries(expectedClass).flatMap(([name, list]) =>
  list.map((code) => [code, name] as const),
);

/** Codes that no document has, by what the documented ones of their kind mean. */
const unknownCodes = {
  retry: codes(`
    Throttling.Something Rejected.Throttling.Api Rejected.Something InvalidTimeStamp InvalidTimeStamp.Something
    IllegalTimestamp.Something TimestampExpired`),
  auth: codes(`
    Forbidden.Something Forbbiden.Something InvalidAccessKeyId InvalidAccessKeyId.Something InvalidSecurityToken
    InvalidSecurityToken.Something NoPermission.Something SignatureDoesNotMatch.Something IncompleteSignature.Something
    InvalidSignature UnsupportedSignatureMethod MissingAccessKeyId MissingParameter.Signature MissingSecurityToken
    MissingTimestamp Unauthorized AccessDenied`),
  "not-found": codes("InvalidVpcId.NotFound VpnGateway.NotFound CustomerGateway.NotFound VpnRouteEntry.NotFound"),
  exists: codes("VpnConnection.AlreadyExist InvalidVpnConnection.AlreadyExistsNow"),
  quota: codes(`
    QuotaExceeded.Something Quota LimitExceeded.Something Gateway.QuotaFull Resource.Something
    CreateVpnConnectionsQuotaFull CreateSomethingQuotaFull.QuotaFull VpnGateway.QuotaExceeded OperationFailed.QuotaExceeded`),
  conflict: codes(`
    IncorrectStatus.VpnGateway IncorrectVpnGatewayStatus VpnTask.Running CustomerGateway.Configuring VpnGateway.Updating
    VpnGateway.Deleting Appliance.Something VpnConnection.Something TaskConflict.Something OperationConflict.Something
    ServerBusy SystemBusy.Something LastTokenProcessing.Something ClientTokenProcessing`),
  validation: codes(`
    MissingSomething MissingParam.Something MissingParameter.Something InvalidSomething.Malformed
    InvalidParameter.Something InvalidLocalBgpIp.Something InvalidTunnelCidr.Something IllegalParam.Something
    IllegalParam.Routing OperationUnsupported.Something OperationFailed.Something OperationFailed.NotSupported
    VpnGateway.Something VpnGateway.IpsecSomething CustomerGateway.Something CustomerGateway.ConflictSomething
    VpnRouteEntry.Something NotSupportVpnConnectionParameter.Something VpnConnectionParamInvalid.Something
    Duplicated.Something SizeLimitExceeded.Something Forbidden.TagKey.Something Forbidden.TagValue
    IdempotentParameterMismatch.Something InvalidParameter.DpdTimeout OperationDenied.Something`),
  ambiguous: codes(`
    Surprise InternalError.Something InternalServerError.Something ServiceUnavailable.Something UnknownError.Something
    ServiceTemporarilyUnavailable SystemError OperationFailed OperationFailed.Timeout OperationFailed.InternalError
    SignatureNonceUsed.Something IdempotentFailed.Something VpnGateway.InternalError VpnConnection.Timeout constructor __proto__ undefined`),
};

/** What is marked beside the class, of listed codes and of others. */
const marked = {
  clock: codes(`
    InvalidTimeStamp.Expired IllegalTimestamp InvalidTimeStamp InvalidTimeStamp.Something IllegalTimestamp.Something
    TimestampExpired`),
  "in-progress": codes(`
    LastTokenProcessing TokenProcessing IdempotenceProcessing IdempotentProcessing LastTokenProcessing.Something
    ClientTokenProcessing`),
  failed: codes("IdempotentFailed IdempotentFailed.Something"),
};
const marksOf = (code: string) => ({
  ...(marked.clock.includes(code) && { clock: true }),
  ...(marked["in-progress"].includes(code) && { token: "in-progress" }),
  ...(marked.failed.includes(code) && { token: "failed" }),
});

describe("the table", () => {
  it("has each code of the document", () => {
    expect(documentCodes).toHaveLength(52);
    expect(documentCodes.filter(({ code }) => !Object.hasOwn(providerErrors, code))).toEqual([]);
  });

  it("classifies each code as listed here, and lists no other", () => {
    const actual = Object.entries(providerErrors).map(([code, meaning]) => [code, meaning.class]);
    expect(new Map(actual as [string, string][])).toEqual(new Map(expectedEntries));
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
  it("keeps the code, the request id and the wait in whole seconds", () => {
    const thrown = { code: "Throttling.Api", statusCode: 400, requestId: "R-1", retryAfter: 2001 };
    expect(toProviderError("CreateVpnConnection", thrown).facts).toEqual({
      class: "retry",
      action: "CreateVpnConnection",
      providerCode: "Throttling.Api",
      providerRequestId: "R-1",
      advice: providerErrors["Throttling.Api"]?.advice,
      retryAfterSeconds: 3,
    });
  });

  it.each([
    ["the text undefined", { code: "undefined", statusCode: 503, requestId: "undefined", retryAfter: -1 }],
    ["nothing", undefined],
    ["null", null],
    ["text", "ECONNREFUSED"],
    ["a body that quotes a refused connection", new SyntaxError(`Unexpected token 'E', "connect ECONNREFUSED"`)],
    ["a mismatch after success", new Error("type of createTime is mismatch")],
    ["a connect timeout", Object.assign(new Error("ConnectTimeout: Connect"), { name: "RequestTimeoutError" })],
    ["an abort", new DOMException("The operation was aborted", "AbortError")],
  ])("is ambiguous about %s", (_what, thrown) => {
    const { facts } = toProviderError("CreateVpnConnection", thrown);
    expect(facts).toEqual({ class: "ambiguous", action: "CreateVpnConnection", advice: facts.advice });
  });

  it.each([
    ["a number", 7, "7"],
    ["odd characters", "Sys.\u9519/(x)", "Sys.___x_"],
    ["spaces around it", " Forbidden ", "Forbidden"],
    ["more than anybody reads", "x".repeat(200), "x".repeat(128)],
    ["free text, which could hold anything", `key was ${marker}`, "unreadable-code"],
  ])("keeps a code that is %s", (_what, code, providerCode) => {
    const { facts, message } = toProviderError("DescribeVpnGateway", { code, statusCode: 400, requestId: "R 1" });
    expect(facts).toMatchObject({ action: "DescribeVpnGateway", providerCode });
    expect(facts).not.toHaveProperty("providerRequestId");
    expect(message).toContain(`DescribeVpnGateway: ${providerCode} (`);
  });

  it.each(["Forbidden", "NoPermission", "Forbidden.Something"])("names the permission that is missing: %s", (code) => {
    const advice = (action: string) => toProviderError(action, { code, statusCode: 403 }).facts.advice;
    expect(advice("CreateVpnConnection")).toContain("vpc:CreateVpnConnection");
    expect(advice("DescribeVpnGateway")).toContain("vpc:DescribeVpnGateway");
    expect(advice("DescribeVpnGateway")).not.toContain("Create");
  });

  it.each(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"])("may send again after %s", (code) => {
    const failure = toProviderError("A", Object.assign(new Error("x"), { code }));
    expect(failure.facts.class).toBe("retry");
    expect(failure.message).toBe("A was not sent: Alibaba Cloud's endpoint could not be reached");
    const message = `${code === "ECONNREFUSED" ? "connect" : "getaddrinfo"} ${code} vpc.example`;
    expect(toProviderError("A", new Error(message)).facts.class).toBe("retry");
  });

  it.each([
    "the access key id is empty",
    "unable to get credentials from any of the providers in the chain: connect ECONNREFUSED 100.100.100.200:80",
  ])("says what to set when there are no credentials: %s", (message) => {
    const { facts } = toProviderError("A", new Error(message));
    expect(facts.class).toBe("auth");
    expect(facts.advice).toMatch(/ALIBABA_CLOUD_ACCESS_KEY_ID.*ALIBABA_CLOUD_ACCESS_KEY_SECRET.*vpc:.*clock/);
  });

  it.each([
    { statusCode: 400, code: "IllegalParam.LocalSubnet", requestId: "R-1" },
    { statusCode: 503, code: "undefined", requestId: "undefined" },
    { code: "ECONNRESET" },
    { code: "ECONNREFUSED" },
    { code: "InvalidCredentials" },
    { name: "RequestTimeoutError" },
  ])("keeps nothing of the message, stack, data and URL of %o", (facts) => {
    const url = `http://127.0.0.1/?IkeConfig=${marker}`;
    const thrown = Object.assign(new Error(`ReadTimeout(300). POST ${url} failed.`), facts, {
      data: { Message: marker, Recommend: url },
      description: marker,
      detail: marker,
      accessDeniedDetail: { AuthPrincipalDisplayName: marker },
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
    (status: number, body: string, headers: http.OutgoingHttpHeaders = {}): http.RequestListener =>
    (_request, response) => {
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
    };

  /** Two-second timeouts where an answer comes, because the test machine may be slow. */
  async function failure(options: { endpoint?: string; timeout?: number; key?: string } = {}) {
    const config = new $OpenApiUtil.Config({
      accessKeyId: options.key ?? "key-id",
      accessKeySecret: options.key ?? "key-secret",
      endpoint: options.endpoint ?? endpoint,
      protocol: "http",
      readTimeout: options.timeout ?? 60_000,
      connectTimeout: options.timeout ?? 60_000,
    });
    const params = new $OpenApiUtil.Params({
      action: "CreateVpnConnection",
      version: "2016-04-28",
      protocol: "HTTP",
      pathname: "/",
      method: "POST",
      authType: "AK",
      style: "RPC",
      reqBodyType: "formData",
      bodyType: "json",
    });
    const request = new $OpenApiUtil.OpenApiRequest({ body: { IkeConfig: marker }, query: { Name: marker } });
    const thrown: unknown = await new Client(config).callApi(params, request, {} as never).then(
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

  it("reads a coded error", async () => {
    answer = send(400, JSON.stringify({ Code: "VpnTask.CONFLICT", Message: marker, RequestId: "R-1", HostId: marker }));
    expect(await failure()).toEqual({
      class: "conflict",
      providerCode: "VpnTask.CONFLICT",
      providerRequestId: "R-1",
    });
  });

  it("reads InternalError as ambiguous, for all its status of 400", async () => {
    answer = send(400, JSON.stringify({ Code: "InternalError", Message: marker, RequestId: "R-1" }));
    expect(await failure()).toMatchObject({ class: "ambiguous", providerCode: "InternalError" });
  });

  it("reads throttling with its wait", async () => {
    const body = JSON.stringify({ Code: "Throttling.User", Message: marker, RequestId: "R-1" });
    answer = send(400, body, { "x-acs-retry-after": "2500" });
    expect(await failure()).toEqual({
      class: "retry",
      providerCode: "Throttling.User",
      providerRequestId: "R-1",
      retryAfterSeconds: 3,
    });
    answer = send(503, body);
    expect(await failure()).not.toHaveProperty("retryAfterSeconds");
  });

  it("reads a 503, with and without a code, as ambiguous", async () => {
    answer = send(503, JSON.stringify({ Code: "ServiceUnavailable", Message: marker }));
    expect(await failure()).toEqual({ class: "ambiguous", providerCode: "ServiceUnavailable" });
    answer = send(503, "{}");
    expect(await failure()).toEqual({ class: "ambiguous" });
    answer = send(503, "null");
    expect(await failure()).toEqual({ class: "ambiguous" });
  });

  it("is ambiguous about HTML, garbage and a broken connection", async () => {
    answer = send(502, `<html>${marker}`, { "content-type": "text/html" });
    expect(await failure()).toEqual({ class: "ambiguous" });
    answer = send(200, `connect ECONNREFUSED ${marker}`);
    expect(await failure()).toEqual({ class: "ambiguous" });
    answer = (request) => request.socket.destroy();
    expect(await failure()).toEqual({ class: "ambiguous" });
  });

  it("is ambiguous about a timeout, before and amid the answer", async () => {
    answer = () => {};
    expect(await failure({ timeout: 50 })).toEqual({ class: "ambiguous" });
    answer = (_request, response) => void response.writeHead(200).write("{");
    expect(await failure({ timeout: 50 })).toEqual({ class: "ambiguous" });
  });

  it("may send again when nothing listens or the name has no address", async () => {
    const closed = http.createServer().listen(0, "127.0.0.1");
    await once(closed, "listening");
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, "close");
    const beforehand = "CreateVpnConnection was not sent: Alibaba Cloud's endpoint could not be reached";
    expect(await failure({ endpoint: `127.0.0.1:${port}` })).toEqual({ class: "retry", beforehand });
    // A label of 64 characters is refused without asking any name server.
    expect(await failure({ endpoint: `${"x".repeat(64)}.invalid` })).toEqual({ class: "retry", beforehand });
  });

  it("blames credentials that are missing or hold a line end", async () => {
    const beforehand = "CreateVpnConnection was not sent: there are no credentials for Alibaba Cloud that can be used";
    expect(await failure({ key: "" })).toEqual({ class: "auth", providerCode: "InvalidCredentials", beforehand });
    expect(await failure({ key: `${marker}\n` })).toEqual({ class: "auth", beforehand });
  });
});
