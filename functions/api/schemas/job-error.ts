import * as z from "zod";
import type { JobError, JobErrorCode } from "../../domain/errors.ts";
import { describes } from "./describes.ts";
import { sentence } from "./values.ts";

export const jobErrorCode = describes<JobErrorCode>()(
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
).meta({ id: "JobErrorCode" });

export const jobError = describes<JobError>()(
  z.strictObject({
    code: jobErrorCode,
    message: sentence,
    retryable: z.boolean(),
    advice: sentence,
    providerCode: sentence.exactOptional(),
    providerRequestId: sentence.exactOptional(),
  }),
).meta({ id: "JobError" });
