import { expect, it } from "vitest";
import { texts } from "../../packages/dashboard/src/texts.ts";
import { openWebhookEndpoint } from "../fakes/webhook-endpoint.ts";
import { findFlaws } from "./find-flaws.ts";
import { moveClock } from "./move-clock.ts";
import { atDemo, create, fail, queueBehind, until } from "./requests.ts";
import { useDashboard } from "./use-dashboard.ts";

const { stack, open } = useDashboard();

const { request, statuses, deliveries, actions } = texts;

it("a request that waits names who is at work on its gateway, and says when nobody knows how long that takes", async () => {
  const id = await queueBehind(stack(), 1);
  const page = await open({ at: `#/requests/${id}`, width: 390 });
  await page.getByText(request.expected).waitFor();
  moveClock(3);
  await page.reload();
  await page.getByText(request.overdueAhead).waitFor();
  await page.getByText(request.waits).waitFor();
  await page.getByText(request.atWork).waitFor();
  expect(await findFlaws(page)).toEqual([]);
  await page.getByText(request.atWork).getByRole("link", { name: "site-01" }).click();
  await page.getByRole("heading", { name: /^site-01/, level: 1 }).waitFor();
  await page.getByText(request.overdue, { exact: true }).waitFor();
  await page.getByText(actions.noCancel).waitFor();
  await page.getByText(request.runs).waitFor();
  await page.getByText(texts.filters.times(request.facts.times, "local")).waitFor();
});

it("a request that takes longer than others says how long those take", async () => {
  await stack().control("alibaba", "PUT", "/settings", { provisioningMilliseconds: 100 });
  const { id: fine } = await create(stack(), atDemo(2));
  expect((await stack().follow(fine)).status).toBe("succeeded");
  await stack().control("alibaba", "PUT", "/settings", { provisioningMilliseconds: 3_600_000 });
  const { id } = await create(stack(), atDemo(3));
  await until(stack(), id, "provisioning");
  moveClock(3);
  const page = await open({ at: `#/requests/${id}` });
  await page.getByText(/95 of 100 there take up to \d/).waitFor();
});

it("a webhook that is not taken is told before all else, and can be sent from there", async () => {
  const endpoint = await openWebhookEndpoint();
  endpoint.answer = () => ({ status: 503 });
  const { id } = await fail(stack(), { callback: { url: endpoint.url } });
  const page = await open({ at: `#/requests/${id}` });
  const notice = page.locator(".notice").filter({ hasText: deliveries.untaken });
  await notice.getByText(deliveries.next).waitFor();
  await page.getByText(texts.deliveryStates.failing).waitFor();
  expect(await findFlaws(page)).toEqual([]);
  endpoint.answer = () => ({ status: 204 });
  await notice.getByRole("button", { name: actions.single.resend }).waitFor();
  await notice.waitFor({ state: "detached" });
  await endpoint.close();
});

it("one that was canceled is no failure, and one that has ended without a receiver says that nobody is to be told", async () => {
  const id = await queueBehind(stack(), 4);
  await stack().call("POST", `/v1/vpn-connections/${id}/cancel`, { reason: "the site is closed" });
  const page = await open({ at: `#/requests/${id}` });
  await page.getByRole("heading", { level: 1 }).getByText(statuses.canceled).waitFor();
  await page.locator(".notice").filter({ hasText: "canceled" }).waitFor();
  expect(await page.locator(".notice.is-failed").count()).toBe(0);
  expect(await page.getByText(request.notRetryable).count()).toBe(0);
  await page.getByText(deliveries.nobody).waitFor();
  // Of a tunnel that there is not nothing is unknown.
  expect(await page.getByText(texts.tunnelStates.unknown).count()).toBe(0);
});

it("what does not exist is asked for once", async () => {
  const page = await open({ key: null });
  page.permit(/\b404\b/);
  await page.clock.install();
  await page.goto(`${stack().url}/dashboard#/requests/${"z".repeat(26)}`);
  const asked: string[] = [];
  page.on("request", (one) => asked.push(new URL(one.url()).pathname));
  await page.getByLabel(texts.signIn.key).fill(stack().apiKey);
  await page.keyboard.press("Enter");
  await page.getByText(request.notFoundAdvice).waitFor();
  await page.clock.fastForward("10:00");
  // Had a question been on its way, this one would have come after it.
  await page.evaluate("fetch('../healthz')");
  expect(asked.filter((path) => path.includes("vpn-connections"))).toEqual([`/v1/vpn-connections/${"z".repeat(26)}`]);
});
