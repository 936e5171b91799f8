import type { ProblemCode, RequestErrorCode } from "../domain/errors.ts";
import type { ProviderErrorFacts } from "../domain/provider/provider-error.ts";
import { requestErrorCodes } from "../domain/provider/request-error.ts";
import { type ProviderName, providers } from "../domain/values.ts";

/**
 * Whether the same request may be sent, or redriven, as it is.
 *
 * - `safe`: it can do no harm and may succeed.
 * - `useless`: it can do no harm and ends the same way until something is changed.
 * - `check-first`: only after a look at the vendor.
 */
export type Retry = "safe" | "useless" | "check-first";

/** What a code tells a caller. */
export interface ErrorMeaning {
  meaning: string;
  retry: Retry;
  /** What to do about it. */
  fix: string;
}

/** A vendor's own code behind one of the broker's, with what it asks of a person. */
export interface ProviderCode {
  provider: ProviderName;
  code: string;
  advice: string;
}

/** A code of the broker: `problem` is answered to a call, `job` stands in the `error` of a request's resource. */
export interface CatalogueEntry extends ErrorMeaning {
  code: ProblemCode | RequestErrorCode;
  kind: "problem" | "job";
  vendorCodes: readonly ProviderCode[];
}

/** Each vendor's codes with their class and advice. */
export type ErrorTables = Record<ProviderName, Readonly<Record<string, Pick<ProviderErrorFacts, "class" | "advice">>>>;

const problems: Record<ProblemCode, ErrorMeaning> = {
  invalid_request: {
    meaning:
      "The body, the query or a header is not what the route takes. Nothing was recorded and no vendor was asked.",
    retry: "useless",
    fix: "Correct every place that errors points at (JSON pointers into the body), then send it again with the same clientToken.",
  },
  unauthenticated: {
    meaning: "There is no API key in the call, or none that the broker knows.",
    retry: "useless",
    fix: "Send a valid key in the header Authorization: Bearer <api key>.",
  },
  forbidden: {
    meaning:
      "The API key is valid, and either lacks the scope that the route asks for, which detail names, or its tenant may not touch a gateway, to which errors points.",
    retry: "useless",
    fix: "Use a key that has the scope, or ask an operator to allow the gateway.",
  },
  not_found: {
    meaning: "There is nothing at this path, or this tenant has no request of this id.",
    retry: "useless",
    fix: "Compare the path with the documentation, and the id with the Location of the answer that accepted the request.",
  },
  method_not_allowed: {
    meaning: "The path exists and does not answer this method.",
    retry: "useless",
    fix: "Use one of the methods in the header Allow.",
  },
  conflict: {
    meaning:
      "The request is in a state that does not permit this, such as a cancel after the vendor was asked, or it has changed since the revision in If-Match.",
    retry: "useless",
    fix: "Read the request again, and decide by its current status and revision.",
  },
  payload_too_large: {
    meaning: "The body is larger than the broker takes; it was not read.",
    retry: "useless",
    fix: "Send a body within the limit that detail names: merge networks, shorten tags.",
  },
  unsupported_media_type: {
    meaning: "The body does not say that it is JSON.",
    retry: "useless",
    fix: "Send JSON, with the header Content-Type: application/json.",
  },
  idempotency_mismatch: {
    meaning:
      "The clientToken stands for another request of this tenant already; errors names the fields that differ. That request is not touched, and no second one was made.",
    retry: "useless",
    fix: "Send the first request's own body to read its state, or take a new clientToken for a new connection.",
  },
  rate_limited: {
    meaning:
      "This API key has sent more calls than its limit allows, or its tenant has as many unfinished requests as it may; detail says which. The call was not carried out.",
    retry: "safe",
    fix: "Wait as long as Retry-After says, then send it again with the same clientToken.",
  },
  internal: {
    meaning:
      "Something went wrong inside the broker; it is logged under the requestId. A create may have been accepted.",
    retry: "safe",
    fix: "Send it again with the same clientToken, which never makes a second connection; if it stays so, tell the broker's operators the requestId.",
  },
  unavailable: {
    meaning:
      "Something the broker stands on did not answer, or others changed the same thing at that moment. A create may have been accepted.",
    retry: "safe",
    fix: "Wait as long as Retry-After says, then send it again with the same clientToken, which never makes a second connection.",
  },
};

const jobs: Record<RequestErrorCode, ErrorMeaning> = {
  provider_validation: {
    meaning: "The vendor refused a value or a precondition, such as the state of the gateway. It created nothing.",
    retry: "useless",
    fix: "Do what advice says. A changed request needs a new clientToken; a mended gateway or account only a redrive.",
  },
  provider_auth: {
    meaning: "The vendor refused the broker's credentials or their permission. It created nothing.",
    retry: "useless",
    fix: "Mend the credentials or the permission that advice names, then redrive the request.",
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
      "The vendor's own job failed, or the broker could not carry the request out. If something half made may be left at the vendor, advice names it.",
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
    fix: "Look for the request's connection at the vendor as advice says and delete what should not be there, then redrive: that looks again before it creates.",
  },
  deadline_exceeded: {
    meaning:
      "timeoutSeconds passed. A failed request never reached the vendor; an unknown one did, and what is known of its connection is in the resource.",
    retry: "safe",
    fix: "Redrive the request, which goes on where it stopped, or send a new one with a longer timeoutSeconds if it failed.",
  },
  canceled: {
    meaning: "A caller canceled the request before the vendor was asked. Nothing was created.",
    retry: "useless",
    fix: "Send a new request with a new clientToken if the connection is wanted after all.",
  },
};

/** Every code of the broker with what it means, and behind the codes of jobs the vendors' own codes, by their class. */
export function createErrorCatalogue(tables: ErrorTables): CatalogueEntry[] {
  const vendorCodes = providers.flatMap((provider) =>
    Object.entries(tables[provider]).map(([code, { class: meaning, advice }]) => ({
      job: requestErrorCodes[meaning],
      vendorCode: { provider, code, advice },
    })),
  );
  const behind = (code: string) => vendorCodes.filter(({ job }) => job === code).map(({ vendorCode }) => vendorCode);
  return [
    ...(Object.keys(problems) as ProblemCode[]).map((code): CatalogueEntry => ({
      code,
      kind: "problem",
      ...problems[code],
      vendorCodes: [],
    })),
    ...(Object.keys(jobs) as RequestErrorCode[]).map((code): CatalogueEntry => ({
      code,
      kind: "job",
      ...jobs[code],
      vendorCodes: behind(code),
    })),
  ];
}
