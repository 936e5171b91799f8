import { beforeAll, expect, it, vi } from "vitest";
import type { ConnectionResource } from "../../functions/domain/record/to-resource.ts";
import { texts } from "../../packages/dashboard/src/texts.ts";
import { openWebhookEndpoint } from "../fakes/webhook-endpoint.ts";
import { atDemo, create, fail } from "./requests.ts";
import { useDashboard } from "./use-dashboard.ts";

const { stack, open } = useDashboard();

let wanted: ConnectionResource;
const ids: Record<string, string> = {};
beforeAll(async () => {
  const endpoint = await openWebhookEndpoint();
  const { id } = await create(stack(), { ...atDemo(1), name: "wanted", callback: { url: endpoint.url } });
  await fail(stack(), { name: "another" });
  wanted = await stack().follow(id);
  await vi.waitFor(() => expect(endpoint.arrived.length).toBe(1), { timeout: 60_000 });
  await endpoint.close();
  const calls = (await stack().events(id)).filter((event) => event.type === "vendor_call");
  const created = calls.find(({ action, outcome }) => action === "CreateVpnConnection" && outcome === "ok");
  Object.assign(ids, {
    "the request's id": id,
    "its clientToken": wanted.clientToken,
    "its name at the vendor": wanted.providerConnectionName,
    "its id at the vendor": wanted.providerConnectionId,
    "the vendor's id of the create": created?.providerRequestId,
    "a webhook's id": endpoint.arrived[0]?.id,
    "its gateway": wanted.vpnGatewayId,
  });
});

it.each([
  "the request's id",
  "its clientToken",
  "its name at the vendor",
  "its id at the vendor",
  "the vendor's id of the create",
  "a webhook's id",
  "its gateway",
])("finds the request by %s", async (kind) => {
  const page = await open();
  await page.getByRole("heading", { name: texts.overview.title, level: 1 }).waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type(String(ids[kind]));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /^wanted/, level: 1 }).waitFor();
  expect(new URL(page.url()).hash).toBe(`#/requests/${wanted.id}`);
  // What was searched for is in the box as long as what was found is there, and on no other page.
  const box = page.getByRole("searchbox", { name: texts.search.label });
  expect(await box.inputValue()).toBe(String(ids[kind]));
  // Back leads to where the search began.
  await page.goBack();
  await page.getByRole("heading", { name: texts.overview.title, level: 1 }).waitFor();
  await expect.poll(() => box.inputValue()).toBe("");
});

it("finds the newest by their name where no request has met such an id", async () => {
  const page = await open({ at: "#/search?q=Wante" });
  await page.getByText(texts.search.named).waitFor();
  await page.getByRole("link", { name: "wanted", exact: true }).click();
  await page.getByRole("heading", { name: /^wanted/, level: 1 }).waitFor();
});

it("says what to do where nothing is found", async () => {
  const page = await open({ at: "#/search?q=nothing" });
  await page.getByText(texts.search.none).waitFor();
  await page.getByRole("link", { name: texts.search.toList }).click();
  await page.getByRole("link", { name: "wanted", exact: true }).waitFor();
});
