import type { Command } from "@commander-js/extra-typings";
import { Failure } from "../failure.ts";
import type { Session } from "../session.ts";

/** `openapi`: the document that describes the API. */
export function defineOpenapi(command: Command, session: Session): void {
  command.description("Print the OpenAPI document of the broker. Needs no key.").action(async () => {
    const base = await session.findBroker();
    const signal = AbortSignal.any([session.signal, AbortSignal.timeout(30_000)]);
    const response = await fetch(`${base}/openapi.json`, { signal, redirect: "manual" }).catch((error: unknown) => {
      session.signal.throwIfAborted();
      const { message, cause } = error as Error & { cause?: NodeJS.ErrnoException };
      throw new Failure(`${base} gave no answer (${cause?.code ?? message}).`);
    });
    const text = await response.text();
    if (!response.ok) throw new Failure(`${base} has no OpenAPI document (status ${response.status}).`);
    if (!text.trimStart().startsWith("{")) throw new Failure(`What answers at ${base} is not the broker.`);
    await session.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
  });
}
