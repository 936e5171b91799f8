import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { succeededConnection } from "../../functions/contract/examples.ts";
import { runCli } from "../support/cli.ts";

const pageSize = 100;
let server: Server;
let url: string;

/** A broker with as many requests as the first part of the path says, some two kilobytes each. */
beforeAll(async () => {
  server = createServer((request, response) => {
    const asked = new URL(request.url ?? "", "http://x");
    const all = Number(asked.pathname.split("/")[1]);
    const from = Number(asked.searchParams.get("cursor") ?? 0);
    const count = Math.min(pageSize, all - from);
    const items = Array.from({ length: count }, (_, index) => ({
      ...succeededConnection,
      clientToken: `token-${from + index}`,
      warnings: ["x".repeat(1000)],
    }));
    const next = from + count < all ? { nextCursor: String(from + count) } : {};
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ items, ...next }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const list = (all: number, options: readonly string[], heapMegabytes: number) =>
  runCli(["list", ...options], {
    VPN_BROKER_URL: `${url}/${all}`,
    VPN_BROKER_API_KEY: "vpb_any-key",
    NODE_OPTIONS: `--max-old-space-size=${heapMegabytes}`,
  });

it("lists 10,000 requests, as a document and as lines, in the memory that 100 take", async () => {
  const heap = 16;
  expect(await list(100, ["--json"], heap)).toMatchObject({ code: 0 });
  const { code, stdout, stderr } = await list(10_000, ["--json"], heap);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { items } = JSON.parse(stdout) as { items: { clientToken: string }[] };
  expect(items.map(({ clientToken }) => clientToken)).toEqual(Array.from({ length: 10_000 }, (_, n) => `token-${n}`));

  const lines = await list(10_000, [], heap);
  expect(lines).toMatchObject({ code: 0, stderr: "" });
  expect(lines.stdout.trimEnd().split("\n")).toHaveLength(10_000);

  const some = await list(10_000, ["--limit", "250", "--json"], heap);
  expect((JSON.parse(some.stdout) as { items: unknown[] }).items).toHaveLength(250);
});
