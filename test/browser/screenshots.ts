import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "playwright-core";
import { texts } from "../../packages/dashboard/src/texts.ts";
import { openWebhookEndpoint } from "../fakes/webhook-endpoint.ts";
import { startTestStack } from "../support/local-stack.ts";
import { setup } from "./build-dashboard.ts";
import { launchChromium } from "./chromium.ts";
import { fillStack } from "./fill-stack.ts";
import { startClock } from "./move-clock.ts";
import { signIn } from "./sign-in.ts";

// `npm run screenshots -- [FOLDER]`: pictures of the dashboard, of a stack with a day behind it; by default those of the documents.
const documents = fileURLToPath(new URL("../../docs/images", import.meta.url));
const [folder = documents] = process.argv.slice(2);

await setup();
startClock(-1440);
const stack = await startTestStack({ LOCAL_TIME_SCALE: "0.002" });
const receiver = await openWebhookEndpoint();
const telling = await fillStack(stack, receiver);
console.log("The stack is filled.");

const browser = await launchChromium();
mkdirSync(folder, { recursive: true });

interface Shot {
  name: string;
  hash: string;
  shows: (page: Page) => Locator;
  width?: number;
  theme?: "light" | "dark";
}

const overview = { hash: "#/", shows: (page: Page) => page.locator(".attention > li").first() };
const list = { hash: "#/requests", shows: (page: Page) => page.locator("table.requests tbody tr").nth(9) };
const request = { hash: `#/requests/${telling}`, shows: (page: Page) => page.locator(".delivery").first() };
const ofDocuments: Shot[] = [
  { ...overview, name: "overview" },
  { ...request, name: "request" },
];
const shots: Shot[] = [
  ...ofDocuments,
  { ...list, name: "list" },
  ...Object.entries({ overview, list, request }).flatMap(([name, page]): Shot[] => [
    { ...page, name: `${name}-dark`, theme: "dark" },
    { ...page, name: `${name}-phone`, width: 390 },
  ]),
];

/** A third of the same as PNG. */
async function toWebp(png: Buffer): Promise<Buffer> {
  const page = await browser.newPage();
  const url = await page.evaluate<string>(`new Promise((resolve) => {
    const image = new Image();
    image.onload = () => {
      const canvas = new OffscreenCanvas(image.width, image.height);
      canvas.getContext("2d").drawImage(image, 0, 0);
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result);
      void canvas.convertToBlob({ type: "image/webp", quality: 0.9 }).then((blob) => reader.readAsDataURL(blob));
    };
    image.src = "data:image/png;base64,${png.toString("base64")}";
  })`);
  await page.close();
  return Buffer.from(url.split(",")[1] ?? "", "base64");
}

for (const { name, hash, shows, width = 1280, theme = "light" } of folder === documents ? ofDocuments : shots) {
  const viewport = { width, height: 900 };
  const page = await browser.newPage({ viewport, colorScheme: theme, timezoneId: "Asia/Shanghai" });
  await page.goto(`${stack.url}/dashboard${hash}`);
  await signIn(page, stack.apiKey);
  await shows(page).waitFor();
  await page.locator("output", { hasText: texts.loading }).first().waitFor({ state: "detached" });
  const image = await toWebp(await page.screenshot({ animations: "disabled" }));
  writeFileSync(join(folder, `${name}.webp`), image);
  console.log(`${name}.webp ${Math.ceil(image.length / 1024)} KB`);
  await page.close();
}
await browser.close();
await receiver.close();
await stack.close();
process.exit(0);
