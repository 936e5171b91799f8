import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { texts } from "../../packages/dashboard/src/texts.ts";
import { openWebhookEndpoint } from "../fakes/webhook-endpoint.ts";
import { tencentRequest } from "../support/requests.ts";
import { confirm, dialogOf } from "./dialog.ts";
import { moveClock } from "./move-clock.ts";
import { atDemo, create, fail, queueBehind } from "./requests.ts";
import { useDashboard } from "./use-dashboard.ts";

// Three settle windows go by.
const { stack, open } = useDashboard({ LOCAL_TIME_SCALE: "0.002" });

const { attention, actions, statuses } = texts;
const listed = (page: Page, name: string) => page.locator(".attention > li").filter({ hasText: name });

it("an unknown outcome, which a redrive settles", async () => {
  const fault = { action: "CreateVpnConnection", kind: "reset-before", times: 3 };
  await stack().control("tencent", "POST", "/faults", fault);
  const { id } = await create(stack(), { name: "lost-answer" }, { request: tencentRequest });
  expect((await stack().follow(id)).status).toBe("unknown");
  const page = await open();
  const item = listed(page, "lost-answer");
  await item.getByText(attention.reasons.unknown).waitFor();
  await item.getByRole("button", { name: actions.single.redrive }).click();
  await confirm(page, { action: "redrive", reason: "nothing is at the vendor" });
  await item.waitFor({ state: "detached" });
  expect((await stack().follow(id)).status).toBe("succeeded");
});

it("a wave of failures with one code, which leads to exactly those", async () => {
  const names = ["a", "b", "c", "d", "e"].map((letter) => `wave-${letter}`);
  await Promise.all(names.map((name) => fail(stack(), { name, region: "cn-beijing" })));
  const page = await open();
  const group = listed(page, attention.groups.failure_wave).filter({ hasText: "cn-beijing" });
  await group.getByText(attention.requests(5), { exact: true }).waitFor();
  await group.getByRole("button", { name: attention.redriveAll }).click();
  await dialogOf(page, "redrive").getByRole("rowheader").nth(4).waitFor();
  await page.keyboard.press("Escape");
  await group.getByRole("link", { name: attention.show(5) }).click();
  const rows = page.locator("table.requests tbody th a");
  await expect.poll(async () => (await rows.allTextContents()).toSorted()).toEqual(names);
});

it("a host that takes no webhook", async () => {
  const endpoint = await openWebhookEndpoint();
  endpoint.answer = () => ({ status: 500 });
  const callback = { url: endpoint.url };
  await Promise.all(["deaf-a", "deaf-b"].map((name) => fail(stack(), { name, callback })));
  const page = await open();
  const group = listed(page, attention.groups.webhook_host_failing).filter({ hasText: new URL(endpoint.url).host });
  await group.getByText(attention.requests(2), { exact: true }).waitFor();
  await group.locator("summary", { hasText: "deaf-a" }).click();
  await group.getByText(attention.reasons.webhook_failing, { exact: true }).nth(1).waitFor();
  endpoint.answer = () => ({ status: 204 });
  await group.waitFor({ state: "detached" });
  await endpoint.close();
});

it("a webhook that was given up, until it is sent again", async () => {
  const endpoint = await openWebhookEndpoint();
  endpoint.answer = () => ({ status: 410 });
  const { id } = await fail(stack(), { name: "gone", callback: { url: endpoint.url } });
  const page = await open();
  const reason = listed(page, "gone").getByText(attention.reasons.webhook_given_up);
  await reason.waitFor();
  endpoint.answer = () => ({ status: 204 });
  await listed(page, "gone").getByRole("button", { name: actions.single.resend }).click();
  await confirm(page, { action: "resend", reason: "the receiver is mended" });
  await reason.waitFor({ state: "detached" });
  expect(endpoint.arrived.map(({ event, taken }) => [event.data.id, taken])).toEqual([
    [id, false],
    [id, true],
  ]);
  await endpoint.close();
});

it("a vendor that cannot be read, until it can", async () => {
  await stack().control("alibaba", "POST", "/faults", {
    action: "*",
    kind: "http-502-html",
    afterEffect: false,
    times: 1_000_000,
  });
  const made = await Promise.all([create(stack(), atDemo(9)), create(stack(), atDemo(10))]);
  for (const { id } of made) {
    const problem = async () => (await stack().call("GET", `/v1/vpn-connections/${id}`)).body["providerProblem"];
    await expect.poll(problem).toBeDefined();
  }
  moveClock(5);
  const page = await open();
  const group = listed(page, attention.groups.provider_unreadable);
  await group.getByText(attention.requests(2), { exact: true }).waitFor();
  await group.locator("summary", { hasText: "site-09" }).click();
  await group.getByText(attention.reasons.provider_problem, { exact: true }).nth(1).waitFor();
  await stack().control("alibaba", "DELETE", "/faults");
  await group.waitFor({ state: "detached" });
  await expect.poll(() => listed(page, "site-09").count()).toBe(0);
});

it("credentials that the vendor refuses", async () => {
  await stack().control("tencent", "PUT", "/settings", { deniedActions: ["CreateVpnConnection"] });
  const { id } = await create(stack(), { name: "denied" }, { request: tencentRequest });
  const { error } = await stack().follow(id);
  const page = await open();
  const group = listed(page, attention.refused).first();
  await group.getByText(texts.providers.tencent).first().waitFor();
  await group.locator("summary", { hasText: "denied" }).waitFor();
  await page.goto(`${stack().url}/dashboard#/requests/${id}`);
  await page.getByText(String(error?.advice)).first().waitFor();
});

it("a request that is queued too long, and who is before it", async () => {
  const id = await queueBehind(stack(), 1);
  moveClock(16);
  const page = await open();
  const item = listed(page, "site-11");
  await item.getByText(attention.reasons.queued_too_long).waitFor();
  // The one before it is far behind those of its region, and long before its deadline.
  await listed(page, "site-01").getByText(attention.reasons.takes_too_long).waitFor();
  await item.getByRole("link", { name: attention.gateway }).click();
  await expect.poll(() => page.locator("table.requests tbody tr").count()).toBe(2);
  await page.locator("table.requests").getByText(statuses.queued).first().waitFor();
  await page.getByRole("link", { name: "site-11", exact: true }).click();
  await page.getByRole("heading", { level: 1 }).getByText(statuses.queued).waitFor();
  expect(new URL(page.url()).hash).toBe(`#/requests/${id}`);
});
