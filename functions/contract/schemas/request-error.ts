import * as z from "zod";
import type { RequestError, RequestErrorCode } from "../../domain/errors.ts";
import { schemaOf } from "./schema-of.ts";
import { sentence } from "./values.ts";

export const requestErrorCode = schemaOf<RequestErrorCode>()(
  z.enum([
    "provider_validation",
    "provider_auth",
    "provider_quota",
    "provider_not_found",
    "provider_conflict",
    "provider_throttled",
    "provider_internal",
    "semantic_duplicate",
    "outcome_unknown",
    "deadline_exceeded",
    "canceled",
  ]),
).meta({ id: "RequestErrorCode" });

export const requestError = schemaOf<RequestError>()(
  z.strictObject({
    code: requestErrorCode,
    message: sentence,
    retryable: z.boolean(),
    advice: sentence,
    providerCode: sentence.exactOptional(),
    providerRequestId: sentence.exactOptional(),
  }),
).meta({ id: "RequestError" });
