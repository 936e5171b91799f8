import * as z from "zod";
import { tenantName } from "../schemas/fields.ts";
import { problemCode } from "../schemas/problem.ts";
import { requestErrorCode } from "../schemas/request-error.ts";
import { connectionId, deliveryId, keyId } from "../schemas/values.ts";

/** What stands in a path, by the name it has there. */
export const pathParameters: Readonly<Record<string, z.ZodType>> = {
  id: connectionId.meta({ description: "The `id` of the connection resource.", example: "k3x5q7mzj2v4wy6abcdefgh2ij" }),
  deliveryId: deliveryId.meta({
    description: "The `id` of the delivery: the `webhook-id` that its receiver got.",
    example: "msg_k3x5q7mzj2v4wy6abcdefgh2ij_1",
  }),
  tenant: tenantName.meta({ description: "The tenant's name: 1 to 63 of a-z, 0-9 and hyphens.", example: "acme" }),
  keyId: keyId.meta({ description: "The `id` of the API key.", example: "key_0123456789abcdef01" }),
  code: z.union([problemCode, requestErrorCode]).meta({ description: "The error code.", example: "not_found" }),
};
