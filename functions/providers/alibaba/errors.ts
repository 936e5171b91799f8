import {
  type CodeFamily,
  type CodeMeaning,
  createClassifier,
  toIdentifier,
} from "../../domain/provider/provider-code.ts";
import { ProviderError } from "../../domain/provider/provider-error.ts";
import { providerErrors } from "./error-table.ts";

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

/** The first match counts: `InvalidAccessKeyId.*` is `auth` before `Invalid*` would make it `validation`. */
const families: readonly CodeFamily[] = [
  [
    /throttling/i,
    {
      class: "retry",
      advice: "Lower the rate of calls from this Alibaba Cloud account: a limit of the API was reached.",
    },
  ],
  [
    /^(forbidden|forbbiden|nopermission|signaturedoes|incompletesig|invalidaccesskey|invalidsecuritytoken|invalidcredential)/i,
    checkAccess,
  ],
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
  [
    /^quota|^limitexceeded|\.quota(full|exceeded)$/i,
    {
      class: "quota",
      advice:
        "Delete what is unused on the VPN gateway, or raise the quota that the code names in Alibaba Cloud's Quota Center.",
    },
  ],
  [
    /\.configuring$|^vpntask\.|^incorrect\w*status|^(task|operation)conflict/i,
    {
      class: "conflict",
      advice: "Wait until the VPN gateway and its connections are active again: another change is running.",
    },
  ],
  [
    /^(missing|invalid|illegal|notsupport|operationunsupported|duplicated\.|sizelimitexceeded|vpnrouteentry\.|vpnconnectionparaminvalid)/i,
    {
      class: "validation",
      advice:
        "Correct what the code names, in the request or on the gateway: Alibaba Cloud's error center explains each code.",
    },
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

/**
 * The facts of whatever the SDK threw while calling `action`. Nothing of its message, stack or data is kept: a message
 * can end in the request's URL, and the URL can hold the pre-shared key.
 */
export function toProviderError(action: string, error: unknown): ProviderError {
  const thrown: Thrown = typeof error === "object" && error !== null ? error : {};
  // Only an answer has a status; a system error such as ECONNRESET has a code as well.
  if (typeof thrown.statusCode !== "number") {
    return new ProviderError({ action, ...meaningWithoutAnswer(thrown) });
  }
  const providerCode = toIdentifier(thrown.code);
  const providerRequestId = toIdentifier(thrown.requestId);
  const { class: meaning, advice } = classify(providerCode ?? "");
  const { retryAfter } = thrown;
  return new ProviderError({
    action,
    class: meaning,
    advice,
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

/** A timeout proves nothing: the SDK says "ConnectTimeout" while it waits for the answer, too. */
function meaningWithoutAnswer(thrown: Thrown): CodeMeaning & { providerCode?: string } {
  const message = typeof thrown.message === "string" ? thrown.message : "";
  if (thrown.code === "InvalidCredentials") {
    const { class: meaning, advice } = classify(thrown.code);
    return { class: meaning, advice, providerCode: thrown.code };
  }
  // A line end pasted into a key makes a header that Node.js refuses to send.
  if (thrown.code === "ERR_INVALID_CHAR" || noCredentials.test(message)) return checkAccess;
  if (neverSent.has(String(thrown.code)) || neverSentMessage.test(message)) return checkRoute;
  return lookFirst;
}
