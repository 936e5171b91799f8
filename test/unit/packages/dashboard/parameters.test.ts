import { describe, expect, it } from "vitest";
import { toTunnelState } from "../../../../functions/providers/alibaba/tunnels.ts";
import { compareParameters } from "../../../../packages/dashboard/src/request/parameters.ts";
import { connectionWith } from "./connection.ts";

const reasonOf = (
  FailedReasonCode: string,
  sides: { MismatchLocalParam?: string; MismatchRemoteParam?: string } = {},
) =>
  toTunnelState({ status: "ike_sa_not_established" }, [
    { TunnelId: undefined, FailedReasonCode, MismatchLocalParam: undefined, MismatchRemoteParam: undefined, ...sides },
  ]);
const differing = (tunnel: ReturnType<typeof reasonOf>) =>
  compareParameters(connectionWith({ tunnels: [tunnel] })).filter(({ differs }) => differs);

describe("parameters", () => {
  it("are all that was asked for, lists in one line", () => {
    const parameters = new Map(compareParameters(connectionWith({})).map((one) => [one.path, one.asked]));
    expect(parameters.get("provider")).toBe("alibaba");
    expect(parameters.get("tunnels.0.ike.encryption")).toBe("aes256");
    expect([...parameters.values()].every((text) => !text.includes("[object"))).toBe(true);
  });

  it("show what the vendor and the peer have where the vendor's diagnosis says so", () => {
    const sides = { MismatchLocalParam: "aes256", MismatchRemoteParam: "aes128" };
    expect(differing(reasonOf("EncryptionAlgorithmMismatch", sides))).toMatchObject([
      { path: "tunnels.0.ipsec.encryption", reported: "aes256", peer: "aes128" },
    ]);
  });

  it.each([
    ["DhGroupMismatch", ["tunnels.0.ike.dhGroup"]],
    ["PfsMismatch", ["tunnels.0.ipsec.pfsGroup"]],
    ["IkeVersionMismatch", ["tunnels.0.ike.version", "tunnels.0.ike.mode"]],
    ["NegotiationModeMismatch", ["tunnels.0.ike.mode"]],
    ["PskMismatch", []],
  ])("are marked by the diagnosis %s", (code, paths) => {
    expect(differing(reasonOf(code)).map(({ path }) => path)).toEqual(paths);
  });

  it("differ in nothing while the tunnel is up", () => {
    expect(differing({ state: "up", reason: "the DH group of phase 1 (IKE) differs" })).toEqual([]);
  });
});
