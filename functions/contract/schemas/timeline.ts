import * as z from "zod";
import type { TimelineEvent } from "../../domain/record/connection-record.ts";
import { status, tunnelState } from "./connection.ts";
import { schemaOf } from "./schema-of.ts";
import { count, deliveryId, listOf, sentence, time } from "./values.ts";

/** An attempt to deliver a webhook, as the timeline and the list of deliveries both tell it. */
export const webhookAttempt = {
  at: time,
  attempt: z.int().min(1),
  outcome: sentence,
  statusCode: z.int().min(100).max(999).exactOptional(),
  durationMilliseconds: z.number().min(0),
  nextAttemptAt: time.exactOptional(),
};

const event = <Shape extends z.ZodRawShape>(id: string, shape: Shape) => z.strictObject(shape).meta({ id });

const timelineEvent = schemaOf<TimelineEvent>()(
  z.discriminatedUnion("type", [
    event("StatusEvent", { type: z.literal("status"), at: time, status, reason: sentence }),
    event("VendorCallEvent", {
      type: z.literal("vendor_call"),
      at: time,
      count: z.int().min(1),
      lastAt: time,
      action: sentence,
      outcome: sentence.meta({
        description:
          "`ok`, the vendor's code, or without one: `ambiguous` (no answer could be read), `retry` (it was not reached), `auth` (no credentials to call with)",
      }),
      durationMilliseconds: z.number().min(0),
      providerRequestId: sentence.exactOptional(),
    }),
    event("RecoveryEvent", {
      type: z.literal("recovery"),
      at: time,
      action: sentence,
      by: sentence.exactOptional(),
      actor: z.literal("operator").exactOptional(),
      reason: sentence.exactOptional(),
      connectionIds: z.array(sentence).exactOptional(),
    }),
    event("TunnelEvent", { type: z.literal("tunnel"), at: time, tunnel: count, state: tunnelState, reason: sentence }),
    event("WebhookAttemptEvent", { type: z.literal("webhook_attempt"), deliveryId, ...webhookAttempt }),
  ]),
).meta({ id: "TimelineEvent" });

export const timeline = listOf(timelineEvent).meta({ id: "Timeline" });
