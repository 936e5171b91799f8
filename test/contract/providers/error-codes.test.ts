import { beforeAll, describe, expect, it } from "vitest";
import type { RequestErrorCode } from "../../../functions/domain/errors.ts";
import { ProviderError } from "../../../functions/domain/provider/provider-error.ts";
import type { Provider, ProviderCall } from "../../../functions/domain/provider/provider.ts";
import { toRequestError } from "../../../functions/domain/provider/request-error.ts";
import { applyDefaults } from "../../../functions/domain/request/apply-defaults.ts";
import type { CreateRequest } from "../../../functions/domain/request/create-request.ts";
import { systemClock } from "../../../functions/entries/wiring.ts";
import { providerErrors as alibabaErrors } from "../../../functions/providers/alibaba/error-table.ts";
import { createConnectProvider } from "../../../functions/providers/connect-provider.ts";
import { providerErrors as tencentErrors } from "../../../functions/providers/tencent/error-table.ts";
import { startAlibabaSimulator } from "../../../packages/simulators/src/alibaba/server.ts";
import type { Simulator } from "../../../packages/simulators/src/simulator.ts";
import { startTencentSimulator } from "../../../packages/simulators/src/tencent/server.ts";
import alibabaDocument from "../../fixtures/alibaba-document-codes.json" with { type: "json" };
import tencentDocument from "../../fixtures/tencent-document-codes.json" with { type: "json" };
import { noReferences } from "../../support/no-references.ts";
import { alibabaRequest, tencentRequest } from "../../support/requests.ts";
import { control } from "../simulators/control-client.ts";

/** The broker's codes that a vendor's answer can become, and whether the same request may do better later. */
const outcomes = {
  provider_validation: { class: "validation", retryable: false },
  provider_auth: { class: "auth", retryable: false },
  provider_quota: { class: "quota", retryable: true },
  provider_not_found: { class: "not-found", retryable: false },
  provider_conflict: { class: "conflict", retryable: true },
  provider_throttled: { class: "retry", retryable: true },
  provider_internal: { class: "ambiguous", retryable: true },
  semantic_duplicate: { class: "exists", retryable: false },
} satisfies Partial<Record<RequestErrorCode, { class: string; retryable: boolean }>>;
type Outcome = keyof typeof outcomes;
const outcomeNames = Object.keys(outcomes) as Outcome[];

const codes = (list: string) => list.trim().split(/\s+/);

/** Every code by what the caller is to be told: listed away from the tables, so that a slip in one of them shows. */
const expected: Record<"alibaba" | "tencent", Record<Outcome, string[]>> = {
  alibaba: {
    provider_throttled: codes(
      "Throttling Throttling.User Throttling.Api Rejected.Throttling InvalidTimeStamp.Expired IllegalTimestamp",
    ),
    provider_conflict: codes(`
      VpnGateway.Configuring VpnTask.CONFLICT Appliance.Configuring VpnConnection.Configuring TaskConflict
      OperationConflict IncorrectStatus SystemBusy LastTokenProcessing TokenProcessing IdempotenceProcessing
      IdempotentProcessing`),
    provider_quota: codes(`
      Resource.QuotaFull CreateVpnConnectionsQuotaFull.QuotaFull QuotaExceeded.PolicyBasedRoute
      CreatePbrRoutesQuotaFull.QuotaFull CreateDbrRoutesQuotaFull.QuotaFull`),
    provider_validation: codes(`
      VpnGateway.FinancialLocked VpnGateway.IpsecVpnDisabled VpnGateway.IPsecServerAndVpnConnectionConflict
      OperationUnsupported.SetDPD OperationUnsupported.SetNatTraversal OperationUnsupported.EnableBgp
      OperationFailed.CenLevelNotSupport OperationFailed.MissCertificate VpnRouteEntry.AlreadyExists
      VpnRouteEntry.Conflict VpnRouteEntry.ConflictSSL VpnRouteEntry.BackupRoute VpnRouteEntry.InvalidWeight
      CustomerGateway.ConflictRouteEntry CustomerGateway.ConflictVpnIp NotSupportVpnConnectionParameter.IpsecPfs
      NotSupportVpnConnectionParameter.IpsecAuthAlg VpnConnectionParamInvalid.SameVpnAndCgwDifferentIkeConfigs
      VpnConnectionParamInvalid.SameVpnAndCgwTrafficSelectorOverlap MissingParameter.TunnelOptionsSpecification
      MissingParam.RemoteId MissingParameter.TunnelCidr MissingParam.CustomerGatewayAsn IllegalParam.LocalAsn
      IllegalParam.BgpConfig IllegalParam.EnableBgp IllegalParam.TunnelCidr InvalidTunnelCidr.Malformed
      IllegalParam.LocalBgpIp InvalidLocalBgpIp.Malformed IllegalParam.LocalSubnet IllegalParam.RemoteSubnet
      InvalidParameter.VpnConnectionName Forbidden.TagKey.Duplicated Duplicated.TagKey SizeLimitExceeded.TagNum
      InvalidParameter.TagKey InvalidAction.NotFound InvalidParameter.TagValue IdempotentParameterMismatch DryRunOperation`),
    provider_auth: codes(`
      Forbidden Forbbiden.SubUser Forbidden.RAM NoPermission Forbidden.RiskControl InvalidAccessKeyId.NotFound
      InvalidAccessKeyId.Inactive SignatureDoesNotMatch IncompleteSignature InvalidSecurityToken.Expired
      InvalidSecurityToken.Malformed InvalidSecurityToken.MismatchWithAccessKey InvalidCredentials`),
    provider_not_found: codes(`
      InvalidVpnGatewayInstanceId.NotFound InvalidCustomerGatewayInstanceId.NotFound
      InvalidSslVpnServerCertId.NotFound InvalidVpnConnectionInstanceId.NotFound`),
    semantic_duplicate: codes("InvalidVpnConnection.AlreadyExists"),
    provider_internal: codes(`
      InternalError InternalServerError ServiceUnavailable UnknownError IdempotentFailed SignatureNonceUsed`),
  },
  tencent: {
    provider_throttled: codes(`
      RequestLimitExceeded RequestLimitExceeded.IPLimitExceeded RequestLimitExceeded.UinLimitExceeded
      RequestLimitExceeded.GlobalRegionUinLimitExceeded AuthFailure.SignatureExpire`),
    provider_conflict: codes(`
      ResourceInUse ResourceBusy ResourceUnavailable ActionLocked OperationDenied.MutexTaskRunning
      UnsupportedOperation.InvalidState UnsupportedOperation.TagAllocate UnsupportedOperation.TagFree
      UnsupportedOperation.MutexOperationTaskRunning UnsupportedOperation.ResourceProcessing
      UnsupportedOperation.DeleteVpnConnInvalidState UnsupportedOperation.VpnConnInvalidState`),
    provider_quota: codes(`
      LimitExceeded ResourceInsufficient InvalidParameterValue.TagNotAllocatedQuota LimitExceeded.TagKeyExceeded
      LimitExceeded.TagKeyPerResourceExceeded LimitExceeded.TagNotEnoughQuota LimitExceeded.TagQuota
      LimitExceeded.TagQuotaExceeded LimitExceeded.TagTagsExceeded`),
    provider_validation: codes(`
      InvalidParameter InvalidParameter.Coexist InvalidParameterValue.Duplicate InvalidParameterValue.Empty
      InvalidParameterValue.Malformed InvalidParameterValue.TooLong MissingParameter UnknownParameter InvalidAction
      NoSuchVersion NoSuchProduct UnsupportedRegion RequestSizeLimitExceeded InvalidParameterValue.VpcCidrConflict
      InvalidParameterValue.VpnConnCidrConflict InvalidParameterValue.VpnConnSpdCidrConflict
      InvalidParameterValue.VpnConnHealthCheckIpConflict UnsupportedOperation.VpnConnCidrNotSupportedHealthCheck
      UnsupportedOperation.VpnConnDestCidrConflictWithPrivateNet UnsupportedOperation.VpnConnRouteTypeMixed
      UnsupportedOperation.VpnConnSPDOverlap InvalidParameterValue.VpnConnBgpTunnelCidrConflict
      InvalidParameterValue.VpnConnBgpTunnelCidrMask InvalidParameterValue.VpnConnBgpTunnelCidrNotSupported
      UnsupportedOperation.VpnUnsupportedBgp UnsupportedOperation.VpnUnsupportedBgpAsnEqual
      UnsupportedOperation.VpnUnsupportedNotExistBgpAsn UnsupportedOperation.VpnUnsupportedUsrGwNotExistBgpAsn
      UnsupportedOperation UnsupportedOperation.VersionNotSupported UnsupportedOperation.VpnGwVpcIdMustHave
      UnsupportedOperation.VpnGwVpcIdNotHave FailedOperation.BalanceInsufficient UnsupportedOperation.InsufficientFunds
      UnsupportedOperation.UnpaidOrderAlreadyExists InvalidParameterValue.TagDuplicateKey
      InvalidParameterValue.TagDuplicateResourceType InvalidParameterValue.TagInvalidKey
      InvalidParameterValue.TagInvalidKeyLen InvalidParameterValue.TagInvalidVal InvalidParameterValue.TagKeyNotExists
      InvalidParameterValue.TagNotExisted InvalidParameterValue.TagNotSupportTag
      InvalidParameterValue.TagResourceFormatError InvalidParameterValue.TagTimestampExceeded
      InvalidParameterValue.TagValNotExists UnsupportedOperation.TagSystemReservedTagKey`),
    provider_auth: codes(`
      AuthFailure.InvalidAuthorization AuthFailure.InvalidSecretId AuthFailure.MFAFailure AuthFailure.SecretIdNotFound
      AuthFailure.SignatureFailure AuthFailure.TokenFailure AuthFailure.UnauthorizedOperation UnauthorizedOperation
      UnsupportedOperation.TagNotPermit IpInBlacklist IpNotInWhitelist`),
    provider_not_found: codes("ResourceNotFound InvalidVpnGatewayId.NotFound UnsupportedOperation.RecordNotExists"),
    semantic_duplicate: [],
    provider_internal: codes(`
      InternalError InternalError.ModuleError InternalServerError FailedOperation FailedOperation.TaskFailed
      ServiceUnavailable`),
  },
};

/** Codes that no table has, one per class: what the documented ones of their kind mean. */
const undocumented: Record<"alibaba" | "tencent", Partial<Record<Outcome, string>>> = {
  alibaba: {
    provider_throttled: "Rejected.Something",
    provider_conflict: "VpnGateway.Updating",
    provider_quota: "VpnGateway.QuotaExceeded",
    provider_validation: "OperationFailed.Something",
    provider_auth: "Forbidden.Something",
    provider_not_found: "CustomerGateway.NotFound",
    semantic_duplicate: "VpnConnection.AlreadyExist",
    provider_internal: "InternalError.Something",
  },
  tencent: {
    provider_throttled: "RequestLimitExceeded.Something",
    provider_conflict: "OperationDenied.Something",
    provider_quota: "ResourcesSoldOut",
    provider_validation: "UnsupportedOperation.Something",
    provider_auth: "AuthFailure.Something",
    provider_not_found: "ResourceNotFound.Something",
    provider_internal: "FailedOperation.Something",
  },
};

const accessKey = { id: "LTAI-local", secret: "local-secret" };
const credentials = { accessKeyId: accessKey.id, accessKeySecret: accessKey.secret };
/** Stands in the vendor's message and nowhere else. */
const marker = "MARKER-7d20";
const key = "Marked-key_51ae";

interface Refused {
  error: ProviderError;
  calls: ProviderCall[];
  logged: [event: string, fields: object][];
}

const providers = [
  {
    name: "alibaba",
    start: startAlibabaSimulator,
    document: alibabaDocument,
    table: alibabaErrors,
    request: alibabaRequest,
  },
  {
    name: "tencent",
    start: startTencentSimulator,
    document: tencentDocument,
    table: tencentErrors,
    request: tencentRequest,
  },
] as const;

describe.each(providers)("$name answers a create with", ({ name, start, document, table, request }) => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await start({ accessKey });
    return () => simulator.close();
  });

  /** Has the vendor's own client, over HTTP, meet an error of this code. */
  async function refuse(code: string, status?: number): Promise<Refused> {
    const fault = { action: "CreateVpnConnection", kind: "error", code, message: `${marker} ${key}` };
    await control(simulator.url, "POST", "/faults", { ...fault, ...(status === undefined ? {} : { status }) });
    const calls: ProviderCall[] = [];
    const logged: Refused["logged"] = [];
    const access = { endpoint: simulator.url, ...credentials };
    const open = createConnectProvider({
      access: { alibaba: access, tencent: access },
      readCredentials: noReferences,
      clock: systemClock,
      now: () => performance.now(),
      log: (event, fields) => logged.push([event, fields]),
    });
    const provider = await open(name, {
      region: request.region,
      onCall: (call) => calls.push(call),
      onWarning: () => undefined,
    });
    return { error: await failure(provider, request), calls, logged };
  }

  const statusOf = (code: string) => document.find((documented) => documented.code === code)?.httpStatus;
  const cases = outcomeNames.flatMap((outcome) => expected[name][outcome].map((code) => ({ code, outcome })));

  it("codes of which each is listed here", () => {
    expect(cases.map(({ code }) => code).toSorted()).toEqual(Object.keys(table).toSorted());
    expect(document.filter(({ code }) => !Object.hasOwn(table, code))).toEqual([]);
  });

  it.each(cases)("$code: $outcome", async ({ code, outcome }) => {
    const { error, calls, logged } = await refuse(code, statusOf(code));
    const { class: meaning, retryable } = outcomes[outcome];
    expect(error.facts).toMatchObject({ class: meaning, action: "CreateVpnConnection", providerCode: code });
    const requestError = toRequestError(name, error.facts);
    expect(requestError).toMatchObject({ code: outcome, retryable, providerCode: code });
    expect(requestError.advice).toMatch(/^[A-Z].*\w{3}.*\.$/);
    expect(requestError.providerRequestId).toMatch(/^[\dA-Fa-f]{8}(-[\dA-Fa-f]{4}){3}-[\dA-Fa-f]{12}$/);
    expect(calls).toMatchObject([{ outcome: code, providerRequestId: requestError.providerRequestId }]);
    expect(logged).toEqual([]);
    expectNoLeak(error, requestError, calls);
  });

  it.each(Object.entries(undocumented[name]) as [Outcome, string][])(
    "a code of %s that no table has, which is read by its family and logged: %s",
    async (outcome, code) => {
      const { error, calls, logged } = await refuse(code);
      const { class: meaning, retryable } = outcomes[outcome];
      expect(error.facts).toMatchObject({ class: meaning, providerCode: code });
      const requestError = toRequestError(name, error.facts);
      expect(requestError).toMatchObject({ code: outcome, retryable, providerCode: code });
      expect(requestError.message).toContain(`answered CreateVpnConnection with ${code}`);
      expect(logged).toEqual([["unclassified_vendor_code", { provider: name, action: "CreateVpnConnection", code }]]);
      expectNoLeak(error, requestError, calls, logged);
    },
  );

  it("a code of no family, which leaves open whether it took effect", async () => {
    const { error, logged } = await refuse("Surprise");
    expect(toRequestError(name, error.facts)).toMatchObject({ code: "provider_internal", retryable: true });
    expect(logged).toMatchObject([["unclassified_vendor_code", { code: "Surprise" }]]);
  });

  it("a page of a proxy, which has no code to be logged", async () => {
    await control(simulator.url, "POST", "/faults", { action: "CreateVpnConnection", kind: "http-502-html" });
    const { error, logged } = await refuse("Forbidden");
    await control(simulator.url, "DELETE", "/faults");
    expect(error.facts).toMatchObject({ class: "ambiguous" });
    expect(error.facts).not.toHaveProperty("providerCode");
    expect(logged).toEqual([]);
  });
});

async function failure(provider: Provider, request: CreateRequest): Promise<ProviderError> {
  const planned = provider.planCreate(applyDefaults(request), { name: "name", token: "token" }, {});
  try {
    await provider.create(planned, [key]);
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
  throw new Error("the vendor accepted the create");
}

/** Nothing of the vendor's message and no key is in anything that is kept. */
function expectNoLeak(error: ProviderError, ...kept: object[]): void {
  const texts = [error.message, error.stack, JSON.stringify(error), ...kept.map((one) => JSON.stringify(one))];
  for (const text of texts) {
    expect(text).not.toContain(marker);
    expect(text).not.toContain(key);
  }
  expect(error).not.toHaveProperty("cause");
}
