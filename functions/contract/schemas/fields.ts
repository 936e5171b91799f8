import * as z from "zod";
import { everyTenant, tenantNamePattern } from "../../domain/tenants/tenant.ts";
import { type ProviderName, providers, visibleText } from "../../domain/values.ts";

/** Why somebody wants something done, for the timeline and the audit log; spaces (U+2800 is one in Braille) say nothing. */
export const reason = z
  .string()
  .min(1)
  .max(500)
  .regex(visibleText.pattern, visibleText.detail)
  .regex(/[^\s\u2800]/u, "must say something");

/** The body of what may be done without saying why. */
export const optionalReason = z.strictObject({ reason: reason.exactOptional() }).meta({ id: "OptionalReason" });

/** The body of what may not. */
export const requiredReason = z.strictObject({ reason }).meta({ id: "Reason" });

/** How long what is replaced stays valid, in seconds: a day unless it is said, a week at most. */
const graceSeconds = z.int().min(0).max(604_800).default(86_400);

/** The body of a rotation, of a key or of a secret. */
export const rotation = z.strictObject({ ...optionalReason.shape, graceSeconds }).meta({ id: "Rotation" });

/** What a key can be called. */
export const keyName = z
  .string()
  .regex(/^[A-Za-z0-9][\w .-]{0,63}$/, "must be 1 to 64 letters, digits, spaces and . _ -");

/** Items of a page. */
export const limit = z
  .string()
  .regex(/^[1-9]\d{0,2}$/, "must be 1 to 100")
  .transform(Number)
  .refine((most) => most <= 100, "must be 1 to 100")
  .meta({ type: "integer", minimum: 1, maximum: 100, description: "A whole number." })
  .default(20);

export const tenantName = z.string().regex(tenantNamePattern, "must be 1 to 63 of a-z, 0-9 and hyphens");

/** Whose requests are asked for, for operators: a tenant's, or everybody's; absent = the caller's own tenant's. */
export const anyTenant = z.union([tenantName, z.literal(everyTenant)]).exactOptional();

/** Where a page begins: `nextCursor` of the page before, asked for with the same filters. */
export const cursor = z.string().max(1024).exactOptional();

/** An object with a member for each vendor. */
export const perProvider = <Member extends z.ZodType>(member: Member) =>
  z.strictObject(Object.fromEntries(providers.map((name) => [name, member])) as Record<ProviderName, Member>);
