import * as z from "zod";
import type { Actor } from "../../domain/actor.ts";
import { auditActions, type AuditEntry } from "../../domain/audit.ts";
import { tenantName } from "./fields.ts";
import { schemaOf } from "./schema-of.ts";
import { keyId, pageOf, sentence, time } from "./values.ts";

const action = z.enum(auditActions).meta({ id: "AuditAction" });

const actor = schemaOf<Actor>()(
  z.strictObject({
    tenant: tenantName,
    // Operators at work in the table itself have no key.
    keyId: z.union([keyId, z.literal("bootstrap")]),
    keyName: sentence,
    address: sentence.exactOptional(),
    requestId: sentence,
  }),
).meta({ id: "Actor" });

const auditEntry = schemaOf<AuditEntry>()(
  z.strictObject({
    id: z.string().regex(/^audit_[a-z0-9]{24,26}$/),
    at: time,
    action,
    tenant: tenantName,
    target: sentence.exactOptional(),
    by: actor,
    reason: sentence.exactOptional(),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])).exactOptional(),
  }),
).meta({ id: "AuditEntry" });

export const auditPage = pageOf(auditEntry).meta({ id: "AuditPage" });
