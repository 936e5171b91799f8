import * as z from "zod";
import { scopes } from "../../domain/tenants/tenant.ts";

/** Values that several answers have. What an answer shows is described as narrowly as it is made. */

export const time = z.iso
  .datetime({ precision: 3 })
  .meta({ id: "Time", description: "RFC 3339, UTC, in milliseconds" });

export const connectionId = z.string().regex(/^[a-z2-7]{26}$/);

/** The `webhook-id` of a request's run. */
export const deliveryId = z.string().regex(/^msg_[a-z2-7]{26}_[1-9]\d*$/);

/** `bootstrap` made the first key of a deployment, and `key_first` is that of the local stack. */
export const keyId = z.string().regex(/^key_[0-9a-z]{1,18}$/);

export const scope = z.enum(scopes).meta({ id: "Scope" });

/** Text for people, never empty. */
export const sentence = z.string().min(1);

export const count = z.int().min(0);

/** A list that comes a page at a time: the cursor is there while there may be more. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().min(1).exactOptional() });

/** A list that comes whole. */
export const listOf = <Item extends z.ZodType>(item: Item) => z.strictObject({ items: z.array(item) });

/** Of an answer without a body. */
export const noBody = z.undefined();
