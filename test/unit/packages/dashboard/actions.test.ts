import type { Status } from "@vpn-broker/client";
import { describe, expect, it } from "vitest";
import { type ActionName, findMisfit, isPromising } from "../../../../packages/dashboard/src/actions/action.ts";
import { forEach } from "../../../../packages/dashboard/src/actions/each.ts";
import { suggestAction, toGroupFilters } from "../../../../packages/dashboard/src/overview/suggest.ts";
import { connectionWith } from "./connection.ts";

const fits = (action: ActionName, status: Status, attempts = 1) =>
  findMisfit(action, { connection: connectionWith({ status, attempts }) }) === undefined;

describe("actions", () => {
  it("cancel what the vendor has not been asked about", () => {
    const fitting = (["accepted", "queued", "creating", "provisioning", "succeeded", "failed"] as const).filter(
      (status) => fits("cancel", status),
    );
    expect(fitting).toEqual(["accepted", "queued"]);
    expect(fits("cancel", "creating", 0)).toBe(true);
  });

  it("redrive what failed or is unknown, and resend the webhook of what has ended", () => {
    const all = [
      "accepted",
      "queued",
      "creating",
      "provisioning",
      "succeeded",
      "failed",
      "canceled",
      "unknown",
    ] as const;
    expect(all.filter((status) => fits("redrive", status))).toEqual(["failed", "unknown"]);
    expect(all.filter((status) => fits("resend", status))).toEqual(["succeeded", "failed", "canceled", "unknown"]);
  });

  it("are suggested where they help", () => {
    expect(suggestAction("unknown", connectionWith({ status: "unknown" }))).toBe("redrive");
    expect(suggestAction("webhook_given_up", connectionWith({ status: "succeeded" }))).toBe("resend");
    expect(suggestAction("connection_found", connectionWith({ status: "canceled" }))).toBeUndefined();
    expect(suggestAction("queued_too_long", connectionWith({ status: "queued" }))).toBeUndefined();
  });

  it("are not suggested, nor chosen of several, where they change nothing", () => {
    const error = { code: "provider_validation", message: "", advice: "", retryable: false } as const;
    const useless = connectionWith({ status: "failed", error });
    expect(suggestAction("failed", useless)).toBeUndefined();
    expect(suggestAction("failed", { ...useless, error: { ...error, retryable: true } })).toBe("redrive");
    expect(isPromising("redrive", { connection: useless })).toBe(false);
    expect(isPromising("redrive", { connection: { ...useless, status: "unknown" } })).toBe(true);
    const delivery = { id: "msg", attempts: [], state: "delivered" } as const;
    expect(isPromising("resend", { connection: useless, delivery: { ...delivery, attempts: [] } })).toBe(false);
    expect(isPromising("resend", { connection: useless })).toBe(true);
  });

  it("are shown for a group where a filter of the API says who is in it", () => {
    const group = { action: "", count: 5, provider: "alibaba", region: "cn-shanghai" } as const;
    expect(toGroupFilters({ ...group, reason: "failure_wave", errorCode: "provider_quota" })).toEqual({
      provider: "alibaba",
      region: "cn-shanghai",
      errorCode: "provider_quota",
    });
    expect(toGroupFilters({ ...group, reason: "webhook_host_failing", host: "a" })).toBeUndefined();
  });

  it("touch each once, so many at a time", async () => {
    const touched: number[] = [];
    let running = 0;
    let most = 0;
    await forEach([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      touched.push(item);
      running -= 1;
    });
    expect([touched.toSorted((a, b) => a - b), most]).toEqual([[1, 2, 3, 4, 5, 6, 7], 3]);
  });
});
