import { describe, expect, it } from "vitest";
import { negotiation, toTunnelState } from "../../../../functions/providers/tencent/tunnels.ts";

const seen = (connection: object) => {
  const [found] = negotiation.parse({
    VpnConnectionSet: [{ VpnConnectionId: "vpnx-1", ...connection }],
  }).VpnConnectionSet;
  return toTunnelState(found);
};

describe("the vendor's status of a connection", () => {
  it.each([
    [{ NetStatus: "AVAILABLE" }, "up"],
    [{ NetStatus: "UNAVAILABLE" }, "down"],
    [{ NetStatus: "" }, "down"],
    [{ NetStatus: null }, "down"],
    [{}, "down"],
  ])("%o is %s", (connection, state) => {
    expect(seen(connection).state).toBe(state);
  });

  it("is unknown where there is no connection", () => {
    expect(toTunnelState(undefined).state).toBe("unknown");
  });
});

describe("the health check", () => {
  const failing = { EnableHealthCheck: true, HealthCheckStatus: "UNAVAILABLE" };

  it("is told of when it fails, and does not change the state", () => {
    expect(seen({ NetStatus: "AVAILABLE", ...failing })).toEqual({
      state: "up",
      reason: "connected, but the health check fails",
    });
    expect(seen(failing)).toEqual({ state: "down", reason: "not connected; the health check fails" });
  });

  it.each([{ EnableHealthCheck: false }, { HealthCheckStatus: "AVAILABLE" }, { EnableHealthCheck: null }])(
    "is not told of otherwise: %o",
    (patch) => {
      expect(seen({ ...failing, ...patch }).reason).toBe("not connected");
    },
  );
});

it("nothing else of the answer is kept", () => {
  const key = "Marked-key_8f1c";
  const answer = { VpnConnectionSet: [{ VpnConnectionId: "vpnx-1", PreShareKey: key, State: "AVAILABLE" }] };
  expect(JSON.stringify(negotiation.parse(answer))).not.toContain(key);
});
