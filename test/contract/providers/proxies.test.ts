import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ProxyVariables } from "../../../functions/domain/network/choose-proxy.ts";
import { createClient as createAlibaba } from "../../../functions/providers/alibaba/client.ts";
import { createClient as createTencent } from "../../../functions/providers/tencent/client.ts";

let servers: Server[];
/** What the proxy was asked to connect to. */
let tunnels: string[];
let proxy: string;

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeEach(async () => {
  servers = [];
  tunnels = [];
  const refusing = createServer((request, response) => {
    tunnels.push(request.url ?? "");
    response.writeHead(502).end();
  });
  refusing.on("connect", (request, socket) => {
    tunnels.push(request.url ?? "");
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  proxy = `http://${await listen(refusing)}`;
});
afterEach(() => {
  vi.unstubAllEnvs();
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

const access = { accessKeyId: "id", accessKeySecret: "secret" };
const settled = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    () => undefined,
  );

describe.each([
  ["alibaba", createAlibaba, { RequestId: "R", VpnGatewayId: "v" }],
  ["tencent", createTencent, { Response: { RequestId: "R", VpnGatewayId: "v" } }],
] as const)("a simulated %s", (_vendor, createClient, answer) => {
  it.each(["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])(
    "is called past the proxy that %s names",
    async (name) => {
      const endpoint = await listen(
        createServer((_request, response) => {
          response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
        }),
      );
      vi.stubEnv(name, proxy);
      const proxies = { [name.toLowerCase()]: proxy };
      const call = createClient({ ...access, endpoint: `http://${endpoint}`, proxies }, "cn-shanghai");
      expect(await call("DescribeVpnGateways", {})).toMatchObject({ VpnGatewayId: "v" });
      expect(tunnels).toEqual([]);
    },
  );
});

describe("Tencent Cloud itself", () => {
  const callVendor = (proxies: ProxyVariables, endpoint = "http://vpc.tencent.invalid") =>
    settled(createTencent({ ...access, endpoint, proxies }, "ap-shanghai")("DescribeVpnGateways", {}));

  it("is called through the proxy", async () => {
    await callVendor({ http_proxy: proxy });
    expect(tunnels).toEqual(["vpc.tencent.invalid:80"]);
    await callVendor({ https_proxy: proxy }, "https://vpc.tencent.invalid");
    expect(tunnels.at(-1)).toBe("vpc.tencent.invalid:443");
  });

  it("is called past a proxy that no_proxy exempts it from, whatever the SDK finds in the environment", async () => {
    vi.stubEnv("http_proxy", proxy);
    await callVendor({ http_proxy: proxy, no_proxy: "tencent.invalid" });
    await callVendor({ https_proxy: proxy, no_proxy: "*" }, "https://vpc.tencent.invalid");
    expect(tunnels).toEqual([]);
  });
});
