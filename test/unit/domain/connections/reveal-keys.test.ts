import { describe, expect, it } from "vitest";
import { revealKeys } from "../../../../functions/domain/connections/reveal-keys.ts";
import type { ConnectionRecord } from "../../../../functions/domain/record/connection-record.ts";
import { eraseKeys } from "../../../../functions/domain/record/recovery.ts";
import { revealableUntil } from "../../../../functions/domain/record/revealable-until.ts";
import { end } from "../../../../functions/domain/record/transitions.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import { createMemoryAuditLog } from "../../../fakes/memory-audit-log.ts";
import { createMemoryConnectionStore } from "../../../fakes/memory-connection-store.ts";
import { plainSealer } from "../../../fakes/plain-sealer.ts";
import { createAcceptedRecord, testActor } from "../../../support/accepting.ts";
import { validDualTunnelRequest, validPairsRequest } from "../../../support/create-requests.ts";
import { refusalOf } from "../../../support/refusal.ts";

const completedAt = new Date("2026-01-01T00:00:00.000Z");
const succeed = (record: ConnectionRecord) => end(record, completedAt, { status: "succeeded", reason: "ready" });
/** The first tunnel's key is its caller's, the second one's is the broker's. */
const mixed = await createAcceptedRecord(validDualTunnelRequest());
const made = await createAcceptedRecord(validPairsRequest());
const given = await createAcceptedRecord();
const keyOf = (record: ConnectionRecord, tunnel: number) => record.sealedKeys[tunnel]?.split(":").at(-1);

function createDeps(record: ConnectionRecord) {
  const opened: string[] = [];
  const deps = {
    store: createMemoryConnectionStore(record),
    opener: {
      open(context: string, sealed: string) {
        opened.push(sealed);
        return plainSealer.open(context, sealed);
      },
    },
    audit: createMemoryAuditLog(),
    clock: createFakeClock(completedAt.toISOString()),
    opened,
  };
  const reveal = (patch: { tenant?: string; id?: string; reason?: string } = {}) => {
    const { tenant = "acme", ...rest } = patch;
    return revealKeys(deps, { actor: { ...testActor, tenant }, id: record.id, ...rest });
  };
  return { ...deps, deps, reveal };
}

describe("keys that the broker made", () => {
  it("are shown, by the tunnel they are of", async () => {
    const { reveal } = createDeps(succeed(made));
    expect(await reveal()).toEqual([{ tunnel: 0, preSharedKey: keyOf(made, 0) }]);
  });

  it("are shown alone where others were given: a caller's key never is, also while it is there", async () => {
    for (const record of [succeed(mixed), { ...succeed(mixed), sealedKeys: mixed.sealedKeys }]) {
      const { reveal, opened } = createDeps(record);
      expect(await reveal()).toEqual([{ tunnel: 1, role: "backup", preSharedKey: keyOf(mixed, 1) }]);
      expect(opened).toEqual([mixed.sealedKeys[1]]);
    }
  });

  it("may be read more than once; each reading is audited", async () => {
    const { reveal, audit } = createDeps(succeed(made));
    expect(await reveal()).toEqual(await reveal({ reason: "the router was replaced" }));
    const entry = { action: "pre_shared_keys.reveal", tenant: "acme", target: made.id, by: testActor };
    expect(audit.entries).toMatchObject([entry, { ...entry, reason: "the router was replaced" }]);
    expect(JSON.stringify(audit.entries)).not.toContain(keyOf(made, 0));
  });

  it("are not opened, let alone shown, when the reading could not be audited", async () => {
    const { reveal, audit, opened } = createDeps(succeed(made));
    audit.append = () => Promise.reject(new Error("no audit"));
    await expect(reveal()).rejects.toThrow("no audit");
    expect(opened).toEqual([]);
  });

  it("stand in the audit log as asked for, when they could not be opened", async () => {
    const { deps, reveal, audit } = createDeps(succeed(made));
    deps.opener.open = () => Promise.reject(new Error("no KMS"));
    await expect(reveal()).rejects.toThrow("no KMS");
    expect(audit.entries).toHaveLength(1);
  });

  it("are shown for 24 hours after success", async () => {
    const { reveal, clock } = createDeps(succeed(made));
    clock.advance(86_400_000 - 1);
    expect(await reveal()).toHaveLength(1);
    clock.advance(1);
    const refusal = await refusalOf(reveal());
    expect(refusal).toMatchObject({ code: "conflict", message: expect.stringContaining("24 hours") });
  });
});

describe("nothing is shown, opened or audited", () => {
  it.each<[string, ConnectionRecord, string, { tenant?: string; id?: string }?]>([
    ["of keys that were given", succeed(given), "given by its caller"],
    [
      "of keys that were given, also while they are there",
      { ...succeed(given), sealedKeys: given.sealedKeys },
      "given by its caller",
    ],
    ["before it succeeded", made, "it is accepted"],
    ["of what failed", end(made, completedAt, { status: "failed", reason: "x" }), "it is failed"],
    ["of what was canceled", end(made, completedAt, { status: "canceled", reason: "x" }), "it is canceled"],
    ["of what nobody knows", end(made, completedAt, { status: "unknown", reason: "x" }), "it is unknown"],
    ["once they are erased", eraseKeys(succeed(made)), "then erased"],
    ["to another tenant", succeed(made), "there is no connection request of this id", { tenant: "other" }],
    ["of nothing", succeed(made), "there is no connection request of this id", { id: "a".repeat(26) }],
  ])("%s", async (_, record, message, patch) => {
    const { reveal, opened, audit } = createDeps(record);
    const refusal = await refusalOf(reveal(patch));
    expect(refusal).toMatchObject({
      code: patch ? "not_found" : "conflict",
      message: expect.stringContaining(message),
    });
    expect([opened, audit.entries]).toEqual([[], []]);
  });
});

describe("the time until which keys can be read", () => {
  it("is there while there is one, and only after success", () => {
    expect(revealableUntil(succeed(made))).toBe("2026-01-02T00:00:00.000Z");
    expect(revealableUntil(succeed(mixed))).toBe("2026-01-02T00:00:00.000Z");
    expect(revealableUntil(succeed(given))).toBeUndefined();
    expect(revealableUntil(eraseKeys(succeed(made)))).toBeUndefined();
    expect(revealableUntil(made)).toBeUndefined();
  });
});
