import * as z from "zod";
import { type RequestError, requestErrorCodes } from "../../domain/errors.ts";
import { schemaOf } from "./schema-of.ts";
import { sentence } from "./values.ts";

export const requestErrorCode = z.enum(requestErrorCodes).meta({ id: "RequestErrorCode" });

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
