import { describe, expect, it } from "vitest";
import { texts } from "../../packages/dashboard/src/texts.ts";
import { openWebhookEndpoint } from "../fakes/webhook-endpoint.ts";
import { confirm, dialogOf } from "./dialog.ts";
import { atDemo, fail, queueBehind, until } from "./requests.ts";
import { useDashboard } from "./use-dashboard.ts";

const { stack, open } = useDashboard();

async function audited(action: string, target: string): Promise<unknown> {
  const { body } = await stack().call("GET", "/v1/admin/audit?limit=100");
  const entries = body["items"] as { action: string; target?: string }[];
  return entries.find((entry) => entry.action === action && entry.target?.includes(target));
}

describe("on a request's page", () => {
  it("a request that waits is canceled, with a reason that is audited", async () => {
    const id = await queueBehind(stack(), 6);
    const page = await open({ at: `#/requests/${id}` });
    await page.getByRole("button", { name: texts.actions.single.cancel }).click();
    await dialogOf(page, "cancel").getByText(id.slice(0, 12)).waitFor();
    await confirm(page, { action: "cancel", reason: "the site is closed" });
    await page.getByRole("heading", { level: 1 }).getByText(texts.statuses.canceled).waitFor();
    expect(await audited("connection.cancel", id)).toMatchObject({ reason: "the site is closed" });
    expect(await page.getByRole("button", { name: texts.actions.single.cancel }).count()).toBe(0);
  });

  it("a failed request is redriven, with a reason that is audited, and seen to succeed", async () => {
    await stack().control("alibaba", "PUT", "/settings", { deniedActions: ["CreateVpnConnection"] });
    const { id } = await fail(stack(), atDemo(7));
    const page = await open({ at: `#/requests/${id}` });
    await page.getByText("provider_auth").first().waitFor();
    await stack().control("alibaba", "PUT", "/settings", { deniedActions: [] });
    await page.getByRole("button", { name: texts.actions.single.redrive }).click();
    await confirm(page, { action: "redrive", reason: "the permission was given" });
    await page.getByRole("heading", { level: 1 }).getByText(texts.statuses.succeeded).waitFor();
    expect(await audited("connection.redrive", id)).toMatchObject({ reason: "the permission was given" });
    // What failed before stays in sight.
    await page.getByRole("checkbox", { name: texts.timeline.failedOnly }).check();
    await page.locator("table.timeline").getByText("Forbidden.RAM").first().waitFor();
  });

  it("a webhook that was given up is sent again, with a reason that is audited", async () => {
    const endpoint = await openWebhookEndpoint();
    endpoint.answer = () => ({ status: 410 });
    const { id } = await fail(stack(), { callback: { url: endpoint.url } });
    const page = await open({ at: `#/requests/${id}` });
    await page.getByText(texts.deliveryStates.exhausted).waitFor();
    endpoint.answer = () => ({ status: 204 });
    await page.getByRole("button", { name: texts.actions.single.resend }).first().click();
    await confirm(page, { action: "resend", reason: "the receiver is back" });
    await page.getByText(texts.deliveryStates.delivered).waitFor();
    await endpoint.close();
    expect(endpoint.arrived.map(({ taken }) => taken)).toEqual([false, true]);
    expect(await audited("delivery.resend", id)).toMatchObject({ reason: "the receiver is back" });
    // The one that failed stays among the attempts.
    await page.getByRole("cell", { name: "410", exact: true }).waitFor();
    await page.getByRole("cell", { name: "204", exact: true }).waitFor();
  });

  it("nothing is done without a reason, nor by going back", async () => {
    const { id, revision } = await fail(stack());
    const page = await open({ at: `#/requests/${id}` });
    await page.getByRole("button", { name: texts.actions.single.redrive }).click();
    const dialog = dialogOf(page, "redrive");
    await dialog.getByRole("button", { name: texts.actions.confirm.redrive(1) }).click();
    const reason = dialog.getByRole("textbox", { name: texts.actions.reason });
    expect(await reason.getAttribute("aria-invalid")).toBe("true");
    expect(await reason.evaluate((element) => element.matches(":focus"))).toBe(true);
    await dialog.getByRole("button", { name: texts.actions.back }).click();
    await dialog.waitFor({ state: "hidden" });
    expect((await stack().call("GET", `/v1/vpn-connections/${id}`)).body["revision"]).toBe(revision);
  });
});

describe("in the list", () => {
  it("an action takes exactly what the filters let through, and tells what became of each", async () => {
    const made = await Promise.all(
      ["one", "two", "three"].map((name) => fail(stack(), { name, vpnGatewayId: "vpn-missing-list" })),
    );
    await fail(stack(), { name: "four" });
    const page = await open({ at: "#/requests?vpnGatewayId=vpn-missing-list" });
    await page.getByRole("link", { name: "three", exact: true }).waitFor();
    await page.getByRole("button", { name: texts.actions.bulk.redrive }).click();
    const dialog = dialogOf(page, "redrive");
    await dialog.getByRole("rowheader").first().waitFor();
    const previewed = await dialog.getByRole("rowheader").allTextContents();
    expect(previewed.map((text) => String(text.trim().split(" ")[0])).toSorted()).toEqual(["one", "three", "two"]);
    // Whatever is chosen to begin with: two of them now, of which one changes in the meantime.
    await dialog.getByRole("checkbox", { name: /^one/ }).check();
    await dialog.getByRole("checkbox", { name: /^two/ }).check();
    await dialog.getByRole("checkbox", { name: /^three/ }).uncheck();
    const [first, , third] = made;
    await stack().call("POST", `/v1/vpn-connections/${first?.id}/redrive`, { reason: "somebody was faster" });
    await stack().follow(String(first?.id));
    page.permit(/\b(409|412)\b/);
    await dialog.getByRole("textbox", { name: texts.actions.reason }).fill("the gateway is there now");
    await dialog.getByRole("button", { name: texts.actions.confirm.redrive(2) }).click();
    await dialog.getByText(texts.actions.summary(texts.actions.done.redrive, 1, 1)).waitFor();
    await dialog.getByRole("row", { name: /^two/ }).getByText(texts.actions.done.redrive).waitFor();
    // What has changed is told, and not offered once more as it was shown.
    const { body: changed } = await stack().call("GET", `/v1/vpn-connections/${first?.id}`);
    const told = texts.actions.changed(texts.statuses.failed, String(changed["statusReason"]));
    await dialog.getByRole("row", { name: /^one/ }).getByText(told).waitFor();
    expect(await dialog.getByRole("button", { name: texts.actions.again(1) }).count()).toBe(0);
    await dialog
      .getByRole("row", { name: /^three/ })
      .getByText(texts.actions.results.none)
      .waitFor();
    const { body } = await stack().call("GET", `/v1/vpn-connections/${third?.id}`);
    expect(body["revision"]).toBe(third?.revision);
  });

  it("says what an action leaves out, and why", async () => {
    const id = await queueBehind(stack(), 8);
    const page = await open({ at: "#/requests?vpnGatewayId=vpn-demo08" });
    await page.getByRole("button", { name: texts.actions.bulk.cancel }).click();
    const dialog = dialogOf(page, "cancel");
    await dialog.getByRole("rowheader", { name: id.slice(0, 12) }).waitFor();
    await dialog.getByText(texts.actions.leftOut(1)).click();
    await dialog.getByText(texts.actions.misfits.sent).waitFor();
    await until(stack(), id, "queued");
  });
});
