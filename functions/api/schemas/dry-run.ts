import * as z from "zod";
import type { DryRun } from "../../domain/dry-run-connection.ts";
import { describes } from "./describes.ts";
import { jobErrorCode } from "./job-error.ts";
import { sentence } from "./values.ts";

export const dryRun = describes<DryRun>()(
  z.strictObject({
    ok: z.boolean(),
    errors: z.array(
      z.strictObject({ code: jobErrorCode, pointer: z.string().startsWith("/").exactOptional(), detail: sentence }),
    ),
    warnings: z.array(sentence),
    vendorRequest: z.strictObject({ action: sentence, parameters: z.record(z.string(), z.unknown()) }),
  }),
).meta({ id: "DryRun" });
