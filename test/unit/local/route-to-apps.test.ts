import { expect, it } from "vitest";
import { shares } from "../../../functions/domain/limits.ts";
import { routeToApps } from "../../../local/route-to-apps.ts";

const answering = { fetch: () => new Response("answered") };
const call = (route: ReturnType<typeof routeToApps>, path: string) =>
  route(new Request(`http://127.0.0.1${path}`, { method: "POST" }), {});

it("receivers that hang use up their own function: keys are revealed, and the rest is answered too", async () => {
  let letGo: (response: Response) => void = () => undefined;
  const hanging = {
    fetch: () =>
      new Promise<Response>((resolve) => {
        letGo = resolve;
      }),
  };
  const route = routeToApps({ api: answering, provider: answering, secrets: answering, examples: hanging });
  for (let n = 0; n < shares.exampleApi; n += 1) void call(route, "/v1/webhooks/example");
  const refused = await call(route, "/v1/webhooks/example");
  expect([refused.status, refused.headers.get("Retry-After")]).toEqual([503, "1"]);
  expect(await refused.json()).toMatchObject({ code: "unavailable", status: 503 });
  for (const path of ["/v1/vpn-connections/x/pre-shared-keys", "/v1/vpn-connections", "/v1/vpn-connections/dry-run"]) {
    expect((await call(route, path)).status).toBe(200);
  }
  // The last of them ends, and there is room for one more.
  letGo(new Response());
  await Promise.resolve();
  const next = call(route, "/v1/webhooks/example");
  letGo(new Response());
  expect((await next).status).toBe(200);
});

it("what an app throws is its own", async () => {
  const failing = { fetch: () => Promise.reject(new Error("broken")) };
  const route = routeToApps({ api: failing, provider: answering, secrets: answering, examples: answering });
  await expect(call(route, "/healthz")).rejects.toThrow("broken");
});
