import { describe, expect, it } from "vitest";
import { apiKeys, connections, createTestApi } from "../../../support/test-api.ts";

const names = (count: number) => Array.from({ length: count }, (_, index) => `x${index}`);
const pointersOf = (body: Record<string, unknown>) =>
  (body["errors"] as { pointer: string }[]).map(({ pointer }) => pointer);

describe.each([
  [99, 99],
  [100, 100],
  [101, 100],
  [400, 100],
])("of %i flaws %i are told", (count, told) => {
  const expected = names(told).map((name) => `/${name}`);

  it("in a query", async () => {
    const query = names(count)
      .map((name) => `${name}=1`)
      .join("&");
    const { status, body } = await createTestApi().get(`${connections}?${query}`);
    expect(status).toBe(400);
    expect(pointersOf(body)).toEqual(expected);
    expect(body["detail"]).toBe(`the query is not valid: ${names(told).join(", ")}`);
  });

  it("in a body", async () => {
    const body = { gateways: [], ...Object.fromEntries(names(count).map((name) => [name, 1])) };
    const answer = await createTestApi().send("PUT", "/v1/admin/tenants/team-a", { key: apiKeys.admin, body });
    expect(answer.status).toBe(400);
    expect(pointersOf(answer.body)).toEqual(expected);
  });
});

it("flaws of many members are cut off like those of unknown ones", async () => {
  const gateways = Array.from({ length: 100 }, () => "no pattern");
  const body = { gateways, maxUnfinishedRequests: 0, webhookUrl: "" };
  const answer = await createTestApi().send("PUT", "/v1/admin/tenants/team-a", { key: apiKeys.admin, body });
  expect(answer.status).toBe(400);
  expect(pointersOf(answer.body)).toEqual(gateways.map((_, index) => `/gateways/${index}`));
});
