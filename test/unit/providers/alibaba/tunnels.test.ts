import { describe, expect, it } from "vitest";
import {
  diagnoses,
  negotiation,
  toDiagnoseRequest,
  toSeenTunnels,
  toTunnelState,
} from "../../../../functions/providers/alibaba/tunnels.ts";

const key = "Marked-key_8f1c";
const down = { status: "ike_sa_not_established" };
const diagnosed = (diagnosis: object) =>
  toTunnelState(down, diagnoses.parse({ VpnConnections: [diagnosis] }).VpnConnections ?? []).reason;

describe("the vendor's status of a tunnel", () => {
  it.each([
    ["ipsec_sa_established", "up"],
    ["ike_sa_established", "negotiating"],
    ["ipsec_sa_not_established", "negotiating"],
    ["ike_sa_not_established", "down"],
    ["something_new", "unknown"],
    ["", "unknown"],
    [undefined, "unknown"],
    ["constructor", "unknown"],
  ])("%s is %s", (status, state) => {
    const seen = toTunnelState(status === undefined ? {} : { status }, []);
    expect(seen.state).toBe(state);
    expect(seen.reason).toMatch(/\w{3}/);
  });
});

describe("the tunnels of an answer", () => {
  const dual = negotiation.parse({
    Status: "ike_sa_not_established",
    IkeConfig: { Psk: key },
    TunnelOptionsSpecification: {
      TunnelOptions: [
        { Role: "slave", Status: "ike_sa_established", TunnelId: "tun-2", TunnelIkeConfig: { Psk: key } },
        { Role: "master", Status: "ipsec_sa_established", TunnelId: "tun-1" },
      ],
    },
  });

  it("are matched by role, the master first", () => {
    expect(toSeenTunnels(dual, 2)).toEqual([
      { id: "tun-1", status: "ipsec_sa_established" },
      { id: "tun-2", status: "ike_sa_established" },
    ]);
  });

  it("are the connection itself where there is only one", () => {
    expect(toSeenTunnels(negotiation.parse({ Status: "ike_sa_established" }), 1)).toEqual([
      { status: "ike_sa_established" },
    ]);
  });

  it.each([{}, { TunnelOptionsSpecification: null }, { TunnelOptionsSpecification: { TunnelOptions: [] } }])(
    "are as many as asked for, also from %o",
    (answer) => {
      expect(toSeenTunnels(negotiation.parse(answer), 1)).toEqual([{}]);
      expect(toSeenTunnels(negotiation.parse(answer), 2)).toEqual([{}, {}]);
    },
  );

  it("hold no key", () => {
    expect(JSON.stringify(dual)).not.toContain(key);
  });

  it("are diagnosed one by one, but only those that are not up; a single one by its connection", () => {
    expect(toDiagnoseRequest("vco-1", toSeenTunnels(dual, 2))?.parameters).toEqual({ TunnelIds: ["tun-2"] });
    expect(toDiagnoseRequest("vco-1", [down])?.parameters).toEqual({ VpnConnectionIds: ["vco-1"] });
    expect(toDiagnoseRequest("vco-1", [{ status: "ipsec_sa_established" }])).toBeUndefined();
  });
});

describe("a diagnosis", () => {
  const mismatch = { FailedReasonCode: "EncryptionAlgorithmMismatch" };

  it("names what differs, and which side has what", () => {
    expect(diagnosed({ ...mismatch, MismatchLocalParam: "aes256", MismatchRemoteParam: "AES-CBC-128" })).toBe(
      "phase 1 (IKE) is not negotiated: the encryption of phase 2 (IPsec) differs (aes256 at Alibaba Cloud, AES-CBC-128 at the peer)",
    );
    expect(diagnosed({ ...mismatch, MismatchRemoteParam: "SHA" })).toMatch(/\(SHA at the peer\)$/);
  });

  it.each(["3des", "sha1", "SHA-512", "sm4", "md5", "group14", "modp2048", "ikev2", "aggressive", "aes_gcm_256"])(
    "shows the word %s",
    (word) => {
      expect(diagnosed({ ...mismatch, MismatchLocalParam: word })).toContain(`${word} at Alibaba Cloud`);
    },
  );

  it("says of a pre-shared key only that it differs", () => {
    const values = { MismatchLocalParam: "aes256", MismatchRemoteParam: "sha1" };
    expect(diagnosed({ FailedReasonCode: "PskMismatch", ...values })).toBe(
      "phase 1 (IKE) is not negotiated: the pre-shared key differs",
    );
  });

  it.each([
    { ...mismatch, MismatchLocalParam: key, MismatchRemoteParam: key },
    { ...mismatch, MismatchLocalParam: `aes256 ${key}`, MismatchRemoteParam: `${key},sha1` },
    { FailedReasonCode: "PskMismatch", MismatchLocalParam: key, MismatchRemoteParam: key },
    { FailedReasonCode: "PeerIdMismatch", MismatchLocalParam: key, MismatchRemoteParam: key },
    { FailedReasonCode: key, FailedReason: key, Severity: key, SourceLog: key },
    { FailedReasonCode: "Phase1NegotiationTimeout", FailedReason: key, SourceLog: key },
  ])("never repeats what may be a key: %o", (diagnosis) => {
    expect(diagnosed(diagnosis)).not.toContain(key);
  });

  it.each(["654321", "group3", "", "a".repeat(100), "constructor"])("does not repeat %j either", (value) => {
    expect(diagnosed({ ...mismatch, MismatchLocalParam: value })).toMatch(/differs$/);
  });

  it.each(["NoExceptionFound", "constructor", "SomethingNew", undefined])(
    "with the code %s adds nothing to the reason",
    (FailedReasonCode) => {
      expect(diagnosed({ FailedReasonCode })).toBe("phase 1 (IKE) is not negotiated");
    },
  );

  it("belongs to its own tunnel, and to none that is up", () => {
    const found = diagnoses.parse({ VpnConnections: [{ TunnelId: "tun-2", FailedReasonCode: "NoResponse" }] });
    const list = found.VpnConnections ?? [];
    expect(toTunnelState({ ...down, id: "tun-1" }, list).reason).toBe("phase 1 (IKE) is not negotiated");
    expect(toTunnelState({ ...down, id: "tun-2" }, list).reason).toMatch(/: the peer does not respond$/);
    expect(toTunnelState({ status: "ipsec_sa_established", id: "tun-2" }, list).reason).not.toContain("respond");
  });
});
