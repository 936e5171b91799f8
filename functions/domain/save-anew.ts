import { StaleRecordError } from "./errors.ts";

const maxTries = 5;

/**
 * Saves what follows from `known`. Where somebody wrote in between (`save` throws `StaleRecordError`), it follows anew
 * from what `reread` answers, five times in all, or not at all when `reread` throws. `tries` is 1 the first time.
 */
export async function saveAnew<Known, Saved>(
  known: Known,
  save: (known: Known, tries: number) => Promise<Saved>,
  reread: () => Promise<Known>,
): Promise<Saved> {
  let current = known;
  for (let tries = 1; ; tries += 1) {
    try {
      return await save(current, tries);
    } catch (error) {
      if (!(error instanceof StaleRecordError) || tries === maxTries) throw error;
      current = await reread();
    }
  }
}
