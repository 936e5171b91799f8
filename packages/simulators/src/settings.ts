import * as z from "zod";

const milliseconds = z.number().int().nonnegative();

/** How a simulated cloud behaves in time and number; nothing of it belongs to the cloud's own state. */
export const settingsSchema = z.strictObject({
  /** How long the background work of a create, change or delete takes. */
  provisioningMilliseconds: milliseconds,
  /** How long every answer is held back; only the HTTP layer waits. */
  latencyMilliseconds: milliseconds,
  /** How long a new connection stays invisible to every describe call. */
  visibleAfterMilliseconds: milliseconds,
  quotas: z.record(z.string(), z.number().int().nonnegative()),
  /** By action; an action without an entry is not limited. */
  rateLimits: z.record(
    z.string(),
    z.strictObject({ calls: z.number().int().positive(), perMilliseconds: milliseconds.min(1) }),
  ),
});

/** See {@link settingsSchema}. */
export type Settings = z.infer<typeof settingsSchema>;

/** The settings with some of them changed; quotas and rate limits are merged by name. */
export function changeSettings(current: Settings, changes: unknown): Settings {
  const known = Object.keys(current.quotas);
  const { quotas, rateLimits, ...durations } = settingsSchema
    .partial()
    .refine((input) => Object.keys(input.quotas ?? {}).every((name) => known.includes(name)), {
      path: ["quotas"],
      error: `Known quotas: ${known.join(", ")}`,
    })
    .parse(changes);
  return settingsSchema.parse({
    ...current,
    ...durations,
    quotas: { ...current.quotas, ...quotas },
    rateLimits: { ...current.rateLimits, ...rateLimits },
  });
}
