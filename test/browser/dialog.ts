import type { Page } from "playwright-core";
import type { ActionName } from "../../packages/dashboard/src/actions/action.ts";
import { texts } from "../../packages/dashboard/src/texts.ts";

export const dialogOf = (page: Page, action: ActionName) =>
  page.getByRole("dialog").filter({
    has: page.getByRole("heading", {
      name: new RegExp([true, false].map((isOne) => texts.actions.titles[action](isOne)).join("|")),
    }),
  });

/** Gives the reason in the preview that is open, and has it done to so many; all of them must succeed. */
export async function confirm(
  page: Page,
  { action, reason, number = 1 }: { action: ActionName; reason: string; number?: number },
): Promise<void> {
  const dialog = dialogOf(page, action);
  await dialog.getByRole("textbox", { name: texts.actions.reason }).fill(reason);
  await dialog.getByRole("button", { name: texts.actions.confirm[action](number) }).click();
  await dialog.getByText(texts.actions.summary(texts.actions.done[action], number, 0)).waitFor();
  await dialog.getByRole("button", { name: texts.actions.close }).click();
  await dialog.waitFor({ state: "hidden" });
}
