import { describe, expect, it } from "vitest";
import { end } from "../../../../functions/domain/record/transitions.ts";
import { createAcceptedRecord } from "../../../support/accepting.ts";
import { validDualTunnelRequest } from "../../../support/create-requests.ts";
import { apiKeys, connections, createTestSecretsApi, type SendOptions } from "../../../support/test-api.ts";

const accepted = await createAcceptedRecord(validDualTunnelRequest());
const completedAt = new Date("2026-01-01T00:00:00.000Z");
const succeeded = end(accepted, completedAt, { status: "succeeded", reason: "ready" });
const path = `${connections}/${accepted.id}/pre-shared-keys`;
const preSharedKey = accepted.sealedKeys[1]?.split(":").at(-1);

function createApi(record = succeeded) {
  const api = createTestSecretsApi();
  api.store.put(record);
  const reveal = (options: SendOptions = {}) => api.send("POST", path, { key: apiKeys.secrets, ...options });
  return { ...api, reveal };
}

describe("the keys that the broker made", () => {
  it("are answered, and nowhere kept; the reading is noted with its reason", async () => {
    const api = createApi();
    const { status, body, headers } = await api.reveal({ body: { reason: "the router was replaced" } });
    expect(status).toBe(200);
    expect(body).toEqual({ items: [{ tunnel: 1, role: "backup", preSharedKey }] });
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(api.audit.entries).toMatchObject([
      { action: "pre_shared_keys.reveal", target: accepted.id, reason: "the router was replaced" },
    ]);
  });

  it("are in no log and no audit entry", async () => {
    const api = createApi();
    await api.reveal();
    expect(JSON.stringify([api.lines, api.requestLines, api.audit.entries])).not.toContain(preSharedKey);
  });

  it("are not shown without an audit entry", async () => {
    const api = createApi();
    api.audit.append = () => Promise.reject(new Error("MARKER"));
    const { status, text } = await api.reveal();
    expect(status).toBe(500);
    expect(text).not.toContain(preSharedKey);
  });

  it("are no longer shown a day later", async () => {
    const api = createApi();
    api.clock.advance(86_400_000);
    expect(await api.reveal()).toMatchObject({ status: 409, body: { code: "conflict" } });
  });

  it.each([
    ["before it succeeded", accepted, {}, 409],
    ["to another tenant", succeeded, { tenant: "other" }, 404],
  ])("are not shown %s", async (_, record, patch, status) => {
    expect(await createApi({ ...record, ...patch }).reveal()).toMatchObject({ status });
  });

  it.each([{ reason: "" }, { tunnel: 1 }])("are not shown for a body that is not right: %j", async (body) => {
    const api = createApi();
    expect(await api.reveal({ body })).toMatchObject({ status: 400 });
    expect(api.audit.entries).toEqual([]);
  });

  it("are shown 60 times a minute to one key, whatever it asks for; beyond that nothing is opened or noted", async () => {
    const api = createApi();
    for (let read = 0; read < 59; read += 1) await api.reveal();
    expect(await api.send("POST", `${connections}/x/pre-shared-keys`, { key: apiKeys.secrets })).toMatchObject({
      status: 404,
    });
    const { status, headers, text } = await api.reveal();
    expect([status, headers.get("Retry-After")]).toEqual([429, "60"]);
    expect(text).not.toContain(preSharedKey);
    expect(api.audit.entries).toHaveLength(59);
    api.clock.advance(60_000);
    expect(await api.reveal()).toMatchObject({ status: 200 });
  });
});
