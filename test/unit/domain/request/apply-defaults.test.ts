import { describe, expect, it } from "vitest";
import { applyDefaults } from "../../../../functions/domain/request/apply-defaults.ts";
import type { CreateRequest } from "../../../../functions/domain/request/create-request.ts";
import { everyPointer, resolvePointer } from "../../../generators/json-edit.ts";
import { validPairsRequest, validRequests } from "../../../support/create-requests.ts";

const bare: CreateRequest = {
  provider: "alibaba",
  region: "cn-shanghai",
  name: "bare",
  vpnGatewayId: "vpn-1",
  routing: { mode: "route" },
  tunnels: [{ customerGatewayId: "cgw-1" }],
};

const ike = {
  version: "ikev2",
  mode: "main",
  encryption: "aes256",
  integrity: "sha256",
  dhGroup: 14,
  lifetimeSeconds: 28_800,
};
const ipsec = { encryption: "aes256", integrity: "sha256", pfsGroup: 14, lifetimeSeconds: 3600 };
const common = {
  negotiation: "immediate",
  allowWeakCryptography: false,
  allowDuplicate: false,
  timeoutSeconds: 1800,
  queueTimeoutSeconds: 86_400,
};

describe("applyDefaults", () => {
  it("fills in what Alibaba Cloud has", () => {
    expect(applyDefaults(bare)).toEqual({
      ...bare,
      ...common,
      autoConfigureRoutes: true,
      tunnels: [{ customerGatewayId: "cgw-1", ike, ipsec, dpd: { enabled: true }, natTraversal: true }],
    });
  });

  it("fills in what Tencent Cloud has", () => {
    expect(applyDefaults({ ...bare, provider: "tencent" })).toEqual({
      ...bare,
      ...common,
      provider: "tencent",
      tunnels: [
        {
          customerGatewayId: "cgw-1",
          ike,
          ipsec: { ...ipsec, lifetimeKilobytes: 4_096_000_000 },
          dpd: { enabled: true, timeoutSeconds: 30, action: "restart" },
        },
      ],
    });
  });

  it.each(Object.entries(validRequests))("keeps every value that was given (%s), but for token and keys", (_, make) => {
    const request = make();
    const effective = applyDefaults(request);
    const leaves = everyPointer(request).filter((pointer) => typeof resolvePointer(request, pointer) !== "object");
    for (const pointer of leaves.filter((leaf) => !/^\/clientToken$|\/preSharedKey$/.test(leaf))) {
      expect(resolvePointer(effective, pointer), pointer).toEqual(resolvePointer(request, pointer));
    }
    expect(JSON.stringify(effective)).not.toMatch(/clientToken|preSharedKey/);
    for (const { preSharedKey } of request.tunnels) {
      if (preSharedKey) expect(JSON.stringify(effective)).not.toContain(JSON.stringify(preSharedKey));
    }
  });

  it("keeps what was given beside the defaults in the same group", () => {
    const tunnels = [
      {
        customerGatewayId: "cgw-1",
        ike: { dhGroup: 5 as const },
        ipsec: { pfsGroup: "none" as const },
        dpd: { enabled: false },
      },
    ];
    const { tunnels: filled } = applyDefaults({ ...bare, tunnels, autoConfigureRoutes: false });
    expect(filled).toEqual([
      {
        customerGatewayId: "cgw-1",
        ike: { ...ike, dhGroup: 5 },
        ipsec: { ...ipsec, pfsGroup: "none" },
        dpd: { enabled: false },
        natTraversal: true,
      },
    ]);
  });

  it.each([
    ["169.254.10.1", "169.254.10.2"],
    ["169.254.10.2", "169.254.10.1"],
  ])("derives the peer's BGP address: of %s it is %s", (localIp, remoteIp) => {
    const bgp = { tunnelCidr: "169.254.10.0/30", localIp };
    const { tunnels } = applyDefaults({
      ...bare,
      routing: { mode: "bgp" },
      tunnels: [{ customerGatewayId: "cgw-1", bgp }],
    });
    expect(tunnels[0]?.bgp).toEqual({ ...bgp, remoteIp });
  });

  it("derives our BGP address from the peer's, and leaves both to the vendor where neither is given", () => {
    const tunnelCidr = "169.254.10.0/30";
    const fill = (bgp: { tunnelCidr: string; remoteIp?: string }) =>
      applyDefaults({ ...bare, routing: { mode: "bgp" }, tunnels: [{ customerGatewayId: "cgw-1", bgp }] }).tunnels[0]
        ?.bgp;
    expect(fill({ tunnelCidr, remoteIp: "169.254.10.2" })).toEqual({
      tunnelCidr,
      localIp: "169.254.10.1",
      remoteIp: "169.254.10.2",
    });
    expect(fill({ tunnelCidr })).toEqual({ tunnelCidr });
  });

  it("reads an ASN in two halves as the document does: 123.456 is 8061384", () => {
    const bgp = { tunnelCidr: "169.254.10.0/30", localAsn: "123.456" };
    const { tunnels } = applyDefaults({
      ...bare,
      routing: { mode: "bgp" },
      tunnels: [{ customerGatewayId: "c", bgp }],
    });
    expect(tunnels[0]?.bgp?.localAsn).toBe(8_061_384);
  });

  it("keeps the vendor's own settings where they are asked for", () => {
    const tunnel = { customerGatewayId: "c", dpd: "vendor-default", natTraversal: "vendor-default" } as const;
    const { tunnels } = applyDefaults({ ...bare, tunnels: [tunnel] });
    expect(tunnels[0]).toMatchObject({ dpd: "vendor-default", natTraversal: "vendor-default" });
  });

  it("has the values of a national-standard gateway for a tunnel with a CA certificate, which only those take", () => {
    const { tunnels } = applyDefaults({ ...bare, tunnels: [{ customerGatewayId: "c", remoteCaCertificate: "PEM" }] });
    expect(tunnels[0]).toMatchObject({
      ike: { version: "ikev1", mode: "main", encryption: "sm4", integrity: "sm3", dhGroup: 14 },
      ipsec: { encryption: "sm4", integrity: "sm3", pfsGroup: 14 },
    });
  });

  it("leaves everything else absent", () => {
    const effective = applyDefaults(validPairsRequest());
    for (const member of ["vpcId", "healthCheck", "tags", "callback", "autoConfigureRoutes"]) {
      expect(effective).not.toHaveProperty(member);
    }
    for (const member of ["role", "bgp", "natTraversal", "remoteCaCertificate"]) {
      expect(effective.tunnels[0]).not.toHaveProperty(member);
    }
  });

  it("does not touch what it was given", () => {
    for (const make of Object.values(validRequests)) {
      const request = make();
      applyDefaults(request);
      expect(request).toEqual(make());
    }
  });
});
