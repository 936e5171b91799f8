import { expect, it } from "vitest";
import { texts } from "../../packages/dashboard/src/texts.ts";
import { atDemo, create } from "./requests.ts";
import { useDashboard } from "./use-dashboard.ts";

const { stack, open } = useDashboard();

it.each([
  ["cannot be reached", undefined],
  ["answers 503", 503],
])("an API that %s leaves the last data, says how old it is, and is asked again", async (_how, status) => {
  const first = await create(stack(), { ...atDemo(status ? 1 : 2), name: "before" });
  await stack().follow(first.id);
  const page = await open({ at: "#/requests" });
  const row = page.getByRole("link", { name: "before", exact: true }).first();
  await row.waitFor();
  const notice = page.getByRole("alert").filter({ hasText: texts.away.title });
  expect(await notice.count()).toBe(0);

  page.permit(/no answer|\b503\b|ERR_CONNECTION_REFUSED/);
  await page.route("**/v1/**", (route) =>
    status ? route.fulfill({ status, body: "" }) : route.abort("connectionrefused"),
  );
  await notice.getByText(texts.away.shown).waitFor();
  await notice.locator("time").waitFor();
  expect(await row.isVisible()).toBe(true);
  await create(stack(), { ...atDemo(status ? 3 : 4), name: "meanwhile" });

  await page.unroute("**/v1/**");
  await notice.getByRole("button", { name: texts.away.now }).click();
  await notice.waitFor({ state: "detached" });
  await page.getByRole("button", { name: texts.list.held(1) }).click();
  await page.getByRole("link", { name: "meanwhile", exact: true }).first().waitFor();
});
