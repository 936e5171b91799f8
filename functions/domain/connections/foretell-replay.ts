import { findDifferences } from "../json-pointer.ts";
import type { ConnectionStore } from "../ports.ts";
import type { CreateRequest } from "../request/create-request.ts";
import { toMismatch } from "./require-same-request.ts";

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
  const pointers = findDifferences(withoutSecrets(existing.request), withoutSecrets(request));
  if (pointers.length > 0) throw toMismatch(pointers);
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

function withoutSecrets({ clientToken: _token, tunnels, ...rest }: CreateRequest) {
  return { ...rest, tunnels: tunnels.map(({ preSharedKey: _key, ...tunnel }) => tunnel) };
}
