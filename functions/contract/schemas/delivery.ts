import * as z from "zod";
import type { WebhookDelivery } from "../../domain/connections/deliveries.ts";
import { deliveryStates } from "../../domain/record/connection-record.ts";
import { schemaOf } from "./schema-of.ts";
import { webhookAttempt } from "./timeline.ts";
import { deliveryId, listOf, time } from "./values.ts";

const delivery = schemaOf<WebhookDelivery>()(
  z.strictObject({
    id: deliveryId,
    state: z.enum(deliveryStates),
    attempts: z.array(z.strictObject(webhookAttempt).meta({ id: "WebhookAttempt" })),
    nextAttemptAt: time.exactOptional(),
  }),
).meta({ id: "Delivery" });

/** To a key that may send it again and not read what became of it. */
const receipt = delivery.pick({ id: true, state: true }).meta({ id: "DeliveryReceipt" });

export const resentDelivery = z.union([delivery, receipt]);

export const deliveries = listOf(delivery).meta({ id: "Deliveries" });
