import * as z from "zod";
import { providers } from "../../domain/values.ts";
import type { CatalogueEntry } from "../error-catalogue.ts";
import { retries } from "../error-meaning.ts";
import { problemCode } from "./problem.ts";
import { requestErrorCode } from "./request-error.ts";
import { schemaOf } from "./schema-of.ts";
import { listOf, sentence } from "./values.ts";

const vendorCode = z
  .strictObject({ provider: z.enum(providers), code: sentence, advice: sentence })
  .meta({ id: "VendorCode" });

export const errorDoc = schemaOf<CatalogueEntry>()(
  z.strictObject({
    code: z.union([problemCode, requestErrorCode]),
    kind: z.enum(["problem", "job"]),
    meaning: sentence,
    retry: z.enum(retries),
    fix: sentence,
    vendorCodes: z.array(vendorCode).readonly(),
  }),
).meta({ id: "ErrorDoc" });

export const errorDocs = listOf(errorDoc).meta({ id: "ErrorDocs" });
