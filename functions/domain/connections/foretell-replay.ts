import { DomainError } from "../errors.ts";
import { findDifferences } from "../json-pointer.ts";
import type { ConnectionStore } from "../ports.ts";
import type { CreateRequest } from "../request/create-request.ts";

/**
 * What a dry run says of a request whose clientToken was used before: the real call would answer with what that request
 * has become. Undefined for a new one. Throws `idempotency_mismatch` for a different request, as the real call does; keys
 * are not compared, because an answer that says whether a key is right would let keys be guessed.
 */
export async function foretellReplay(
  { store }: { store: ConnectionStore },
  request: CreateRequest,
  id: string,
): Promise<{ warnings: string[]; notChecked: string[] } | undefined> {
  const existing = request.clientToken === undefined ? undefined : await store.get(id);
  if (!existing) return undefined;
  requireSame(withoutSecrets(existing.request), withoutSecrets(request));
  const link = `/v1/vpn-connections/${id}`;
  return {
    warnings: [
      `/clientToken: it was used for this request before; the real call answers with ${link}, which is ${existing.status}, and makes nothing new`,
    ],
    notChecked: [
      "whether the pre-shared keys are those that were first sent with this clientToken: they are not compared",
    ],
  };
}

/** The real call's refusal of a clientToken that was used for a different request. */
export function requireSame(existing: unknown, received: unknown): void {
  const pointers = findDifferences(existing, received);
  if (pointers.length === 0) return;
  throw new DomainError(
    "idempotency_mismatch",
    "this clientToken was used for a different request",
    pointers.map((pointer) => ({ pointer, detail: "differs from the request first made with this clientToken" })),
  );
}

function withoutSecrets({ clientToken: _token, tunnels, ...rest }: CreateRequest) {
  return { ...rest, tunnels: tunnels.map(({ preSharedKey: _key, ...tunnel }) => tunnel) };
}
