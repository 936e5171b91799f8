import { expect, it } from "vitest";
import type { ProviderRequest } from "../../../../functions/domain/provider/provider.ts";
import { createProvider } from "../../../../functions/providers/alibaba/provider.ts";

/** `Later` is a parameter that the SDK's models do not have: another version may have known it. */
const stored = {
  "single-tunnel": {
    parameters: {
      Name: "office",
      IkeConfig: '{"Psk":"******","IkeVersion":"ikev2","Later":1}',
      BgpConfig: '{"EnableBgp":"true","LocalAsn":"4294967295"}',
      Later: "x",
    },
    sent: {
      Name: "office",
      IkeConfig: '{"Psk":"key-1","IkeVersion":"ikev2","Later":1}',
      BgpConfig: '{"EnableBgp":"true","LocalAsn":"4294967295"}',
      Later: "x",
    },
  },
  "dual-tunnel": {
    parameters: {
      TunnelOptionsSpecification: [
        { Role: "master", TunnelIkeConfig: { Psk: "******", Later: 1 }, Later: "x" },
        { Role: "slave", TunnelIkeConfig: { Psk: "******" } },
      ],
    },
    sent: {
      TunnelOptionsSpecification: [
        { Role: "master", TunnelIkeConfig: { Psk: "key-1", Later: 1 }, Later: "x" },
        { Role: "slave", TunnelIkeConfig: { Psk: "key-2" } },
      ],
    },
  },
};

it.each(Object.entries(stored))("sends a stored %s create as it stands, but for the keys", async (_kind, one) => {
  const calls: ProviderRequest[] = [];
  const provider = createProvider(
    async (action, parameters) => {
      calls.push({ action, parameters });
      return { VpnConnectionId: "vco-1" };
    },
    () => undefined,
  );
  await provider.create({ action: "CreateVpnConnection", parameters: one.parameters }, ["key-1", "key-2"]);
  expect(calls).toEqual([{ action: "CreateVpnConnection", parameters: one.sent }]);
});
