import type { Access } from "./access.ts";

/** The members of a problem document that are shown; any may be missing when it is not the broker that answers. */
export interface Problem {
  title?: string;
  detail?: string;
  code?: string;
  requestId?: string;
  errors?: { pointer: string; detail: string }[];
}

/** The options that members of a request come from. */
const options: Record<string, string> = {
  gateways: "--gateway",
  credentials: "--credentials",
  maxUnfinishedRequests: "--most-open",
  webhookUrl: "--webhook-url",
  graceSeconds: "--grace",
  expiresInSeconds: "--expires",
  name: "--name",
  scopes: "--scope",
  "rateLimit/perSecond": "--rate",
  "rateLimit/burst": "--burst",
  force: "--force",
  reason: "--reason",
  tenant: "--tenant",
  limit: "--limit",
};

/** An answer that is no success, in a sentence or two. */
export function toSentence(
  { base, keySource }: Pick<Access, "base" | "keySource">,
  { status }: Pick<Response, "status">,
  problem: Problem | undefined,
): string {
  if (!problem?.code || !problem.detail) {
    const redirected = status >= 300 && status < 400;
    return redirected
      ? `${base} answers with a redirect, which a key must not follow: give the URL that it leads to.`
      : `What answers at ${base} is not the broker (status ${status}).`;
  }
  const { code, title, detail, requestId } = problem;
  const about = requestId === undefined ? "" : ` Its request id is ${requestId}.`;
  switch (code) {
    case "unauthenticated":
      return `${base} does not know the key in ${keySource}, or it has ended.`;
    case "forbidden":
      return `${base} refuses the key in ${keySource}: ${detail}.`;
    case "rate_limited":
      return `${base} still has too many requests of this key: ${detail}.`;
    case "internal":
    case "unavailable":
      return `${base} could not do it: ${detail}.${about}`;
    default:
      return `${title}: ${toFlaws(problem) ?? detail}.`;
  }
}

function toFlaws({ errors }: Problem): string | undefined {
  return errors?.map(({ pointer, detail }) => `${toOption(pointer)} ${detail}`.trim()).join("; ");
}

function toOption(pointer: string): string {
  const path = pointer.slice(1);
  return options[path] ?? options[path.split("/")[0] ?? ""] ?? path;
}
