import { expect } from "vitest";
import type { Flaw } from "../../functions/domain/errors.ts";
import { parseCreateRequest } from "../../functions/domain/request/parse-create-request.ts";

/** Everything that is wrong with a create request; nothing when it is accepted. */
export function flawsOf(body: unknown, options = { allowLoopbackCallbacks: false }): Flaw[] {
  const parsed = parseCreateRequest(body, options);
  return "flaws" in parsed ? parsed.flaws : [];
}

/** A flaw at this pointer whose detail holds this text. */
export function flaw(pointer: string, detail: string) {
  return { pointer, detail: expect.stringContaining(detail) as string };
}
