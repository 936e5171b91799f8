import type * as z from "zod";
import { readAnswer } from "./answer.ts";
import { ProviderError } from "./provider-error.ts";
import type { CallProvider, ProviderRequest } from "./provider.ts";

/**
 * Calls that take from the vendor's answer what a schema names, and nothing else. They throw only `ProviderError`.
 * `absent`: by action, the codes that say that what it asks for is not there. What else is not found, such as a region, or
 * the gateway of a connection, is no answer to that question.
 */
export function createReader(call: CallProvider, absent: Readonly<Record<string, RegExp>>) {
  const read = <Schema extends z.ZodType>(schema: Schema, request: ProviderRequest) =>
    readAnswer(call, schema, request);

  /** The same, with undefined for what the vendor does not have. */
  async function readKnown<Schema extends z.ZodType>(
    schema: Schema,
    request: ProviderRequest,
  ): Promise<z.infer<Schema> | undefined> {
    try {
      return await read(schema, request);
    } catch (error) {
      if (error instanceof ProviderError && absent[request.action]?.test(error.facts.providerCode ?? ""))
        return undefined;
      throw error;
    }
  }

  return { read, readKnown };
}

/** What a person is told of a call that is of use and not needed, where the credentials may not make it. */
export function warnOfPermission(action: string, effect: string): string {
  return `the vendor's credentials lack the permission vpc:${action}: ${effect}`;
}
