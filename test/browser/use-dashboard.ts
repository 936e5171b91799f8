import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { TestStack } from "../support/local-stack.ts";
import { useTestStack } from "../support/use-test-stack.ts";
import { launchChromium } from "./chromium.ts";
import { signIn } from "./sign-in.ts";
import { useMovableClock } from "./use-movable-clock.ts";
import { type Watch, watchPages } from "./watch-page.ts";

/** A page that is watched, and what of it the test takes on itself. */
export type WatchedPage = Page & { permit: Watch["permit"] };

export interface OpenOptions {
  /** What stands behind the address's `#`. */
  at?: string;
  /** The API key to sign in with, by default the stack's own; `null` = nobody signs in. */
  key?: string | null;
  /** Where the API is for the browser, by default at the stack's own address. */
  api?: string;
  width?: number;
  theme?: "light" | "dark";
}

export interface Dashboard {
  stack: () => TestStack;
  /** A new tab of a browser that knows nothing yet. */
  open: (options?: OpenOptions) => Promise<WatchedPage>;
}

/** Longer than any computer needs. */
const patienceMilliseconds = 60_000;

/** The dashboard of a broker for a test file, in a real browser. Each test fails with what its pages did wrong. */
export function useDashboard(environment: Record<string, string> = {}): Dashboard {
  useMovableClock();
  const stack = useTestStack(environment);
  let browser: Browser | undefined;
  let watches: Watch[] = [];
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterEach(async () => {
    await Promise.all(browser?.contexts().map((context) => context.close()) ?? []);
    const faults = watches.flatMap((watch) => watch.faults());
    watches = [];
    expect(faults).toEqual([]);
  });
  afterAll(() => browser?.close());
  return {
    stack,
    async open({ at = "#/", key = stack().apiKey, api = stack().url, width = 1280, theme = "light" } = {}) {
      if (!browser) throw new Error("the browser is up inside a test only");
      const context = await browser.newContext({
        viewport: { width, height: 800 },
        colorScheme: theme,
        reducedMotion: "reduce",
        timezoneId: "Asia/Shanghai",
      });
      context.setDefaultTimeout(patienceMilliseconds);
      const watch = await watchPages(context, new URL(api).origin);
      watches.push(watch);
      const page = await context.newPage();
      await page.goto(`${api}/dashboard${at}`);
      if (key !== null) await signIn(page, key);
      return Object.assign(page, { permit: watch.permit });
    },
  };
}
