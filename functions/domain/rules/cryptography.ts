import type { CreateRequest } from "../request/create-request.ts";
import { weakEncryptions, weakGroups, weakIntegrities } from "../values.ts";
import { type DeepPartial, eachTunnel, type Rule } from "./rule.ts";

interface WeakChoice {
  pointer: string;
  choice: string;
}

/** Every choice in the request that is known to be breakable, with the pointer to it. */
export function findWeakCryptography(request: DeepPartial<CreateRequest>): WeakChoice[] {
  return eachTunnel(request).flatMap(({ tunnel: { ike, ipsec }, pointer }) => {
    const found: WeakChoice[] = [];
    const note = (member: string, choice: string) => found.push({ pointer: `${pointer}/${member}`, choice });
    const group = (value: unknown) => weakGroups.find((weak) => weak === value);
    if (ike?.encryption && weakEncryptions.includes(ike.encryption)) note("ike/encryption", ike.encryption);
    if (ike?.integrity && weakIntegrities.includes(ike.integrity)) note("ike/integrity", ike.integrity);
    if (group(ike?.dhGroup)) note("ike/dhGroup", `group ${ike?.dhGroup}`);
    if (ike?.version === "ikev1" && ike.mode === "aggressive") note("ike/mode", "ikev1 in aggressive mode");
    if (ipsec?.encryption && weakEncryptions.includes(ipsec.encryption)) note("ipsec/encryption", ipsec.encryption);
    if (ipsec?.integrity && weakIntegrities.includes(ipsec.integrity)) note("ipsec/integrity", ipsec.integrity);
    if (group(ipsec?.pfsGroup)) note("ipsec/pfsGroup", `group ${ipsec?.pfsGroup}`);
    return found;
  });
}

/** The same for a person to read, one sentence each. */
export function warnOfWeakCryptography(request: DeepPartial<CreateRequest>): string[] {
  return findWeakCryptography(request).map(({ pointer, choice }) => `${pointer}: ${choice} is weak cryptography`);
}

const weakNeedsPermission: Rule = (request) =>
  request.allowWeakCryptography === true
    ? []
    : findWeakCryptography(request).map(({ pointer, choice }) => ({
        pointer,
        detail: `${choice} is weak cryptography; choose a stronger value or set allowWeakCryptography to true`,
      }));

export const cryptographyRules: readonly Rule[] = [weakNeedsPermission];
