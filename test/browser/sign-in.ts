import type { Page } from "playwright-core";
import { texts } from "../../packages/dashboard/src/texts.ts";

/** By the form, as a person does it. */
export async function signIn(page: Page, key: string): Promise<void> {
  await page.getByLabel(texts.signIn.key).fill(key);
  await page.keyboard.press("Enter");
  await page.getByRole("navigation").waitFor();
}
