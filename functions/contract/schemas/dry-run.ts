import * as z from "zod";
import type { DryRun } from "../../domain/connections/dry-run-connection.ts";
import { requestErrorCode } from "./request-error.ts";
import { schemaOf } from "./schema-of.ts";
import { sentence } from "./values.ts";

export const dryRun = schemaOf<DryRun>()(
  z.strictObject({
    ok: z.boolean(),
    errors: z.array(
      z
        .strictObject({ code: requestErrorCode, pointer: z.string().startsWith("/").exactOptional(), detail: sentence })
        .meta({ id: "DryRunError" }),
    ),
    warnings: z.array(sentence),
    notChecked: z.array(sentence),
    vendorRequest: z
      .strictObject({ action: sentence, parameters: z.record(z.string(), z.unknown()) })
      .meta({ id: "VendorRequest" }),
  }),
).meta({ id: "DryRun" });
