import { describe, expect, it } from "vitest";
import { ProviderError } from "../../../functions/domain/provider/provider-error.ts";
import type { CallProvider } from "../../../functions/domain/provider/provider.ts";
import { createProvider as createAlibaba } from "../../../functions/providers/alibaba/provider.ts";
import { createProvider as createTencent } from "../../../functions/providers/tencent/provider.ts";

const vendors = {
  alibaba: {
    create: createAlibaba,
    ofConnection: "InvalidVpnConnectionInstanceId.NotFound",
    ofGateway: "InvalidVpnGatewayInstanceId.NotFound",
  },
  tencent: { create: createTencent, ofConnection: "ResourceNotFound", ofGateway: "InvalidVpnGatewayId.NotFound" },
};

const answering = (providerCode: string): CallProvider => {
  const facts = { class: "not-found" as const, providerCode, advice: "Look." };
  return (action) => Promise.reject(new ProviderError({ ...facts, action }));
};

describe.each(Object.entries(vendors))("asked for a connection, %s", (_name, { create, ofConnection, ofGateway }) => {
  it("says that it is not there", async () => {
    expect(await create(answering(ofConnection)).exists("vco-1")).toBe(false);
  });

  it("says nothing of its gateway, where it says that the customer gateway is not there", async () => {
    const provider = create(answering("InvalidCustomerGatewayInstanceId.NotFound"));
    const asked = provider.provisioning({ connectionId: "vco-1", vpnGatewayId: "vpn-1" });
    await expect(asked).rejects.toThrow("InvalidCustomerGatewayInstanceId.NotFound");
  });

  it("says nothing of it, where it says that the gateway is not there", async () => {
    await expect(create(answering(ofGateway)).exists("vco-1")).rejects.toThrow(ofGateway);
  });
});
