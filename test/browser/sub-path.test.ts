import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { texts } from "../../packages/dashboard/src/texts.ts";
import { atDemo, create } from "./requests.ts";
import { useDashboard } from "./use-dashboard.ts";

const { stack, open } = useDashboard();

/** The broker under a path, as a stage of an API Gateway has it. */
async function serveUnder(path: string): Promise<{ url: string; close: () => void }> {
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url = "" } = incoming;
    if (!url.startsWith(`${path}/`)) return void outgoing.writeHead(404).end();
    const onward = request(`${stack().url}${url.slice(path.length)}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    outgoing.once("close", () => onward.destroy());
    incoming.pipe(onward.once("error", () => outgoing.destroy()));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${path}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

it("works under a sub-path, with all that it asks for", async () => {
  const { id } = await create(stack(), { ...atDemo(1), name: "below" });
  await stack().follow(id);
  const { url, close } = await serveUnder("/prod");
  try {
    const page = await open({ api: url, at: "#/requests" });
    const asked: string[] = [];
    page.on("request", (one) => asked.push(one.url()));
    await page.getByRole("link", { name: "below", exact: true }).click();
    await page.getByRole("heading", { level: 1 }).getByText(texts.statuses.succeeded).waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 1 }).getByText(texts.statuses.succeeded).waitFor();
    expect(asked.length).toBeGreaterThan(2);
    expect(asked.filter((one) => !one.startsWith(`${url}/`))).toEqual([]);
    await page.close();
  } finally {
    close();
  }
});
