import type { BrowserContext, Page } from "playwright-core";

export interface Watch {
  /** From now on, faults like this are the test's own doing. */
  permit: (fault: RegExp) => void;
  /** All others so far. */
  faults: () => string[];
}

/**
 * Notes what no page of ours may do: break its own content security policy, write errors to the console, throw, ask another
 * host, get a refusal or no answer. What the page itself gives up is no fault.
 */
export async function watchPages(context: BrowserContext, origin: string): Promise<Watch> {
  const found: string[] = [];
  const permitted: RegExp[] = [];
  const note = (fault: string) => {
    if (!permitted.some((pattern) => pattern.test(fault))) found.push(fault);
  };
  await context.exposeBinding("noteViolation", (_source, violation: string) => note(`policy: ${violation}`));
  await context.addInitScript({
    content: `addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
      noteViolation([violatedDirective, blockedURI, sample].join(" ")));`,
  });
  context.on("page", (page) => watch(page));
  function watch(page: Page) {
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) note(`console: ${message.text()} ${message.location().url}`);
    });
    page.on("pageerror", (error) => note(`thrown: ${error.stack ?? error.message}`));
    page.on("request", (request) => {
      const { origin: asked, protocol } = new URL(request.url());
      if (asked !== origin && protocol !== "blob:") note(`asked another host: ${request.url()}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) note(`answered ${response.status()}: ${response.url()}`);
    });
    page.on("requestfailed", (request) => {
      const { errorText = "" } = request.failure() ?? {};
      if (errorText !== "net::ERR_ABORTED") note(`no answer, ${errorText}: ${request.url()}`);
    });
  }
  return { permit: (fault) => void permitted.push(fault), faults: () => found };
}
