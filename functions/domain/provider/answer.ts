import * as z from "zod";
import { isAddress } from "../network/cidr.ts";
import { visibleText } from "../values.ts";
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
  // An object may have anything in place of its text.
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return undefined;
  const text = String(value).toLowerCase();
  if (text === "true" || text === "1") return true;
  return text === "false" || text === "0" ? false : undefined;
});

/** A number, which some answers have as text. */
export const count = optional((value) => {
  const isDecimal = typeof value === "string" && /^\d+(\.\d+)?$/.test(value);
  return typeof value === "number" || isDecimal ? Number(value) : undefined;
});

/** One that is shown and stored: a table takes no others. */
export const whole = count.transform((value) => (Number.isSafeInteger(value) ? value : undefined));

/** An id or a name, which may be nothing but digits. */
export const label = optional((value) => {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
});

/** As many UTF-16 units as a tag's value can have. */
const maxShown = 256;

/** A text that is shown as it is: short, and without what would disturb those who read it. */
function toShown(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text.length <= maxShown && visibleText.pattern.test(text) ? text : undefined;
}
export const shown = optional((value) => toShown(value) || undefined);
/** Such texts in a list, or in one text with commas between them. */
export const shownList = optional((value) => {
  const all: unknown[] = typeof value === "string" ? value.split(",") : Array.isArray(value) ? value : [];
  return all.flatMap((item) => toShown(item)?.trim() || []);
});

/** Rows of `Key` and `Value` by their keys, however many there are. */
export const shownTags = z
  .array(z.object({ Key: z.string().min(1), Value: z.string().catch("") }).catch({ Key: "", Value: "" }))
  .catch([])
  .transform((rows) =>
    Object.fromEntries(
      rows.flatMap(({ Key, Value }) => {
        const [key, value] = [toShown(Key), toShown(Value)];
        return key && key !== "__proto__" && value !== undefined ? [[key, value] as const] : [];
      }),
    ),
  );

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

/** A word whose absence says something, too: then nothing else may stand in its place. */
export const wordOrNothing = z.union([requiredWord, nothing]).optional();

/** The members of an object that may be missing altogether. */
export const maybeObject = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape).optional().catch(undefined);

/** The same of an object that some answers have as JSON in a text. */
export const maybeJson = <Shape extends z.ZodRawShape>(shape: Shape) => optional(parseJson).pipe(maybeObject(shape));

function parseJson(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

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
