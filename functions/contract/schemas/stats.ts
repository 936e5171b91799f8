import * as z from "zod";
import { requestErrorCodes } from "../../domain/errors.ts";
import { statuses } from "../../domain/record/status.ts";
import { hoursOf, longestWindowHours, type Stats, windowPattern } from "../../domain/stats/get-stats.ts";
import { providers } from "../../domain/values.ts";
import { schemaOf } from "./schema-of.ts";
import { connectionId } from "./values.ts";
import { count, sentence, time } from "./values.ts";

const range = "must be 1h to 720h, or 1d to 30d";

export const window = z
  .string()
  .regex(windowPattern, range)
  .refine((text) => hoursOf(text) <= longestWindowHours, range)
  .meta({ description: "Hours up to `720h`, or days up to `30d`." });

const provider = z.enum(providers);
const seconds = z.number().min(0);

const outcomes = {
  ended: z.strictObject({ succeeded: count, failed: count, canceled: count, unknown: count }),
  successRate: z.number().min(0).max(1).exactOptional(),
  secondsToSuccess: z.strictObject({ p50: seconds, p95: seconds }).exactOptional(),
};

const status = z.enum(statuses);
const oldest = z.strictObject({ id: connectionId, status, createdAt: time, ageSeconds: seconds });

export const stats = schemaOf<Stats>()(
  z.strictObject({
    window,
    from: time,
    at: time,
    checkedUntil: time.exactOptional(),
    ...outcomes,
    providers: z.array(z.strictObject({ provider, ...outcomes })),
    regions: z.array(z.strictObject({ provider, region: sentence, ...outcomes })),
    errors: z.array(z.strictObject({ code: z.enum(requestErrorCodes), provider, count })),
    series: z.array(z.strictObject({ from: time, ...outcomes })),
    unfinished: z.strictObject({
      total: count,
      byStatus: z.partialRecord(status, count),
      oldest: oldest.exactOptional(),
      isWhole: z.boolean(),
    }),
    queues: z.array(z.strictObject({ provider, region: sentence, vpnGatewayId: sentence, waiting: count, oldest })),
    failingWebhooks: z.array(z.strictObject({ host: sentence, requests: count })),
  }),
).meta({ id: "Stats" });
