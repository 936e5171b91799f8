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
    expect([...parameters.values()].every((text) => !text?.includes("[object"))).toBe(true);
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

  it("show what the vendor reports, what was left to it too, and mark what is not as it was asked for", () => {
    const found = compareParameters(
      connectionWith({
        reported: {
          at: "2026-11-20T08:30:51.000Z",
          parameters: {
            name: "hq-shanghai-k3x5q7mzj2v4",
            tunnels: [{ ike: { lifetimeSeconds: 60, localId: "203.0.113.1" } }],
            tags: { "a/b": "other" },
          },
          differences: ["/tunnels/0/ike/lifetimeSeconds", "/tags/a~1b"],
        },
        request: { ...connectionWith({}).request, tags: { "a/b": "one", a: "two" } },
      }),
    );
    const at = (path: string) => found.find((one) => one.path === path);
    expect(found.filter(({ isOther }) => isOther).map(({ path }) => path)).toEqual([
      "tunnels.0.ike.lifetimeSeconds",
      "tags.a/b",
    ]);
    expect(at("tunnels.0.ike.lifetimeSeconds")).toMatchObject({ asked: "28800", reported: "60" });
    expect(at("name")).toMatchObject({ asked: "hq-shanghai", reported: "hq-shanghai-k3x5q7mzj2v4" });
    expect(at("autoConfigureRoutes")).toEqual({
      path: "autoConfigureRoutes",
      asked: "true",
      differs: false,
      isOther: false,
    });
    expect(at("tunnels.0.ike.localId")).toEqual({
      path: "tunnels.0.ike.localId",
      reported: "203.0.113.1",
      differs: false,
      isOther: false,
    });
  });

  it("mark of pairs of networks those that the vendor has not as they are", () => {
    const pair = (local: string, remotes: string[]) => ({ local, remotes });
    const routing = {
      mode: "policy" as const,
      pairs: [pair("10.1.0.0/24", ["10.2.0.0/24"]), pair("10.3.0.0/24", ["10.4.0.0/24"])],
    };
    const parameters = { routing: { ...routing, pairs: [pair("10.1.0.0/24", ["10.2.0.0/24"])] } };
    const found = compareParameters(
      connectionWith({
        request: { ...connectionWith({}).request, routing },
        reported: { at: "2026-11-20T08:30:51.000Z", parameters, differences: ["/routing/pairs"] },
      }),
    );
    expect(found.filter(({ isOther }) => isOther).map(({ path }) => path)).toEqual([
      "routing.pairs.1.local",
      "routing.pairs.1.remotes",
    ]);
  });

  it("differ in nothing while the tunnel is up", () => {
    expect(differing({ state: "up", reason: "the DH group of phase 1 (IKE) differs" })).toEqual([]);
  });
});
