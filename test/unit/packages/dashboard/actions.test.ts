import type { AttentionReason, RequestErrorCode, Status } from "@vpn-broker/client";
import { describe, expect, it } from "vitest";
import {
  type ActionName,
  chooseAmong,
  findMisfit,
  isPromising,
} from "../../../../packages/dashboard/src/actions/action.ts";
import { forEach } from "../../../../packages/dashboard/src/actions/each.ts";
import {
  covers,
  foldAlike,
  suggestAction,
  toGroupFilters,
} from "../../../../packages/dashboard/src/overview/suggest.ts";
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
    // Whether there is a connection a person should see first.
    expect(isPromising("redrive", { connection: { ...useless, status: "unknown" } })).toBe(false);
    const delivery = { id: "msg", attempts: [], state: "delivered" } as const;
    expect(isPromising("resend", { connection: useless, delivery: { ...delivery, attempts: [] } })).toBe(false);
    expect(isPromising("resend", { connection: useless })).toBe(true);
  });

  it("choose of several those that promise something, and all where none does: somebody has mended it", () => {
    const error = { code: "provider_auth", message: "", advice: "", retryable: false } as const;
    const useless = { connection: connectionWith({ id: "a", status: "failed", error }) };
    const promising = {
      connection: connectionWith({ id: "b", status: "failed", error: { ...error, retryable: true } }),
    };
    expect(chooseAmong("redrive", [useless, promising])).toEqual([promising]);
    expect(chooseAmong("redrive", [useless, useless])).toEqual([useless, useless]);
    expect(chooseAmong("redrive", [useless])).toEqual([useless]);
    const unknown = {
      connection: connectionWith({ id: "c", status: "unknown", error: { ...error, retryable: true } }),
    };
    expect(chooseAmong("redrive", [unknown, promising])).toEqual([promising]);
    expect(chooseAmong("redrive", [unknown, useless])).toEqual([useless]);
    expect(chooseAmong("redrive", [unknown, unknown])).toEqual([]);
    expect(chooseAmong("redrive", [unknown])).toEqual([unknown]);
    const arrived = { ...useless, delivery: { id: "msg", attempts: [], state: "delivered" as const } };
    expect(chooseAmong("resend", [arrived, arrived])).toEqual([]);
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

  it("are told once for items that are alike, in the order of the first of each", () => {
    const item = (id: string, reason: AttentionReason, action: string, code?: RequestErrorCode) => {
      const error = code && { code, message: "", advice: "", retryable: true };
      const host = reason === "failed" ? {} : { host: "hooks.example:9" };
      return { reason, action, ...host, connection: connectionWith({ id, ...(error ? { error } : {}) }) };
    };
    const tried = (times: number) => `It has not taken the webhook in ${times} attempts.`;
    const folded = foldAlike([
      item("a", "webhook_failing", tried(3), "provider_quota"),
      item("b", "failed", "Raise it.", "provider_quota"),
      item("c", "webhook_failing", tried(4)),
      item("d", "failed", "Raise it.", "provider_quota"),
      item("e", "webhook_failing", tried(5)),
      item("f", "failed", "Wait.", "provider_internal"),
    ]);
    expect(folded.map((alike) => alike.map(({ connection }) => connection.id).join(""))).toEqual([
      "ace",
      "b",
      "d",
      "f",
    ]);
  });

  it("are in a group that says the same of them, unless nobody acts on them any more", () => {
    const { provider, region } = connectionWith({});
    const error = { code: "provider_quota", message: "", advice: "", retryable: true } as const;
    const failed = { reason: "failed", action: "", connection: connectionWith({ error }) } as const;
    const wave = { reason: "failure_wave", action: "", count: 5, provider, region, errorCode: error.code } as const;
    expect(covers(wave, failed)).toBe(true);
    expect(covers({ ...wave, errorCode: "provider_auth" }, failed)).toBe(false);
    expect(covers({ ...wave, region: "elsewhere" }, failed)).toBe(false);
    const host = { reason: "webhook_host_failing", action: "", count: 2, host: "a.example" } as const;
    const webhook = { ...failed, host: "a.example" };
    expect(covers(host, { ...webhook, reason: "webhook_failing" })).toBe(true);
    expect(covers(host, { ...webhook, reason: "webhook_given_up" })).toBe(false);
    expect(covers({ ...host, host: "a.exampl" }, { ...webhook, reason: "webhook_failing" })).toBe(false);
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
