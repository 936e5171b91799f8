import * as z from "zod";
import type { WebhookDelivery } from "../../domain/connections/deliveries.ts";
import { deliveryStates } from "../../domain/record/connection-record.ts";
import { schemaOf } from "./schema-of.ts";
import { webhookAttempt } from "./timeline.ts";
import { deliveryId, listOf, time } from "./values.ts";

export const delivery = schemaOf<WebhookDelivery>()(
  z.strictObject({
    id: deliveryId,
    state: z.enum(deliveryStates),
    attempts: z.array(z.strictObject(webhookAttempt)),
    nextAttemptAt: time.exactOptional(),
  }),
).meta({ id: "Delivery" });

export const deliveries = listOf(delivery).meta({ id: "Deliveries" });
