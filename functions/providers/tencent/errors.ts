import {
  type CodeFamily,
  type CodeMeaning,
  adviseOnQuestion,
  createClassifier,
  toIdentifier,
  toProviderCode,
} from "../../domain/provider/provider-code.ts";
import { ProviderError, type ProviderErrorFacts } from "../../domain/provider/provider-error.ts";
import { providerErrors } from "./error-table.ts";
import { namePermission } from "./permissions.ts";

export { providerErrors };

const checkAccess: CodeMeaning = {
  class: "auth",
  advice:
    "Check TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY and TENCENTCLOUD_TOKEN (no spaces or line ends), the CAM permission such as vpc:CreateVpnConnection, and the clock.",
};
const checkRoute: CodeMeaning = {
  class: "retry",
  advice:
    "Check region, DNS, the firewall and TENCENTCLOUD_VPC_ENDPOINT: Tencent Cloud's endpoint could not be reached, so nothing was sent.",
};
const lookFirst: CodeMeaning = {
  class: "ambiguous",
  advice:
    "Look for the tunnel's name on the VPN gateway in the VPC console before sending again: what Tencent Cloud did is not known.",
};

/**
 * Codes that no document lists, by what the documented ones of their kind mean. The first match counts:
 * `InvalidVpcId.NotFound` is `not-found` before `Invalid*` would make it `validation`.
 */
const families: readonly CodeFamily[] = [
  [
    /^requestlimitexceeded/i,
    {
      class: "retry",
      advice: "Lower the rate of calls from this Tencent Cloud account: a limit of the API was reached.",
    },
  ],
  [
    /^authfailure\.(signatureexpire|\w*timestamp)/i,
    {
      class: "retry",
      clock: true,
      advice: "Check the clock (NTP) of the machine that signs: Tencent Cloud refused the time of the signature.",
    },
  ],
  [
    /^(authfailure|unauthorizedoperation|ipinblacklist|ipnotinwhitelist)|^unsupportedoperation\.\w*(notpermit|nopermission|unauthorized)/i,
    checkAccess,
  ],
  [
    /^resourcenotfound|\.notfound$|^unsupportedoperation\.recordnotexist/i,
    {
      class: "not-found",
      advice: "Check region and the ids in the request: Tencent Cloud has no such resource there for this account.",
    },
  ],
  [
    /\.\w*(balance|insufficientfunds|unpaid|arrears)/i,
    {
      class: "validation",
      advice: "Look at the balance and the open orders of the Tencent Cloud account in its billing console.",
    },
  ],
  [
    /^limitexceeded|^resourceinsufficient|^resourcessoldout|soldout|quota/i,
    {
      class: "quota",
      advice:
        "Delete what is unused on the VPN gateway, or ask Tencent Cloud in a ticket to raise the quota that the code names.",
    },
  ],
  // An operation that failed may have got far enough to leave something.
  [
    /^(internal|failedoperation|serviceunavailable|unknownerror)|^(?!invalid|missing)\w+\.\w*(timed?out|(internal|unknown|system)\w*(error|failure))$/i,
    lookFirst,
  ],
  [
    /^resource(inuse|busy|unavailable)|^actionlocked|^operationdenied|\.mutex|invalidstate$|^unsupportedoperation\.\w*(processing|running|allocate|free|locked|busy)$/i,
    {
      class: "conflict",
      advice: "Wait until the VPN gateway and its tunnels are AVAILABLE again: another change is running.",
    },
  ],
  [
    /^(missing|invalid|unknownparameter|unsupported|nosuch|requestsizelimitexceeded|actionoffline)/i,
    {
      class: "validation",
      advice:
        "Correct what the code names, in the request or on the gateway: Tencent Cloud's VPC error code page explains each code.",
    },
  ],
];

/** What a code of this vendor means. */
export const classify = createClassifier(providerErrors, families, lookFirst);

/** What the SDK's errors may have; nothing is trusted, because other things are thrown too. */
interface Thrown {
  code?: unknown;
  message?: unknown;
  httpCode?: unknown;
  requestId?: unknown;
}

/** The advice for this action: only a create leaves something to look for, and each action has its own permission. */
function adviseOn(
  action: string,
  { class: kind, advice }: Pick<CodeMeaning, "class" | "advice">,
  code?: string,
): string {
  if (kind !== "ambiguous" || action === "CreateVpnConnection") return namePermission(advice, action);
  return adviseOnQuestion("Tencent Cloud", code);
}

/**
 * The facts of whatever the SDK threw while calling `action`. Nothing of its message or stack is kept: the message can
 * hold the request's URL, and when a header is malformed the token or the signature itself.
 */
export function toProviderError(action: string, error: unknown): ProviderError {
  const thrown: Thrown = typeof error === "object" && error !== null ? error : {};
  const providerCode = toProviderCode(thrown.code);
  // The SDK's own exceptions always have a request id, if an empty one; a FetchError can have a system code instead.
  if (typeof thrown.requestId !== "string" || providerCode === undefined) {
    const meaning = meaningWithoutAnswer(action, thrown);
    return new ProviderError({ action, ...meaning, advice: adviseOn(action, meaning) });
  }
  const providerRequestId = toIdentifier(thrown.requestId);
  const { known: _known, ...meaning } = classify(providerCode);
  return new ProviderError({
    action,
    ...meaning,
    advice: adviseOn(action, meaning, providerCode),
    providerCode,
    ...(providerRequestId && { providerRequestId }),
  });
}

/** A credential source that gives nothing, or a key with a line end, which makes a header that is refused. */
const noCredentials = /\(reading '(secretId|secretKey)'\)$|is not a legal HTTP header value$/;
const neverSent = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);
/** Anchored, because the message of a failed parse quotes the body, which can hold the same words. */
const neverSentMessage =
  /^(request to \S+ failed, reason: )?(connect ECONNREFUSED|getaddrinfo (ENOTFOUND|EAI_AGAIN))\b/;

const withoutCredentials = "there are no credentials for Tencent Cloud that can be used";
const outOfReach = "Tencent Cloud's endpoint could not be reached";

/** Tencent Cloud has every error under HTTP 200, so that another status is a gateway's word and proves nothing. */
function meaningWithoutAnswer(action: string, thrown: Thrown): Omit<ProviderErrorFacts, "action"> {
  const notSent = (why: string) => ({ beforehand: `${action} was not sent: ${why}` });
  if (thrown.httpCode !== undefined) return lookFirst;
  const message = typeof thrown.message === "string" ? thrown.message : "";
  if (noCredentials.test(message)) return { ...checkAccess, ...notSent(withoutCredentials) };
  if (neverSent.has(String(thrown.code)) || neverSentMessage.test(message)) {
    return { ...checkRoute, ...notSent(outOfReach) };
  }
  return lookFirst;
}
