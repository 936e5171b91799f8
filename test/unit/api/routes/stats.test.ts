import { describe, expect, it } from "vitest";
import { createTestApi } from "../../../support/test-api.ts";

const get = (query: string) => createTestApi().get(`/v1/stats${query}`);

describe("the window", () => {
  it.each(["1h", "6h", "24h", "720h", "1d", "7d", "30d"])("can be %s", async (window) => {
    expect(await get(`?window=${window}`)).toMatchObject({ status: 200, body: { window } });
  });

  it("is a day where nothing is said", async () => {
    expect(await get("")).toMatchObject({ status: 200, body: { window: "24h" } });
  });

  it.each(["0h", "721h", "31d", "24", "h", "1w", "-1h", "24H", "1.5h", ""])("cannot be '%s'", async (window) => {
    const { status, body } = await get(`?window=${window}`);
    expect([status, body["errors"]]).toMatchObject([400, [{ pointer: "/window" }]]);
  });
});
