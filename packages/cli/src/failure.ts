import { exitCodes } from "./exit-codes.ts";

/** What went wrong, in sentences that a person can act on. */
export class Failure extends Error {
  readonly code: string = "failed";
  readonly exitCode: number = exitCodes.error;
}

/** The command line itself is wrong; nothing was done. */
export class UsageError extends Failure {
  override readonly code = "usage";
  override readonly exitCode = exitCodes.usage;
}

/** There is no key to show. */
export class KeyMissingError extends Failure {
  override readonly code = "no_key";
  override readonly exitCode = exitCodes.key;
}

/** Nothing listens where the broker should be: nothing was sent. */
export class UnreachableError extends Failure {
  override readonly code = "no_answer";
}

/** A person or the system ended the process early; the reason of the session's signal. */
export class Interruption extends Failure {
  override readonly code = "interrupted";
  override readonly exitCode: number;

  /** By SIGINT, which is Ctrl-C, or by another signal with its number. */
  constructor(signalNumber = 2) {
    super("Interrupted.");
    this.exitCode = exitCodes.interrupted - 2 + signalNumber;
  }
}

/** A key or a secret by its look: nothing that looks so may reach stderr, wherever a message came from. */
const secretLook = /(vpb_|whsec_)[\w+/=-]+/g;

/** The text without keys and secrets: those given, and what looks like one of ours. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  let shown = text.replaceAll(secretLook, "$1…");
  for (const secret of secrets) shown = shown.replaceAll(secret, "…");
  return shown;
}
