import { describe, expect, it } from "vitest";
import { end, noteDelivery } from "../../../../functions/domain/record/transitions.ts";
import { createAcceptedRecord } from "../../../support/accepting.ts";
import { at } from "../../../support/record-changes.ts";
import { apiKeys, connections, createTestApi, type SendOptions } from "../../../support/test-api.ts";

const record = end(await createAcceptedRecord(), at, { status: "failed", reason: "no room" });
const attempt = { outcome: "HTTP 500", statusCode: 500, durationMilliseconds: 5 };
const exhausted = noteDelivery(record, at, attempt, { state: "exhausted" });
const path = `${connections}/${record.id}/deliveries`;
const deliveryId = `msg_${record.id}_1`;

function createApi() {
  const api = createTestApi();
  api.store.put(exhausted);
  const resend = (of = deliveryId, options: SendOptions = {}) => api.send("POST", `${path}/${of}/resend`, options);
  return { ...api, resend };
}

describe("the list of deliveries", () => {
  it("tells each with its attempts", async () => {
    const { status, body } = await createApi().get(path);
    expect(status).toBe(200);
    expect(body).toEqual({
      items: [{ id: deliveryId, state: "exhausted", attempts: [{ at: at.toISOString(), attempt: 1, ...attempt }] }],
    });
  });

  it("is not found for another tenant or an id of nobody's, and takes no query", async () => {
    const { get } = createApi();
    expect(await get(path, { key: apiKeys.other })).toMatchObject({ status: 404 });
    expect(await get(`${connections}/${"a".repeat(26)}/deliveries`)).toMatchObject({ status: 404 });
    expect(await get(`${path}?limit=1`)).toMatchObject({ status: 400, body: { errors: [{ pointer: "/limit" }] } });
  });

  it("names neither endpoint nor secret", async () => {
    expect((await createApi().get(path)).text).not.toMatch(/hooks\.example|whsec|sealed/);
  });
});

describe("resending", () => {
  it("is answered with 202 and the delivery, and noted with the reason", async () => {
    const api = createApi();
    const { status, body } = await api.resend(deliveryId, { body: { reason: "their outage is over" } });
    expect(status).toBe(202);
    expect(body).toMatchObject({ id: deliveryId, state: "pending", attempts: [{ attempt: 1 }] });
    expect(api.workflows.started).toMatchObject([{ workflow: "deliver-webhook", generation: 1, restarts: 1 }]);
    expect(api.audit.entries).toMatchObject([{ action: "delivery.resend", reason: "their outage is over" }]);
  });

  it("tells a key that may write and not read nothing of the attempts", async () => {
    const { status, body } = await createApi().resend(deliveryId, { key: apiKeys.writer });
    expect([status, body]).toEqual([202, { id: deliveryId, state: "pending" }]);
  });

  it("needs no body, and may be asked for twice", async () => {
    const api = createApi();
    expect([(await api.resend()).status, (await api.resend()).status]).toEqual([202, 202]);
    expect(api.workflows.started).toHaveLength(1);
  });

  it.each([
    ["not known", `msg_${record.id}_2`],
    ["of another request", `msg_${"a".repeat(26)}_1`],
    ["of another form", "..%2F.."],
  ])("is not found for one that is %s", async (_, of) => {
    expect(await createApi().resend(of)).toMatchObject({ status: 404, body: { code: "not_found" } });
  });

  it("is not found for another tenant", async () => {
    expect(await createApi().resend(deliveryId, { key: apiKeys.other })).toMatchObject({ status: 404 });
  });

  it.each([{ reason: "" }, { reason: 7 }, { force: true }])("refuses a body that is not right: %j", async (body) => {
    const api = createApi();
    expect(await api.resend(deliveryId, { body })).toMatchObject({ status: 400 });
    expect(await api.store.get(record.id)).toEqual(exhausted);
  });
});
