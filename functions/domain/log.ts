/** The only fields that a log line may have. What is not in this list is left out, whoever logs it. */
const logFields = [
  "requestId",
  "tenant",
  "keyId",
  "connectionId",
  "execution",
  "method",
  "route",
  "status",
  "durationMilliseconds",
  "provider",
  "action",
  "outcome",
  "code",
  "providerRequestId",
  "webhookId",
  "attempt",
  "statusCode",
  "nextAttemptAt",
  "workflow",
  "error",
  "at",
  "name",
  "item",
  "schemaVersion",
  "looked",
  "started",
  "written",
  "isDone",
] as const;

type LogFields = Partial<Record<(typeof logFields)[number], string | number | boolean | undefined>>;

/** One structured log line. Fields are facts chosen by name; never an error's message, a request or an answer. */
export type Log = (event: string, fields: Readonly<LogFields>) => void;

/** What may be logged of an unexpected error: its name and where it arose; a message can hold anything. */
export function errorSite(error: unknown): { error: string; at: string } {
  if (!(error instanceof Error)) return { error: "unknown", at: "" };
  const { message, stack = "" } = error;
  // Behind the message, which may look like frames itself.
  const begin = stack.indexOf(message);
  const frames = begin === -1 ? [] : stack.slice(begin + message.length).split("\n");
  const frame = frames.find((line) => line.startsWith("    at ")) ?? "";
  return { error: /^\w{1,64}$/.test(error.name) ? error.name : "unknown", at: frame.trim() };
}

/** The line, in JSON, with the fields of the list only; `loggedAt` is RFC 3339. */
export function toLogLine(loggedAt: Date, event: string, fields: Readonly<LogFields>): string {
  const kept = logFields.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]] as const]));
  return JSON.stringify({ loggedAt: loggedAt.toISOString(), event, ...Object.fromEntries(kept) });
}
