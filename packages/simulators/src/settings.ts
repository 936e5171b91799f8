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
  /**
   * So many copies of its lists answer describe calls in turn. The first of n shows a new connection after the nth part of
   * `visibleAfterMilliseconds`, the last one after all of it: until then it is seen, and not, and seen again.
   */
  listCopies: z.number().int().min(1),
  /** What a create is compared with: every connection, those that every list shows, or none, so that it may be a second one. */
  comparesWith: z.enum(["all", "shown", "none"]),
  /** Alibaba: so long after its first use a client token is forgotten, and what comes under it is new; null is never. */
  tokenLifeMilliseconds: milliseconds.nullable(),
  /** How far the cloud's clock is ahead, or behind below 0: signatures are judged by it, and the `Date` header shows it. */
  clockSkewMilliseconds: z.number().int(),
  /** By action, how long an answer is held back besides the latency; 0 ends it. */
  hangMilliseconds: z.record(z.string(), milliseconds),
  /** Actions that the account may not call, as when a policy leaves them out. */
  deniedActions: z.array(z.string().min(1)),
  /** Names are kept in Unicode normalization form KC, without spaces at the ends and with single ones inside. */
  trimNames: z.boolean(),
  /** By field of its description, what is shown of every connection in place of what it has; objects are merged. */
  shownInstead: z.record(z.string(), z.unknown()),
  /** Alibaba: whether `DryRun` counts for nothing, so that a dry run creates. */
  ignoreDryRun: z.boolean(),
  /** Alibaba: whether the tunnels of a dual-tunnel connection are shown with text for every boolean and number. */
  dualTunnelText: z.boolean(),
  quotas: z.record(z.string(), z.number().int().nonnegative()),
  /** By action; an action without an entry is not limited. */
  rateLimits: z.record(
    z.string(),
    z.strictObject({ calls: z.number().int().positive(), perMilliseconds: milliseconds.min(1) }),
  ),
});

/** See {@link settingsSchema}. */
export type Settings = z.infer<typeof settingsSchema>;

/** What is alike at both clouds as long as nobody says otherwise. */
export const commonSettings = {
  provisioningMilliseconds: 5_000,
  latencyMilliseconds: 0,
  visibleAfterMilliseconds: 0,
  listCopies: 1,
  comparesWith: "all",
  tokenLifeMilliseconds: null,
  clockSkewMilliseconds: 0,
  hangMilliseconds: {},
  deniedActions: [],
  trimNames: false,
  shownInstead: {},
  ignoreDryRun: false,
  dualTunnelText: false,
} satisfies Omit<Settings, "quotas" | "rateLimits">;

// Zod compiles a schema when it is first used, so that one per call would be compiled per call.
const changesSchema = settingsSchema.partial();

/** The settings with some of them changed; what is by name is merged by name. */
export function changeSettings(current: Settings, changes: unknown): Settings {
  const { quotas, rateLimits, hangMilliseconds, ...others } = changesSchema.parse(changes);
  requireKnown("quotas", Object.keys(quotas ?? {}), Object.keys(current.quotas));
  return settingsSchema.parse({
    ...current,
    ...others,
    quotas: { ...current.quotas, ...quotas },
    rateLimits: { ...current.rateLimits, ...rateLimits },
    hangMilliseconds: { ...current.hangMilliseconds, ...hangMilliseconds },
  });
}

/** Throws for settings with an action that the vendor does not have. */
export function requireKnownActions(settings: Settings, actions: readonly string[]): void {
  requireKnown("deniedActions", settings.deniedActions, actions);
  requireKnown("hangMilliseconds", Object.keys(settings.hangMilliseconds), actions);
  requireKnown("rateLimits", Object.keys(settings.rateLimits), actions);
}

/** Throws for a name that is misspelt, and would else count for nothing. */
export function requireKnown(member: string, given: readonly string[], known: readonly string[]): void {
  if (given.every((name) => known.includes(name))) return;
  const message = `Known ${member}: ${known.join(", ")}`;
  throw new z.ZodRealError([{ code: "custom", path: [member], message, input: given }]);
}
