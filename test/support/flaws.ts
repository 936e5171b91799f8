import { expect } from "vitest";
import { toFlaws } from "../../functions/contract/flaws.ts";
import type { Flaw } from "../../functions/domain/errors.ts";
import { createRequestBody } from "../../functions/domain/request/create-request-body.ts";
import type { CreateRequest } from "../../functions/domain/request/create-request.ts";

// Zod compiles a schema when it is first used, and thousands of bodies are read here.
const bodies = {
  strict: createRequestBody({ allowLoopbackCallbacks: false }),
  local: createRequestBody({ allowLoopbackCallbacks: true }),
};

/** A decoded body as the API reads it: the request, or everything that is wrong with it. */
export function parseCreateRequest(
  body: unknown,
  options = { allowLoopbackCallbacks: false },
): { request: CreateRequest } | { flaws: Flaw[] } {
  const parsed = bodies[options.allowLoopbackCallbacks ? "local" : "strict"].safeParse(body, { reportInput: true });
  return parsed.success ? { request: parsed.data } : { flaws: toFlaws(parsed.error.issues) };
}

/** Everything that is wrong with a create request; nothing when it is accepted. */
export function flawsOf(body: unknown, options = { allowLoopbackCallbacks: false }): Flaw[] {
  const parsed = parseCreateRequest(body, options);
  return "flaws" in parsed ? parsed.flaws : [];
}

/** A flaw at this pointer whose detail holds this text. */
export function flaw(pointer: string, detail: string) {
  return { pointer, detail: expect.stringContaining(detail) as string };
}
