import { isDenied } from "./permission.ts";
import { ProviderError } from "./provider-error.ts";
import { warnOfPermission } from "./read-answer.ts";

/** Where it is said what a check could not look at. */
export interface Unread {
  /** Each thing that was not checked, and why. */
  notChecked: string[];
  warn: (warning: string) => void;
}

/**
 * A read that only tells sooner what the create would tell anyway: its failure, of whatever kind, stops nothing and is
 * noted. Undefined then.
 */
export async function readOptional<Value>(
  what: string,
  unread: Unread,
  read: () => Promise<Value>,
): Promise<Value | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { action, providerCode } = error.facts;
    const denied = isDenied(providerCode);
    unread.notChecked.push(`${what}: ${action} ${denied ? "is not permitted" : "could not be read"}`);
    if (denied) unread.warn(warnOfPermission(action, `${what} cannot be checked`));
    return undefined;
  }
}
