import type { Page } from "playwright-core";
import { afterEach, expect, it, vi } from "vitest";
import { StepFunctionsEngine } from "../../local/step-functions/engine.ts";
import { texts } from "../../packages/dashboard/src/texts.ts";
import { atDemo, create, queueBehind } from "./requests.ts";
import { useDashboard } from "./use-dashboard.ts";

const { stack, open } = useDashboard();
afterEach(() => void vi.restoreAllMocks());

const badge = (page: Page, status: keyof typeof texts.statuses) =>
  page.getByRole("heading", { level: 1 }).getByText(texts.statuses[status]);

it("shows a request from accepted to succeeded, without a reload", async () => {
  // What the broker looks at to see whether the vendor is done.
  const fault = { action: "DescribeVpnConnection", kind: "http-502-html", times: 1_000_000 };
  await stack().control("alibaba", "POST", "/faults", fault);
  // Not started is accepted; the sweeper starts it later.
  const starts = vi.spyOn(StepFunctionsEngine.prototype, "startExecution").mockImplementation(() => {
    throw new Error("held by the test");
  });
  const { id } = await create(stack(), { ...atDemo(2), name: "live" });
  const page = await open({ at: `#/requests/${id}` });
  await badge(page, "accepted").waitFor();
  await page.evaluate("globalThis.isSamePage = true");
  starts.mockRestore();
  await badge(page, "provisioning").waitFor();
  await page.getByText(texts.request.live).waitFor();
  await stack().control("alibaba", "DELETE", "/faults");
  await badge(page, "succeeded").waitFor();
  expect(await page.evaluate("globalThis.isSamePage")).toBe(true);
  await expect.poll(() => page.title()).toContain(texts.statuses.succeeded);
  const timeline = page.locator("table.timeline");
  for (const status of ["accepted", "creating", "provisioning", "succeeded"] as const) {
    await timeline.getByText(texts.statuses[status]).first().waitFor();
  }
});

it("holds new rows back, and moves none that is read", async () => {
  await create(stack(), { ...atDemo(3), name: "first" });
  const page = await open({ at: "#/requests" });
  const names = page.locator("table.requests tbody th a");
  await names.first().waitFor();
  const before = await names.allTextContents();
  expect(before[0]).toBe("first");
  await create(stack(), { ...atDemo(4), name: "second" });
  const held = page.getByRole("button", { name: texts.list.held(1) });
  await held.waitFor();
  expect(await names.allTextContents()).toEqual(before);
  await held.click();
  expect(await names.allTextContents()).toEqual(["second", ...before]);
});

it("asks for nothing while it is paused, and goes on where it was", async () => {
  const page = await open({ key: null, at: "#/requests" });
  await page.clock.install();
  await page.reload();
  await page.getByLabel(texts.signIn.key).fill(stack().apiKey);
  await page.keyboard.press("Enter");
  await page.getByRole("table").waitFor();
  await page.getByRole("button", { name: texts.live.pause }).click();
  const resume = page.getByRole("button", { name: texts.live.resume });
  await resume.waitFor();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await create(stack(), { ...atDemo(5), name: "meanwhile" });
  await page.clock.fastForward("10:00");
  // Had a question been on its way, this one would have come after it.
  await page.evaluate("fetch('../healthz')");
  expect(asked.map((url) => new URL(url).pathname)).toEqual(["/healthz"]);
  await resume.click();
  await page.getByRole("button", { name: texts.list.held(1) }).waitFor();
});

it("counts no duration on while it is paused", async () => {
  const id = await queueBehind(stack(), 7);
  const page = await open({ key: null, at: `#/requests/${id}` });
  await page.clock.install();
  await page.reload();
  await page.getByLabel(texts.signIn.key).fill(stack().apiKey);
  await page.keyboard.press("Enter");
  await badge(page, "queued").waitFor();
  await page.getByRole("button", { name: texts.live.pause }).click();
  const facts = page.locator("dl.facts");
  const before = await facts.textContent();
  await page.clock.fastForward("10:00");
  expect(await facts.textContent()).toBe(before);
  await page.getByRole("button", { name: texts.live.resume }).click();
  await page.clock.runFor(2000);
  await expect.poll(() => facts.textContent()).not.toBe(before);
});
