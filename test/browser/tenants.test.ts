import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { texts } from "../../packages/dashboard/src/texts.ts";
import { atDemo, create } from "./requests.ts";
import { createKey } from "./tenants.ts";
import { useDashboard } from "./use-dashboard.ts";

const { stack, open } = useDashboard();

const ofTenant = ["connections:read", "connections:write"];
let acme: string;
let globex: string;
const made: Record<string, string> = {};
beforeAll(async () => {
  ({ key: acme } = await createKey(stack(), { tenant: "acme", scopes: ofTenant }));
  ({ key: globex } = await createKey(stack(), { tenant: "globex", scopes: ofTenant }));
  made["acme"] = (await create(stack(), { ...atDemo(1), name: "of-acme" }, { key: acme })).id;
  made["globex"] = (await create(stack(), { ...atDemo(2), name: "of-globex" }, { key: globex })).id;
});

const names = (page: Page) => page.locator("table.requests tbody th a").allTextContents();
const buttons = (page: Page) => page.getByRole("button", { name: texts.actions.bulk.cancel }).count();

it("a tenant sees its own requests, and not that there are others", async () => {
  const page = await open({ key: acme, at: "#/requests" });
  await expect.poll(() => names(page)).toEqual(["of-acme"]);
  expect(await buttons(page)).toBe(1);
  expect(await page.getByLabel(texts.filters.tenant, { exact: true }).count()).toBe(0);
  page.permit(/\b404\b/);
  await page.goto(`${stack().url}/dashboard#/requests/${made["globex"]}`);
  await page.getByText(texts.request.notFound(String(made["globex"]))).waitFor();
  await page.goto(`${stack().url}/dashboard#/search?q=${made["globex"]}`);
  await page.getByText(texts.search.none).waitFor();
  await page.goto(`${stack().url}/dashboard#/`);
  await page.getByText(texts.overview.ownTenant).waitFor();
});

it("another tenant sees the others", async () => {
  const page = await open({ key: globex, at: "#/requests" });
  await expect.poll(() => names(page)).toEqual(["of-globex"]);
});

it("an operator sees everybody's, and whose each is", async () => {
  const { key } = await createKey(stack(), { tenant: "operators", scopes: ["operations"] });
  const page = await open({ key, at: "#/requests" });
  await expect.poll(async () => (await names(page)).toSorted()).toEqual(["of-acme", "of-globex"]);
  await page
    .getByRole("row", { name: /of-acme/ })
    .getByRole("cell", { name: /^acme, Alibaba Cloud/ })
    .waitFor();
  await page.locator("summary", { hasText: texts.filters.more(0) }).click();
  await page.getByLabel(texts.filters.tenant, { exact: true }).fill("globex");
  await expect.poll(() => names(page)).toEqual(["of-globex"]);
  await page.getByRole("link", { name: "of-globex", exact: true }).click();
  await page.getByRole("heading", { name: /^of-globex/, level: 1 }).waitFor();
  await page.goto(`${stack().url}/dashboard#/`);
  const ended = page.getByRole("link", { name: texts.statuses.succeeded });
  await expect.poll(() => ended.textContent()).toMatch(/^2/);
  await page.getByLabel(texts.filters.tenant, { exact: true }).fill("globex");
  await expect.poll(() => ended.textContent()).toMatch(/^1/);
  expect(page.url()).toContain("tenant=globex");
});

it("a key that may read only has nothing to change things with", async () => {
  const { key } = await createKey(stack(), { tenant: "acme", scopes: ["connections:read"] });
  const page = await open({ key, at: "#/requests" });
  await expect.poll(() => names(page)).toEqual(["of-acme"]);
  expect(await buttons(page)).toBe(0);
});

it("a key that may not read is told so", async () => {
  const { key } = await createKey(stack(), { tenant: "acme", scopes: ["connections:write"] });
  const page = await open({ key });
  await page.getByText(texts.noReading.title).waitFor();
});

it("a tenant that there is not is told at its field", async () => {
  const { key } = await createKey(stack(), { tenant: "operators", scopes: ["operations"] });
  const page = await open({ key, at: "#/requests" });
  page.permit(/\b400\b/);
  await page.goto(`${stack().url}/dashboard#/requests?tenant=acne`);
  const field = page.getByLabel(texts.filters.tenant, { exact: true });
  await page.locator("#flaw-tenant").getByText("there is no tenant of this name").waitFor();
  expect(await field.getAttribute("aria-invalid")).toBe("true");
});
