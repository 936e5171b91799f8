import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { ConnectionResource } from "../../functions/domain/record/to-resource.ts";
import { texts } from "../../packages/dashboard/src/texts.ts";
import { tencentRequest } from "../support/requests.ts";
import { moveClock } from "./move-clock.ts";
import { create, fail } from "./requests.ts";
import { signIn } from "./sign-in.ts";
import { createKey } from "./tenants.ts";
import { useDashboard } from "./use-dashboard.ts";

const { stack, open } = useDashboard();

let succeeded: ConnectionResource;
let atTencent: ConnectionResource;
/** Two hours younger than the others. */
let failed: ConnectionResource;
beforeAll(async () => {
  await createKey(stack(), { tenant: "globex", scopes: ["connections:read"] });
  const made = await Promise.all([
    create(stack(), { name: "alpha", clientToken: "token-alpha" }),
    create(stack(), { name: "beta" }, { request: tencentRequest }),
  ]);
  [succeeded, atTencent] = await Promise.all([stack().follow(made[0].id), stack().follow(made[1].id)]);
  moveClock(120);
  failed = await fail(stack(), { name: "gamma", region: "cn-hangzhou" });
});

const filters = texts.filters;
/** What a field for times holds, as the browser's time zone has it, which is eight hours ahead all year. */
const inShanghai = (time: string, minutes: number) =>
  new Date(Date.parse(time) + (8 * 60 + minutes) * 60_000).toISOString().slice(0, 19);

/** The names in the list once they are these, from the newest to the oldest. */
async function expectRows(page: Page, names: readonly string[]): Promise<void> {
  await expect.poll(() => page.locator("table.requests tbody th a").allTextContents()).toEqual(names);
}

const openFilters = (page: Page) => page.locator("summary", { hasText: filters.more(0) }).click();

async function fill(page: Page, label: string, value: string): Promise<void> {
  await openFilters(page);
  await page.getByLabel(label, { exact: true }).fill(value);
}

async function choose(page: Page, label: string, value: string): Promise<void> {
  await openFilters(page);
  await page.getByLabel(label, { exact: true }).selectOption(value);
}

const check = (page: Page, status: string) => page.getByRole("checkbox", { name: status }).check({ force: true });

interface Case {
  filter: string;
  set: (page: Page) => Promise<void>;
  query: () => Record<string, string>;
  left: string[];
}

const cases: Case[] = [
  {
    filter: "status",
    set: (page) => check(page, texts.statuses.failed),
    query: () => ({ status: "failed" }),
    left: ["gamma"],
  },
  {
    filter: "provider",
    set: (page) => choose(page, filters.provider, "tencent"),
    query: () => ({ provider: "tencent" }),
    left: ["beta"],
  },
  {
    filter: "errorCode",
    set: (page) => choose(page, filters.errorCode, String(failed.error?.code)),
    query: () => ({ errorCode: String(failed.error?.code) }),
    left: ["gamma"],
  },
  {
    filter: "region",
    set: (page) => fill(page, filters.region, "ap-shanghai"),
    query: () => ({ region: "ap-shanghai" }),
    left: ["beta"],
  },
  {
    filter: "vpnGatewayId",
    set: (page) => fill(page, filters.vpnGatewayId, "vpn-missing"),
    query: () => ({ vpnGatewayId: "vpn-missing" }),
    left: ["gamma"],
  },
  {
    filter: "clientToken",
    set: (page) => fill(page, filters.clientToken, "token-alpha"),
    query: () => ({ clientToken: "token-alpha" }),
    left: ["alpha"],
  },
  {
    filter: "providerConnectionId",
    set: (page) => fill(page, filters.providerConnectionId, String(atTencent.providerConnectionId)),
    query: () => ({ providerConnectionId: String(atTencent.providerConnectionId) }),
    left: ["beta"],
  },
  {
    filter: "createdAfter",
    set: (page) => fill(page, filters.times(filters.createdAfter, "local"), inShanghai(succeeded.createdAt, 60)),
    query: () => ({
      createdAfter: new Date(Math.floor(Date.parse(succeeded.createdAt) / 1000) * 1000 + 3_600_000).toISOString(),
    }),
    left: ["gamma"],
  },
  {
    filter: "createdBefore",
    set: (page) => fill(page, filters.times(filters.createdBefore, "local"), inShanghai(failed.createdAt, -60)),
    query: () => ({
      createdBefore: new Date(Math.floor(Date.parse(failed.createdAt) / 1000) * 1000 - 3_600_000).toISOString(),
    }),
    left: ["beta", "alpha"],
  },
  {
    filter: "tenant",
    set: (page) => fill(page, filters.tenant, "globex"),
    query: () => ({ tenant: "globex" }),
    left: [],
  },
];

describe("the list", () => {
  it.each(cases)("is narrowed by $filter, which the address keeps", async ({ set, query, left }) => {
    const page = await open({ at: "#/requests" });
    const all = await page
      .locator("table.requests tbody tr")
      .first()
      .waitFor()
      .then(() => page.locator("table.requests tbody th a").allTextContents());
    expect(all.toSorted()).toEqual(["alpha", "beta", "gamma"]);
    await set(page);
    const expected = left.length > 1 ? all.filter((name) => left.includes(name)) : left;
    await expectRows(page, expected);
    const asked = new URL(page.url()).hash.split("?")[1];
    expect(Object.fromEntries(new URLSearchParams(asked))).toEqual(query());

    await page.reload();
    await expectRows(page, expected);
    await page.getByRole("link", { name: filters.clear }).first().click();
    await expectRows(page, all);
    await page.goBack();
    await expectRows(page, expected);
  });

  it("takes several statuses at once, and gives each back", async () => {
    const page = await open({ at: "#/requests" });
    await check(page, texts.statuses.failed);
    await check(page, texts.statuses.unknown);
    await expectRows(page, ["gamma"]);
    await check(page, texts.statuses.succeeded);
    await expect.poll(() => page.locator("table.requests tbody tr").count()).toBe(3);
    expect(new URL(page.url()).hash).toBe("#/requests?status=succeeded&status=failed&status=unknown");
    await page.goBack();
    await expectRows(page, ["gamma"]);
  });

  it("is the same for a colleague who is sent its address", async () => {
    const page = await open({ key: null, at: "#/requests?status=failed&provider=alibaba" });
    await signIn(page, stack().apiKey);
    await expectRows(page, ["gamma"]);
    expect(await page.getByRole("checkbox", { name: texts.statuses.failed }).isChecked()).toBe(true);
  });

  it("shows times as the reader wants them, and remembers it", async () => {
    const page = await open({ at: "#/requests?clientToken=token-alpha" });
    const accepted = page.locator("table.requests tbody time").last();
    const clockOf = (at: string, hours: number) =>
      new Date(Date.parse(at) + hours * 3_600_000).toISOString().slice(11, 19);
    await expect.poll(() => accepted.textContent()).toContain(clockOf(succeeded.createdAt, 8));
    await page.getByRole("button", { name: texts.settings.title }).click();
    await page.getByRole("radio", { name: texts.settings.timeModes.utc }).check();
    await expect.poll(() => accepted.textContent()).toContain(`${clockOf(succeeded.createdAt, 0)}Z`);
    await page.reload();
    await expect.poll(() => accepted.textContent()).toContain(`${clockOf(succeeded.createdAt, 0)}Z`);
    await page.getByRole("button", { name: texts.settings.title }).click();
    await page.getByRole("radio", { name: texts.settings.timeModes.relative }).check();
    await expect.poll(() => accepted.textContent()).toMatch(/ago|now/);
  });

  it("is exported as CSV, all that the filters let through", async () => {
    const page = await open({ at: "#/requests?provider=alibaba" });
    await page.locator("table.requests tbody tr").first().waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: texts.list.export }).click(),
    ]);
    const [head, ...lines] = (await readFile(await download.path(), "utf8")).trim().split("\r\n");
    expect(head).toContain("id,tenant,name,status");
    expect(lines.map((line) => String(line.split(",")[2])).toSorted()).toEqual(["alpha", "gamma"]);
  });
});
