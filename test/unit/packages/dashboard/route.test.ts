import { describe, expect, it } from "vitest";
import {
  readRoute,
  toOverview,
  toRequest,
  toRequests,
  toSearch,
} from "../../../../packages/dashboard/src/app/route.ts";

describe("the dashboard's addresses", () => {
  it.each(["", "#", "#/", toOverview()])("lead from %j to the overview", (hash) => {
    expect(readRoute(hash).page).toBe("overview");
  });

  it("keep the list's filters", () => {
    const { page, query } = readRoute(toRequests(new URLSearchParams("status=failed&status=unknown")));
    expect([page, query.getAll("status")]).toEqual(["requests", ["failed", "unknown"]]);
  });

  it.each(["abc", "a/b", "a?b#c%", "ü"])("lead to the request %j, whatever stands in its id", (id) => {
    expect(readRoute(toRequest(id))).toMatchObject({ page: "request", id });
  });

  it("keep what is searched for as it was written", () => {
    expect(readRoute(toSearch("a&q=b c")).query.get("q")).toBe("a&q=b c");
  });

  it("take an id that is badly encoded as it stands", () => {
    expect(readRoute("#/requests/%zz")).toMatchObject({ page: "request", id: "%zz" });
  });

  it.each(["#/nothing", "#/requests/a/b"])("say of %j that there is no such page", (hash) => {
    expect(readRoute(hash).page).toBe("nowhere");
  });
});
