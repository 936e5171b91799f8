import * as z from "zod";
import { isAddress } from "../network/cidr.ts";
import { toIdentifier } from "./provider-code.ts";
import { ProviderError } from "./provider-error.ts";
import type { CallProvider, ProviderRequest } from "./provider.ts";

/**
 * What is read of a vendor's answers. Only what a decision needs is required; the rest is advice, and where it is
 * missing, null or of a type that says nothing, the answer counts as one without it.
 */

const optional = <Value>(read: (value: unknown) => Value | undefined) => z.unknown().optional().transform(read);

/** A word of the vendor's, such as a state. */
export const word = optional((value) => (typeof value === "string" && value !== "" ? value : undefined));

export const ipAddress = optional((value) => (typeof value === "string" && isAddress(value) ? value : undefined));

/** True or false, which some answers have as text or as a number. */
export const flag = optional((value) => {
  const text = String(value).toLowerCase();
  if (text === "true" || text === "1") return true;
  return text === "false" || text === "0" ? false : undefined;
});

/** A number, which some answers have as text. */
export const count = optional((value) => {
  const isDecimal = typeof value === "string" && /^\d+(\.\d+)?$/.test(value);
  return typeof value === "number" || isDecimal ? Number(value) : undefined;
});

/** An id or a name, which may be nothing but digits. */
export const label = optional((value) => {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
});

/** The same of what must be there. */
export const requiredWord = z.string().min(1);
export const requiredLabel = z.union([requiredWord, z.number().transform(String)]);

export const requiredCount = count.pipe(z.number());

const nothing = z.union([z.string(), z.number(), z.boolean(), z.null()]).transform(() => undefined);
/**
 * What a create may answer. Without an id it was accepted all the same, which must not be believed of an answer in
 * which something else stands in its place.
 */
export const createdId = z.union([requiredLabel, nothing]).optional();
export const createdObject = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.union([z.object(shape), nothing]).optional();

/** The members of an object that may be missing altogether. */
export const maybeObject = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape).optional().catch(undefined);

/** A list that may be missing, without the rows that are no objects. */
export const maybeRows = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .array(maybeObject(shape))
    .catch([])
    .transform((rows) => rows.filter((row) => row !== undefined));

/** What a call answers, as far as it is looked at. Throws `ProviderError` where something required cannot be read. */
export async function readAnswer<Schema extends z.ZodType>(
  call: CallProvider,
  schema: Schema,
  { action, parameters }: ProviderRequest,
): Promise<z.infer<Schema>> {
  const answer = await call(action, parameters);
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const place = parsed.error.issues[0]?.path.join(".") || "body";
  const providerRequestId = toIdentifier(answer["RequestId"]);
  throw new ProviderError({
    class: "ambiguous",
    action,
    advice: `Look for a proxy that changes answers, and report this as a defect of the broker: the answer to ${action} has no ${place} that can be read.`,
    ...(providerRequestId && { providerRequestId }),
  });
}
