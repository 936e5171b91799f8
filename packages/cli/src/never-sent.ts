import { NoAnswerError } from "@vpn-broker/client";

/** Causes that come before anything was sent, by the codes of Node and of its fetch. */
const causes: Record<string, string> = {
  ECONNREFUSED: "nothing listens there. Is it running?",
  ENOTFOUND: "its name is not known.",
  EAI_AGAIN: "its name could not be looked up.",
  ENETUNREACH: "there is no way to it.",
  EHOSTUNREACH: "there is no way to it.",
  UND_ERR_CONNECT_TIMEOUT: "it took too long to connect.",
};

/** Why a call that got no answer was never sent; nothing where it may have been. */
export function whyNeverSent(error: unknown): string | undefined {
  if (!(error instanceof NoAnswerError)) return undefined;
  return causes[/\((\w+)\)$/.exec(error.message)?.[1] ?? ""];
}
