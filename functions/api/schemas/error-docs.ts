import * as z from "zod";
import type { CatalogueEntry } from "../../domain/error-catalogue.ts";
import { providers } from "../../domain/values.ts";
import { describes } from "./describes.ts";
import { jobErrorCode } from "./job-error.ts";
import { problemCode } from "./problem.ts";
import { listOf, sentence } from "./values.ts";

export const errorDoc = describes<CatalogueEntry>()(
  z.strictObject({
    code: z.union([problemCode, jobErrorCode]),
    kind: z.enum(["problem", "job"]),
    meaning: sentence,
    retry: z.enum(["safe", "useless", "check-first"]),
    mend: sentence,
    vendorCodes: z.array(z.strictObject({ provider: z.enum(providers), code: sentence, advice: sentence })).readonly(),
  }),
).meta({ id: "ErrorDoc" });

export const errorDocs = listOf(errorDoc).meta({ id: "ErrorDocs" });
