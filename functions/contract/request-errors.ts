import type { RequestErrorCode } from "../domain/errors.ts";
import type { ErrorMeaning } from "./error-meaning.ts";

/** What each code in the `error` of a request's resource tells its caller. */
export const requestErrors: Record<RequestErrorCode, ErrorMeaning> = {
  provider_validation: {
    meaning: "The vendor refused a value or a precondition, such as the state of the gateway. It created nothing.",
    retry: "useless",
    fix: "Do what advice says. A changed request needs a new clientToken; a mended gateway or account only a redrive.",
  },
  provider_auth: {
    meaning:
      "The vendor refused the broker's credentials or their permission, or an operator took the tenant's away before the create was sent: suspended it, or changed its gateways or credentials. The message says which. Nothing was created.",
    retry: "useless",
    fix: "Mend the credentials or the permission that advice names, or ask an operator to, then redrive the request, which takes the credentials that the tenant has then.",
  },
  provider_quota: {
    meaning: "A limit of the account or of the gateway is reached at the vendor. It created nothing.",
    retry: "safe",
    fix: "Make room or have the quota raised as advice says, then redrive the request.",
  },
  provider_not_found: {
    meaning:
      "The vendor has no such gateway, customer gateway or VPC in this region for this account. It created nothing.",
    retry: "useless",
    fix: "Correct the id or the region in a new request with a new clientToken, or make what is missing and redrive.",
  },
  provider_conflict: {
    meaning:
      "The gateway or another task at the vendor was still busy after every retry that timeoutSeconds left time for.",
    retry: "safe",
    fix: "Stop other tools that change the gateway, wait until it is idle, then redrive the request.",
  },
  provider_throttled: {
    meaning:
      "The vendor could not be reached or turned calls away as too many, still so after every retry that timeoutSeconds left time for.",
    retry: "safe",
    fix: "Lower the rate of calls from the account, or mend the way to the vendor as advice says, then redrive the request.",
  },
  provider_internal: {
    meaning:
      "The vendor's own job failed, or its answers to the broker's questions could not be read until timeoutSeconds passed and nothing was sent, or the broker could not carry the request out. If something half made may be left at the vendor, advice names it.",
    retry: "safe",
    fix: "Look at what advice names, then redrive the request: the broker looks for its connection before it creates one. If it stays so, tell the vendor the providerRequestId.",
  },
  semantic_duplicate: {
    meaning: "Another connection joins the same gateways for overlapping networks already. No second one was made.",
    retry: "useless",
    fix: "Use that connection, delete it at the vendor, or set allowDuplicate to true in a new request.",
  },
  outcome_unknown: {
    meaning:
      "The vendor's answer was lost or said that it failed inside, and whether a connection exists could not be decided safely. The broker sends nothing more by itself.",
    retry: "check-first",
    fix: "Look for the request's connection at the vendor as advice says and delete what should not be there, then redrive: that looks again before it creates. Do not send it under another clientToken before this is decided.",
  },
  deadline_exceeded: {
    meaning:
      "timeoutSeconds passed, or queueTimeoutSeconds before the gateway's turn came; the message says which. A failed request has made nothing at the vendor; a create of an unknown one was sent, and what is known of its connection is in the resource.",
    retry: "safe",
    fix: "Redrive the request, which goes on where it stopped, with both times anew; do not send an unknown one under another clientToken. Where its turn did not come, send fewer at once to one gateway or give a longer queueTimeoutSeconds.",
  },
  canceled: {
    meaning: "A caller canceled the request before the vendor was asked. Nothing was created.",
    retry: "useless",
    fix: "Send a new request with a new clientToken if the connection is wanted after all.",
  },
};
