/** The options that members of a request come from. */
const options: Record<string, string> = {
  gateways: "--gateway",
  credentials: "--credentials",
  maxUnfinishedRequests: "--most-open",
  webhookUrl: "--webhook-url",
  graceSeconds: "--grace",
  expiresInSeconds: "--expires",
  scopes: "--scope",
  "rateLimit/perSecond": "--rate",
  "rateLimit/burst": "--burst",
  force: "--force",
  reason: "--reason",
  tenant: "--tenant",
  limit: "--limit",
  window: "--window",
  status: "--status",
  errorCode: "--error-code",
  createdAfter: "--created-after",
  createdBefore: "--created-before",
};

/** What a person calls the place of a flaw: an option where it comes from one, the pointer into the request otherwise. */
export function toOption(pointer: string, given: object): string {
  const path = pointer.slice(1);
  // A create request has a name, too, and that one is in a file.
  if (path === "name" && path in given) return "--name";
  return options[path] ?? options[path.split("/")[0] ?? ""] ?? pointer;
}
