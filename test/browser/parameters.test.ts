import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { texts } from "../../packages/dashboard/src/texts.ts";
import { tencentRequest } from "../support/requests.ts";
import { findFlaws } from "./find-flaws.ts";
import { atDemo, create, fail } from "./requests.ts";
import { useDashboard } from "./use-dashboard.ts";

const { stack, open } = useDashboard();

const { columns, other, empty, differing } = texts.parameters;
const sectionOf = (page: Page) => page.getByRole("region", { name: texts.parameters.title });
const headingsOf = (page: Page) => sectionOf(page).getByRole("columnheader").allTextContents();
const rowOf = (page: Page, path: string) =>
  sectionOf(page)
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: path, exact: true }) });
const cellsOf = (page: Page, path: string) => rowOf(page, path).getByRole("cell").allTextContents();

describe("what the vendor reports", () => {
  it.each(["light", "dark"] as const)(
    "stands beside what was asked for, with what differs in words (%s)",
    async (theme) => {
      const shownInstead = { IkeConfig: { IkeLifetime: 60 } };
      await stack().control("alibaba", "PUT", "/settings", { shownInstead });
      const { id } = await create(stack(), atDemo(6));
      const { providerConnectionName } = await stack().follow(id);
      const page = await open({ at: `#/requests/${id}`, theme });
      await sectionOf(page).waitFor();
      expect(await headingsOf(page)).toEqual([columns.name, columns.asked, columns.vendor]);
      expect((await cellsOf(page, "tunnels.0.ike.lifetimeSeconds")).map((text) => text.trim())).toEqual([
        "28800",
        `60 ≠ ${other}`,
      ]);
      expect(await sectionOf(page).getByText(other).count()).toBe(1);
      await sectionOf(page).getByText(differing(0, 1)).waitFor();
      const texted = async (path: string) => (await cellsOf(page, path)).map((text) => text.trim());
      expect(await texted("name")).toEqual(["site-06", providerConnectionName]);
      expect(await texted("tunnels.0.ike.encryption")).toEqual(["aes256", "aes256"]);
      expect(await texted("autoConfigureRoutes")).toEqual(["true", ""]);
      expect(await texted("tunnels.0.ike.remoteId")).toEqual(["", "198.51.100.6"]);
      expect(await sectionOf(page).getByText(empty).count()).toBe(1);
      expect(await findFlaws(page)).toEqual([]);
    },
  );

  it("says so where nothing differs, at 390 px too", async () => {
    const { id } = await create(stack(), {}, { request: tencentRequest });
    await stack().follow(id);
    const page = await open({ at: `#/requests/${id}`, width: 390 });
    await sectionOf(page).getByText(differing(0, 0)).waitFor();
    expect(await headingsOf(page)).toContain(columns.vendor);
    expect(await sectionOf(page).getByText("≠").count()).toBe(0);
    expect(await findFlaws(page)).toEqual([]);
  });

  it("has no column where there is no connection at the vendor", async () => {
    const { id } = await fail(stack());
    const page = await open({ at: `#/requests/${id}` });
    await sectionOf(page).waitFor();
    expect(await headingsOf(page)).toEqual([columns.name, columns.asked]);
    expect(await sectionOf(page).getByText(empty).count()).toBe(0);
    expect(await cellsOf(page, "vpnGatewayId")).toEqual(["vpn-missing"]);
  });
});
