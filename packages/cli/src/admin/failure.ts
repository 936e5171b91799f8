/** What went wrong, in sentences that an operator can act on. The process ends with 1. */
export class Failure extends Error {
  readonly exitCode: number = 1;
}

/** The command line itself is wrong; nothing was done. The process ends with 2. */
export class UsageError extends Failure {
  override readonly exitCode = 2;
}

/** A key or a secret by its look: nothing that looks so may reach stderr, wherever a message came from. */
const secretLook = /(vpb_|whsec_)[\w+/=-]+/g;

/** The text without keys and secrets: those given, and what looks like one of ours. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  let shown = text.replaceAll(secretLook, "$1…");
  for (const secret of secrets) shown = shown.replaceAll(secret, "…");
  return shown;
}
