import { beforeAll, expect, it } from "vitest";
import type { ConnectionResource } from "../../functions/domain/record/to-resource.ts";
import { texts } from "../../packages/dashboard/src/texts.ts";
import { openWebhookEndpoint } from "../fakes/webhook-endpoint.ts";
import { dialogOf } from "./dialog.ts";
import { findFlaws } from "./find-flaws.ts";
import { atDemo, create, fail } from "./requests.ts";
import { signIn } from "./sign-in.ts";
import { useDashboard } from "./use-dashboard.ts";

const { stack, open } = useDashboard();

let succeeded: ConnectionResource;
let failed: ConnectionResource;
beforeAll(async () => {
  const endpoint = await openWebhookEndpoint();
  endpoint.answer = () => ({ status: 410 });
  const { id } = await create(stack(), { ...atDemo(1), callback: { url: endpoint.url } });
  succeeded = await stack().follow(id);
  for (const name of ["a", "b", "c", "d", "e"]) failed = await fail(stack(), { name: `wave-${name}` });
  await endpoint.close();
});

const widths = [390, 1280];
const themes = ["light", "dark"] as const;

it.each(widths.flatMap((width) => themes.map((theme) => ({ width, theme }))))(
  "every page is without a flaw, $width pixels wide, $theme",
  async ({ width, theme }) => {
    const page = await open({ key: null, width, theme });
    await page.getByLabel(texts.signIn.key).waitFor();
    const flaws = { "sign-in": await findFlaws(page) } as Record<string, string[]>;
    await signIn(page, stack().apiKey);
    const pages = {
      overview: { hash: "#/", shows: page.getByText(texts.attention.groups.failure_wave).first() },
      list: {
        hash: "#/requests?status=failed&status=succeeded&provider=alibaba",
        shows: page.locator("table.requests tbody tr").nth(5),
      },
      "empty list": { hash: "#/requests?status=unknown", shows: page.getByText(texts.list.noneFiltered) },
      "a search for a gateway": {
        hash: "#/search?q=vpn-missing",
        shows: page.locator("table.requests tbody tr").nth(4),
      },
      "a request that succeeded": { hash: `#/requests/${succeeded.id}`, shows: page.locator(".delivery table") },
      "a request that failed": {
        hash: `#/requests/${failed.id}`,
        shows: page.locator("table.timeline tbody tr").first(),
      },
    };
    for (const [name, { hash, shows }] of Object.entries(pages)) {
      await page.goto(`${stack().url}/dashboard${hash}`);
      await shows.waitFor();
      // What is folded away is part of the page.
      await page.evaluate("for (const folded of document.querySelectorAll('main details')) folded.open = true");
      flaws[name] = await findFlaws(page);
    }
    await page.getByRole("button", { name: texts.settings.title }).click();
    flaws["settings"] = await findFlaws(page);
    await page.getByRole("button", { name: texts.settings.title }).click();
    await page.getByRole("button", { name: texts.actions.single.redrive }).click();
    await dialogOf(page, "redrive").getByRole("textbox", { name: texts.actions.reason }).waitFor();
    flaws["a preview"] = await findFlaws(page);
    expect(Object.entries(flaws).filter(([, found]) => found.length > 0)).toEqual([]);
  },
);
