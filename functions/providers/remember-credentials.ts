import type { Clock } from "../domain/clock.ts";
import type { Credentials, ReadCredentials } from "../domain/provider/credentials.ts";
import type { ProviderName } from "../domain/values.ts";

const keepMilliseconds = 300_000;

export interface Remembered {
  credentials: Credentials;
  /** The next one reads anew: the vendor refused these, and they may have been replaced since. */
  forget: () => void;
}

/** Reads credentials, the same ones every five minutes at most; a failure is not remembered. */
export function rememberCredentials(read: ReadCredentials, clock: Clock) {
  const known = new Map<string, { credentials: Promise<Credentials>; until: number }>();

  return async function readRemembered(provider: ProviderName, reference: string): Promise<Remembered> {
    const key = `${provider}/${reference}`;
    const now = clock.now().getTime();
    const kept = known.get(key);
    const entry =
      kept && now < kept.until ? kept : { credentials: read(provider, reference), until: now + keepMilliseconds };
    known.set(key, entry);
    const forget = () => {
      if (known.get(key) === entry) known.delete(key);
    };
    try {
      return { credentials: await entry.credentials, forget };
    } catch (error) {
      forget();
      throw error;
    }
  };
}
