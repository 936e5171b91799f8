import { ProviderError, type ProviderErrorFacts } from "../../functions/domain/provider/provider-error.ts";

/** The facts of what a read of credentials throws, and every text of it, to look for values in. */
export async function credentialsFailure(
  read: Promise<unknown>,
): Promise<{ facts: ProviderErrorFacts; texts: string }> {
  const error = await read.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProviderError)) throw new Error("it did not fail with a ProviderError", { cause: error });
  const { message, stack, facts, cause } = error;
  return { facts, texts: [message, stack, JSON.stringify(facts), String(cause)].join("\n") };
}
