import type { Locator, Page } from "playwright-core";
import { expect, it } from "vitest";
import { texts } from "../../packages/dashboard/src/texts.ts";
import { openWebhookEndpoint } from "../fakes/webhook-endpoint.ts";
import { dialogOf } from "./dialog.ts";
import { fail, queueBehind } from "./requests.ts";
import { useDashboard } from "./use-dashboard.ts";

const { stack, open } = useDashboard();

const isFocused = (target: Locator) => target.evaluate((element) => element.matches(":focus"));

/** Goes on by the Tab key until it is there, and sees that it shows where it is. */
async function reach(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 200; presses += 1) {
    if (await isFocused(target)) {
      expect(await target.evaluate((element) => element.matches(":focus-visible"))).toBe(true);
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`the Tab key does not lead to ${String(target)}`);
}

async function press(page: Page, target: Locator, key = "Enter"): Promise<void> {
  await reach(page, target);
  await page.keyboard.press(key);
}

it("leads from signing in to a request, and out again", async () => {
  const { id } = await fail(stack(), { name: "by-keys" });
  const page = await open({ key: null });
  // The field is where the reader begins.
  await expect.poll(() => isFocused(page.getByLabel(texts.signIn.key))).toBe(true);
  await page.keyboard.type(stack().apiKey);
  await page.keyboard.press("Enter");
  await press(page, page.getByRole("button", { name: texts.shell.skip }));
  expect(await isFocused(page.getByRole("main"))).toBe(true);
  await press(page, page.getByRole("link", { name: texts.list.title, exact: true }));
  await press(page, page.getByRole("checkbox", { name: texts.statuses.failed }), "Space");
  await expect.poll(() => page.url()).toContain("status=failed");
  await press(page, page.locator("summary", { hasText: texts.filters.more(0) }));
  await reach(page, page.getByLabel(texts.filters.provider, { exact: true }));
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => page.url()).toContain("provider=alibaba");
  await press(page, page.getByRole("link", { name: "by-keys", exact: true }));
  await page.getByRole("heading", { name: /^by-keys/, level: 1 }).waitFor();
  await press(page, page.getByRole("checkbox", { name: texts.timeline.failedOnly }), "Space");
  await press(page, page.locator("summary", { hasText: texts.raw.resource }));
  await page.locator("pre", { hasText: id }).first().waitFor();
  await press(page, page.getByRole("button", { name: texts.live.pause }), "Space");
  await press(page, page.getByRole("button", { name: texts.settings.title }));
  await reach(page, page.getByRole("radio", { name: texts.settings.timeModes.local }));
  await page.keyboard.press("ArrowRight");
  expect(await page.getByRole("radio", { name: texts.settings.timeModes.relative }).isChecked()).toBe(true);
  await press(page, page.getByRole("button", { name: texts.settings.signOut }));
  await page.getByText(texts.signIn.endings["signed-out"]).waitFor();
});

it("cancels, redrives and resends, and comes back to where it was", async () => {
  const endpoint = await openWebhookEndpoint();
  const failed = await fail(stack(), { callback: { url: endpoint.url } });
  const queued = await queueBehind(stack(), 5);
  const page = await open();
  const cases = [
    { action: "cancel", id: queued },
    { action: "redrive", id: failed.id },
    { action: "resend", id: failed.id },
  ] as const;
  for (const { action, id } of cases) {
    await page.keyboard.press("/");
    await page.keyboard.type(id);
    await page.keyboard.press("Enter");
    await page
      .getByRole("heading", { level: 1 })
      .getByText(texts.statuses[action === "cancel" ? "queued" : "failed"])
      .waitFor();
    const button = page.getByRole("button", { name: texts.actions.single[action] });
    await press(page, button);
    const dialog = dialogOf(page, action);
    await dialog.getByRole("textbox", { name: texts.actions.reason }).waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    expect(await isFocused(button)).toBe(true);
    await page.keyboard.press("Enter");
    await reach(page, dialog.getByRole("textbox", { name: texts.actions.reason }));
    await page.keyboard.type("by keys alone");
    await press(page, dialog.getByRole("button", { name: texts.actions.confirm[action](1) }));
    await dialog.getByText(texts.actions.summary(texts.actions.done[action], 1, 0)).waitFor();
    await press(page, dialog.getByRole("button", { name: texts.actions.close }));
    await dialog.waitFor({ state: "hidden" });
    if (action === "cancel") {
      // The button is gone with what was done; a reader does not begin at the top again.
      await button.waitFor({ state: "detached" });
      await expect.poll(() => isFocused(page.getByRole("main"))).toBe(true);
    }
    if (action === "redrive") await stack().follow(id);
  }
  await endpoint.close();
});

it("does to a filtered list what can be done to one", async () => {
  await fail(stack(), { name: "listed", vpnGatewayId: "vpn-missing-keys" });
  const page = await open({ at: "#/requests?vpnGatewayId=vpn-missing-keys" });
  await press(page, page.getByRole("button", { name: texts.actions.bulk.redrive }));
  const dialog = dialogOf(page, "redrive");
  await reach(page, dialog.getByRole("textbox", { name: texts.actions.reason }));
  await page.keyboard.type("by keys alone");
  await page.keyboard.press("Enter");
  await dialog.getByText(texts.actions.summary(texts.actions.done.redrive, 1, 0)).waitFor();
  await press(page, dialog.getByRole("button", { name: texts.actions.close }));
});
