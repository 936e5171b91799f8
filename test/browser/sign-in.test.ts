import { expect, it } from "vitest";
import { texts } from "../../packages/dashboard/src/texts.ts";
import { moveClock } from "./move-clock.ts";
import { signIn } from "./sign-in.ts";
import { createKey } from "./tenants.ts";
import { useDashboard } from "./use-dashboard.ts";

const { stack, open } = useDashboard();

const keptInTab = "JSON.stringify(sessionStorage)";
const keptInBrowser = "JSON.stringify(localStorage)";

it("takes an API key, keeps it for the tab, and forgets it by signing out", async () => {
  const page = await open({ key: null });
  await signIn(page, stack().apiKey);
  await page.getByRole("heading", { name: texts.overview.title, level: 1 }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: texts.overview.title, level: 1 }).waitFor();
  expect(await page.evaluate(keptInTab)).toContain(stack().apiKey);
  expect(await page.evaluate(keptInBrowser)).not.toContain(stack().apiKey);

  await page.getByRole("button", { name: texts.settings.title }).click();
  await page.getByRole("button", { name: texts.settings.signOut }).click();
  await page.getByText(texts.signIn.endings["signed-out"]).waitFor();
  expect(await page.evaluate(keptInTab)).not.toContain(stack().apiKey);
  await page.reload();
  await page.getByLabel(texts.signIn.key).waitFor();
});

it.each([
  ["none", "", texts.signIn.missing],
  ["what is no key", "two words", texts.signIn.malformed],
  ["a key that nobody has", "vpnb_nobody", texts.signIn.refused],
])("says what is wrong with %s", async (_what, key, problem) => {
  const page = await open({ key: null });
  page.permit(/\b401\b/);
  await page.getByLabel(texts.signIn.key).fill(key);
  await page.getByRole("button", { name: texts.signIn.button }).click();
  await page.getByRole("alert").getByText(problem).waitFor();
});

it("asks for another key where the reader was when the key ends in the middle", async () => {
  const { id, key } = await createKey(stack(), { tenant: "local", scopes: ["connections:read"] });
  const page = await open({ key, at: "#/requests?status=failed" });
  await page.getByText(texts.list.noneFiltered).waitFor();
  page.permit(/\b401\b/);
  await stack().call("POST", `/v1/admin/tenants/local/keys/${id}/revoke`, { reason: "it leaked" });
  // The API remembers for a minute what a key may do.
  moveClock(2);
  await page.getByText(texts.signIn.endings.refused).waitFor();
  expect(await page.evaluate(keptInTab)).not.toContain(key);
  await signIn(page, stack().apiKey);
  await page.getByText(texts.list.noneFiltered).waitFor();
  expect(page.url()).toContain("#/requests?status=failed");
});

it("forgets the key after half an hour in which nobody touched the page", async () => {
  const page = await open({ key: null });
  await page.clock.install();
  await page.reload();
  await signIn(page, stack().apiKey);
  await page.clock.fastForward("29:00");
  await page.keyboard.press("Shift");
  await page.clock.fastForward("29:00");
  await page.getByRole("navigation").waitFor();
  await page.clock.fastForward("02:00");
  await page.getByText(texts.signIn.endings.idle).waitFor();
  expect(await page.evaluate(keptInTab)).not.toContain(stack().apiKey);
});
