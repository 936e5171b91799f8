import { createHash, randomBytes } from "node:crypto";

const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
const idLength = 26;
const operationIdLength = 12;

/** Lower-case base32 (RFC 4648 alphabet, no padding) of the first `length` × 5 bits. */
function toBase32(bytes: Uint8Array, length: number): string {
  let text = "";
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5 && text.length < length) {
      bits -= 5;
      text += alphabet[(buffer >>> bits) & 31];
    }
    buffer &= (1 << bits) - 1;
  }
  return text;
}

/**
 * The id of the request that this tenant makes with this ClientToken: 26 base32 characters (130 bits) of
 * SHA-256(tenant, NUL, token). Being derived, it makes accepting one conditional write.
 */
export function toConnectionId(tenant: string, clientToken: string): string {
  const digest = createHash("sha256").update(`${tenant}\0${clientToken}`).digest();
  return toBase32(digest, idLength);
}

/** Whether the text has the form of an id; a text that has not cannot name anything. */
export function isConnectionId(text: string): boolean {
  return /^[a-z2-7]{26}$/.test(text);
}

/** The first 12 characters (60 bits) of the id: small enough for a vendor's name field, unique enough to find it by. */
export function toOperationId(id: string): string {
  return id.slice(0, operationIdLength);
}

/** The connection's name at the vendor, at most 60 characters (Tencent's limit): `<name>-<operation id>`. */
export function toProviderConnectionName(name: string, id: string): string {
  return `${name}-${toOperationId(id)}`;
}

/** A name in the form that is left when a vendor trims it, or changes its letter case, its spaces or its Unicode form. */
export function toNameForm(name: string): string {
  return name.normalize("NFKC").trim().replaceAll(/\s+/g, " ").toLowerCase();
}

/**
 * The operation id at the end of a connection's name at the vendor; undefined where there is none. The end is what
 * survives when a vendor trims a name, changes its letter case or Unicode form, or cuts it off in front.
 */
export function findOperationId(providerName: string): string | undefined {
  return /(?:^|[^a-z0-9])([a-z2-7]{12})$/.exec(toNameForm(providerName))?.[1];
}

/** A ClientToken for a caller that sent none: 128 random bits. */
export function createClientToken(): string {
  return randomBytes(16).toString("hex");
}

/** The `webhook-id` that tells the end of a run: the same at every attempt, new after a redrive. */
export function toDeliveryId({ id, generation }: { id: string; generation: number }): string {
  return `msg_${id}_${generation}`;
}

/** One run of a workflow; the execution's name is made of all members. */
export interface Run {
  id: string;
  generation: number;
  /** How often this very run had to be started anew; absent = never. */
  restarts?: number;
}

/** The execution of a run; every restart has a name of its own, because Step Functions keeps names for 90 days. */
export function toExecutionName({ id, generation, restarts }: Run): string {
  return restarts ? `${id}-${generation}-${restarts}` : `${id}-${generation}`;
}
