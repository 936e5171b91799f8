import { describe, expect, it } from "vitest";
import { findWeakCryptography } from "../../../../functions/domain/rules/cryptography.ts";
import { edit } from "../../../generators/json-edit.ts";
import { validDualTunnelRequest, validRequests } from "../../../support/create-requests.ts";
import { flaw, flawsOf } from "../../../support/flaws.ts";

const weak: [member: string, value: unknown, told: string][] = [
  ...(["ike", "ipsec"] as const).flatMap((phase): [string, unknown, string][] => [
    [`${phase}/encryption`, "des", "des"],
    [`${phase}/encryption`, "3des", "3des"],
    [`${phase}/integrity`, "md5", "md5"],
    [`${phase}/integrity`, "sha1", "sha1"],
  ]),
  ...[1, 2, 5].flatMap((group): [string, unknown, string][] => [
    ["ike/dhGroup", group, `group ${group}`],
    ["ipsec/pfsGroup", group, `group ${group}`],
  ]),
];

describe.each(["alibaba", "tencent"] as const)("weak cryptography at %s", (provider) => {
  const make = validRequests[provider];

  it.each(weak)("%s %s needs permission", (member, value, told) => {
    const pointer = `/tunnels/0/${member}`;
    const body = edit(make(), { [pointer]: value });
    const refused = [flaw(pointer, `${told} is weak cryptography`)];
    expect(flawsOf(edit(body, { "/allowWeakCryptography": undefined }))).toEqual(refused);
    expect(flawsOf(edit(body, { "/allowWeakCryptography": false }))).toEqual(refused);
    expect(flawsOf(edit(body, { "/allowWeakCryptography": true }))).toEqual([]);
  });

  it("aggressive mode is weak with ikev1 only", () => {
    const modes = { "/tunnels/0/ike/mode": "aggressive", "/tunnels/0/ike/version": "ikev1" };
    const pointer = "/tunnels/0/ike/mode";
    expect(flawsOf(edit(make(), modes))).toEqual([flaw(pointer, "ikev1 in aggressive mode is weak cryptography")]);
    expect(flawsOf(edit(make(), { ...modes, "/allowWeakCryptography": true }))).toEqual([]);
    expect(flawsOf(edit(make(), { ...modes, "/tunnels/0/ike/version": "ikev2" }))).toEqual([]);
    expect(flawsOf(edit(make(), { "/tunnels/0/ike/version": "ikev1" }))).toEqual([]);
  });
});

describe("findWeakCryptography", () => {
  it("finds nothing in sound requests", () => {
    for (const make of Object.values(validRequests)) expect(findWeakCryptography(make())).toEqual([]);
  });

  it("finds every weak choice of every tunnel, with its pointer", () => {
    const request = validDualTunnelRequest();
    const [first, second] = request.tunnels;
    if (first) first.ike = { integrity: "md5", dhGroup: 5 };
    if (second) second.ipsec = { encryption: "des", pfsGroup: 1 };
    expect(findWeakCryptography(request)).toEqual([
      { pointer: "/tunnels/0/ike/integrity", choice: "md5" },
      { pointer: "/tunnels/0/ike/dhGroup", choice: "group 5" },
      { pointer: "/tunnels/1/ipsec/encryption", choice: "des" },
      { pointer: "/tunnels/1/ipsec/pfsGroup", choice: "group 1" },
    ]);
  });

  it("does not take no PFS for weak", () => {
    expect(findWeakCryptography({ tunnels: [{ ipsec: { pfsGroup: "none" } }] })).toEqual([]);
  });
});
