import type { ApiClient, CallOptions } from "./api-client.ts";

interface Given {
  request: object;
  key: string;
  /** Another key, of twelve characters. */
  shortKey: string;
}

interface Refused {
  status: number;
  body: unknown;
  options?: CallOptions;
}

/** Requests with the key where it belongs or nearly so, each wrong in another way, and the status that refuses it. */
function toRefused({ request, key, shortKey }: Given): Record<string, Refused> {
  const withTunnel = (tunnel: object) => ({ ...request, tunnels: [{ customerGatewayId: "cgw-demo01", ...tunnel }] });
  const json = JSON.stringify(withTunnel({ preSharedKey: key }));
  const typed = (type: string) => ({ headers: { "content-type": type } });
  return {
    "other flaws beside it": { status: 400, body: { ...request, region: 7, vpnGatewayId: [], mode: 1, name: "" } },
    "an object for a key": { status: 400, body: withTunnel({ preSharedKey: { value: key } }) },
    "a list for a key": { status: 400, body: withTunnel({ preSharedKey: [key] }) },
    "a key for the tunnels": { status: 400, body: { ...request, tunnels: key } },
    "keys for the tunnels": { status: 400, body: { ...request, tunnels: [key, key] } },
    "a space in it": { status: 400, body: withTunnel({ preSharedKey: `${key} ${key}` }) },
    "a line end in it": { status: 400, body: withTunnel({ preSharedKey: `${key}\n` }) },
    "a letter that no vendor takes": { status: 400, body: withTunnel({ preSharedKey: `${key}ü` }) },
    "too long a key": { status: 400, body: withTunnel({ preSharedKey: key.repeat(3) }) },
    "a member too many letters": { status: 400, body: withTunnel({ preSharedKeys: key }) },
    "a member of another name": { status: 400, body: withTunnel({ psk: key, pre_shared_key: key }) },
    "a member in the wrong place": { status: 400, body: { ...request, preSharedKey: key, tunnel: { psk: key } } },
    "a token that differs": {
      status: 400,
      body: { ...request, clientToken: "one" },
      options: { headers: { "idempotency-key": "another" } },
    },
    "a token that is none": { status: 400, body: json, options: { headers: { "idempotency-key": "a b" } } },
    "a callback that is none": { status: 400, body: { ...request, callback: { url: "http://10.0.0.1/" } } },
    "nesting too deep": { status: 400, body: withTunnel({ preSharedKey: key, ike: nested(20, key) }) },
    "JSON that is cut off": { status: 400, body: json.slice(0, -5) },
    "JSON that ends in the key": { status: 400, body: json.slice(0, json.indexOf(key) + key.length) },
    "JSON with something more": { status: 400, body: `${json}${key}` },
    "JSON with other quotes": { status: 400, body: json.replaceAll('"', "'") },
    "no JSON but the key": { status: 400, body: key },
    "no JSON but a short key": { status: 400, body: shortKey },
    "a short key without quotes": { status: 400, body: `{"psk":${shortKey}}` },
    "bytes that are no UTF-8": { status: 400, body: Buffer.concat([Buffer.from(json), Buffer.from([0xff])]) },
    "UTF-16": { status: 400, body: Buffer.from(json, "utf16le") },
    "another type": { status: 415, body: json, options: typed("text/plain") },
    "a form": {
      status: 415,
      body: new URLSearchParams({ key }).toString(),
      options: typed("application/x-www-form-urlencoded"),
    },
    "too large a body": { status: 413, body: { ...withTunnel({ preSharedKey: key }), name: "x".repeat(70_000) } },
    "no caller": { status: 401, body: json, options: { key: "" } },
  };
}

const nested = (depth: number, value: unknown): unknown => (depth === 0 ? value : { a: nested(depth - 1, value) });

/** Sends all of them to a path; answers those whose status is another than it should be. */
export async function sendInvalidBodies(api: ApiClient, path: string, given: Given): Promise<string[]> {
  const wrong: string[] = [];
  for (const [name, { status, body, options }] of Object.entries(toRefused(given))) {
    const answer = await api.call("POST", path, body, options);
    if (answer.status !== status) wrong.push(`${name}: ${answer.status} ${answer.text}`);
  }
  return wrong;
}
