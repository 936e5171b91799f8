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
    "Check ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET, ALIBABA_CLOUD_SECURITY_TOKEN (no spaces or line ends), the RAM permission such as vpc:CreateVpnConnection, and the clock.",
};
const checkRoute: CodeMeaning = {
  class: "retry",
  advice:
    "Check region, DNS, the firewall and ALIBABA_CLOUD_VPC_ENDPOINT: Alibaba Cloud's endpoint could not be reached, so nothing was sent.",
};
const lookFirst: CodeMeaning = {
  class: "ambiguous",
  advice:
    "Look for the connection's name among the VPN gateway's IPsec connections before sending again: what Alibaba Cloud did is not known.",
};
const correct: CodeMeaning = {
  class: "validation",
  advice:
    "Correct what the code names, in the request or on the gateway: Alibaba Cloud's error center explains each code.",
};

/**
 * Codes that no document lists, by what the documented ones of their kind mean. The first match counts:
 * `InvalidAccessKeyId.*` is `auth` before `Invalid*` would make it `validation`.
 */
const families: readonly CodeFamily[] = [
  [
    /throttling|^rejected\./i,
    {
      class: "retry",
      advice: "Lower the rate of calls from this Alibaba Cloud account: a limit of the API was reached.",
    },
  ],
  [/^missing\w*(\.|_)?(time_?stamp|signature|accesskey|securitytoken)|^unauthorized|^accessdenied/i, checkAccess],
  [
    /^(illegal|invalid|expired)?time_?stamp/i,
    {
      class: "retry",
      clock: true,
      advice: "Check the clock (NTP) of the machine that signs: Alibaba Cloud refused the time of the signature.",
    },
  ],
  [/^signaturenonce/i, lookFirst],
  [/^forbidden\.tag|^idempotentparameter/i, correct],
  [/^(forbidden|forbbiden|nopermission|invalid(accesskey|securitytoken|credential))|signature/i, checkAccess],
  [
    /^\w*(token|idempoten\w*)processing/i,
    {
      class: "conflict",
      token: "in-progress",
      advice: "Wait for the first call with this ClientToken to end, then replay the same token and not a new one.",
    },
  ],
  [/^idempotentfailed/i, { ...lookFirst, token: "failed" }],
  [
    /\.notfound$/i,
    {
      class: "not-found",
      advice: "Check region and the ids in the request: Alibaba Cloud has no such resource there for this account.",
    },
  ],
  [
    /^(invalid)?vpnconnection.*alreadyexist/i,
    {
      class: "exists",
      advice: "Look at the VPN gateway's IPsec connections for the one that is there already: reuse it or delete it.",
    },
  ],
  // What says that something broke off says nothing of the effect, in any family but those of wrong parameters.
  [
    /^(internal|unknown|system(error|failure)|service\w*unavailable)|^operationfailed$|^(?!invalid|illegal|missing)\w+\.\w*(timed?out|(internal|unknown|system)\w*(error|failure))$/i,
    lookFirst,
  ],
  [
    /^quota|^limitexceeded|^resource\.|quota(full|exceeded)/i,
    {
      class: "quota",
      advice:
        "Delete what is unused on the VPN gateway, or raise the quota that the code names in Alibaba Cloud's Quota Center.",
    },
  ],
  [
    /\.configuring$|^(vpntask|appliance|vpnconnection)\.|^(vpn|customer)gateway\.\w*(updating|creating|deleting|processing|provisioning|busy)$|^incorrect\w*status|^(task|operation)conflict|^\w*busy(\.|$)/i,
    {
      class: "conflict",
      advice: "Wait until the VPN gateway and its connections are active again: another change is running.",
    },
  ],
  [
    /^(missing|invalid|illegal|notsupport|unsupported|operationunsupported|operationfailed\.|operationdenied|duplicated\.|sizelimitexceeded|vpn(routeentry|gateway)\.|customergateway\.|vpnconnectionparaminvalid|dryrun)/i,
    correct,
  ],
];

/** What a code of this vendor means. */
export const classify = createClassifier(providerErrors, families, lookFirst);

/** What the SDK's errors may have; nothing is trusted, because other things are thrown too. */
interface Thrown {
  code?: unknown;
  message?: unknown;
  statusCode?: unknown;
  requestId?: unknown;
  retryAfter?: unknown;
}

/** The advice for this action: only a create leaves something to look for, and each action has its own permission. */
function adviseOn(
  action: string,
  { class: kind, advice }: Pick<CodeMeaning, "class" | "advice">,
  code?: string,
): string {
  if (kind !== "ambiguous" || action === "CreateVpnConnection") return namePermission(advice, action);
  return adviseOnQuestion("Alibaba Cloud", code);
}

/**
 * The facts of whatever the SDK threw while calling `action`. Nothing of its message, stack or data is kept: a message
 * can end in the request's URL, and the URL can hold the pre-shared key.
 */
export function toProviderError(action: string, error: unknown): ProviderError {
  const thrown: Thrown = typeof error === "object" && error !== null ? error : {};
  // Only an answer has a status; a system error such as ECONNRESET has a code as well.
  if (typeof thrown.statusCode !== "number") {
    const meaning = meaningWithoutAnswer(action, thrown);
    return new ProviderError({ action, ...meaning, advice: adviseOn(action, meaning) });
  }
  const providerCode = toProviderCode(thrown.code);
  const providerRequestId = toIdentifier(thrown.requestId);
  const { known: _known, ...meaning } = classify(providerCode ?? "");
  const { retryAfter } = thrown;
  return new ProviderError({
    action,
    ...meaning,
    advice: adviseOn(action, meaning, providerCode),
    ...(providerCode && { providerCode }),
    ...(providerRequestId && { providerRequestId }),
    // The SDK gives the x-acs-retry-after header in milliseconds.
    ...(typeof retryAfter === "number" && retryAfter > 0 && { retryAfterSeconds: Math.ceil(retryAfter / 1000) }),
  });
}

const noCredentials = /^(unable to get credentials|the (access key id|access key secret|security token) is empty)/;
const neverSent = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);
/** Anchored, because the message of a failed parse quotes the body, which can hold the same words. */
const neverSentMessage = /^(connect ECONNREFUSED|getaddrinfo (ENOTFOUND|EAI_AGAIN))\b/;

const withoutCredentials = "there are no credentials for Alibaba Cloud that can be used";
const outOfReach = "Alibaba Cloud's endpoint could not be reached";

/** A timeout proves nothing: the SDK says "ConnectTimeout" while it waits for the answer, too. */
function meaningWithoutAnswer(action: string, thrown: Thrown): Omit<ProviderErrorFacts, "action"> {
  const notSent = (why: string) => ({ beforehand: `${action} was not sent: ${why}` });
  const message = typeof thrown.message === "string" ? thrown.message : "";
  if (thrown.code === "InvalidCredentials") {
    const { class: meaning, advice } = classify(thrown.code);
    return { class: meaning, advice, providerCode: thrown.code, ...notSent(withoutCredentials) };
  }
  // A line end pasted into a key makes a header that Node.js refuses to send.
  if (thrown.code === "ERR_INVALID_CHAR" || noCredentials.test(message)) {
    return { ...checkAccess, ...notSent(withoutCredentials) };
  }
  if (neverSent.has(String(thrown.code)) || neverSentMessage.test(message)) {
    return { ...checkRoute, ...notSent(outOfReach) };
  }
  return lookFirst;
}
