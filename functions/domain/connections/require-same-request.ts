import type { Actor } from "../actor.ts";
import { audit, type AuditLog } from "../audit.ts";
import type { Clock } from "../clock.ts";
import { DomainError } from "../errors.ts";
import { findDifferences, toPointer } from "../json-pointer.ts";
import type { ConnectionStore } from "../ports.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { isBarred, noteWrongSecrets, wrongSecretsLeft } from "../record/wrong-secrets.ts";
import type { CreateRequest } from "../request/create-request.ts";
import { fingerprintKeyOf, type FingerprintKeys, toStoredRequest } from "../request/pre-shared-keys.ts";
import { saveAnew } from "../save-anew.ts";
import { getConnection } from "./get-connection.ts";

export interface CompareDeps {
  store: ConnectionStore;
  audit: AuditLog;
  fingerprintKeys: FingerprintKeys;
  clock: Clock;
}

/**
 * Answers the record when the request is the one that it was made with. Throws `idempotency_mismatch` with a pointer to each
 * difference, and `conflict`, right or wrong, for one that carries a secret where too many were wrong.
 *
 * Nothing is told of a wrong secret before it is counted on the record, which is one write beside the audit's. The right one
 * costs none, unless a wrong one was ever counted: from then on every comparison is a write on condition that nobody wrote
 * since the record was read, so that of many at once each knows of all that were told before it.
 */
export async function requireSameRequest(
  deps: CompareDeps,
  { actor, existing, request }: { actor: Actor; existing: ConnectionRecord; request: CreateRequest },
): Promise<ConnectionRecord> {
  const { id, tenant } = existing;
  const save = async (record: ConnectionRecord, tries: number) => {
    const now = deps.clock.now();
    if (carriesSecret(request) && isBarred(record, now)) {
      throw new DomainError("conflict", "the secrets of this request were compared too often; read it by its id");
    }
    const { elsewhere, wrong, compared } = compare(deps.fingerprintKeys, record, request);
    const told = wrong.slice(0, wrongSecretsLeft(record, now));
    const about = { target: id, details: { pointers: told } };
    if (told.length > 0 && tries === 1) {
      await audit(deps, { action: "pre_shared_keys.mismatch", tenant, by: actor, ...about });
    }
    const counted =
      told.length > 0 || (compared > 0 && record.wrongSecrets)
        ? await deps.store.save(noteWrongSecrets(record, now, told.length), { asQuietAs: record.updatedAt })
        : record;
    const pointers = [...elsewhere, ...told];
    if (pointers.length > 0) throw toMismatch(pointers);
    return counted;
  };
  return saveAnew(existing, save, () => getConnection(deps, { tenant, id }));
}

function carriesSecret({ tunnels }: CreateRequest): boolean {
  return tunnels.some(({ preSharedKey }) => preSharedKey !== undefined);
}

/** Where the request differs, secrets that both sides have apart; `compared` is how many those are. */
function compare(keys: FingerprintKeys, { id, request: stored }: ConnectionRecord, request: CreateRequest) {
  const received = toStoredRequest(keys, id, request, fingerprintKeyOf(stored));
  const both = stored.tunnels.flatMap(({ preSharedKey }, index) =>
    preSharedKey !== undefined && received.tunnels[index]?.preSharedKey !== undefined
      ? [toPointer(["tunnels", index, "preSharedKey"])]
      : [],
  );
  const differences = findDifferences(stored, received);
  return {
    elsewhere: differences.filter((pointer) => !both.includes(pointer)),
    wrong: differences.filter((pointer) => both.includes(pointer)),
    compared: both.length,
  };
}

/** The refusal of a clientToken that was used for a different request. */
export function toMismatch(pointers: readonly string[]): DomainError {
  return new DomainError(
    "idempotency_mismatch",
    "this clientToken was used for a different request",
    pointers.map((pointer) => ({ pointer, detail: "differs from the request first made with this clientToken" })),
  );
}
