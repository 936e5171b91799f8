/** The options that members of a request come from. */
const options = new Map([
  ["name", "--name"],
  ["gateways", "--gateway"],
  ["credentials", "--credentials"],
  ["maxUnfinishedRequests", "--most-open"],
  ["webhookUrl", "--webhook-url"],
  ["graceSeconds", "--grace"],
  ["expiresInSeconds", "--expires"],
  ["scopes", "--scope"],
  ["rateLimit/perSecond", "--rate"],
  ["rateLimit/burst", "--burst"],
  ["force", "--force"],
  ["reason", "--reason"],
  ["tenant", "--tenant"],
  ["limit", "--limit"],
  ["window", "--window"],
  ["status", "--status"],
  ["errorCode", "--error-code"],
  ["createdAfter", "--created-after"],
  ["createdBefore", "--created-before"],
]);

/** What a person calls the place of a flaw: an option that the command has, or else the pointer into the request. */
export function toOption(pointer: string, names: ReadonlySet<string>): string {
  const path = pointer.slice(1);
  const option = options.get(path) ?? options.get(path.split("/")[0] ?? "");
  const member = option?.slice(2).replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  // In a create request, which is in a file, the same word is a member.
  return option && member && names.has(member) ? option : pointer;
}
