import { type Arbitrary, array, constant, constantFrom, oneof, string } from "fast-check";
import type { Route } from "../support/routes.ts";

const oddValues = [
  "",
  "0",
  "-1",
  "1e1",
  "%00",
  "%",
  "%zz",
  "%ff",
  "+",
  "null",
  "[]",
  "a%2Cb",
  "a".repeat(300),
  "a".repeat(9000),
];
const oddTimes = [
  "2026-01-01T00:00:00Z",
  "2099-12-31T23:59:59.999999Z",
  "2020-02-29T00:00:00%2B23:59",
  "0000-01-01T00:00:00%2B23:59",
  "9999-12-31T23:59:59-23:59",
  "2026-02-30T00:00:00Z",
  "2026-01-01T00:00Z",
  "2026-01-01",
];
const oddCursors = [
  "{cursor:0}",
  "{cursor:1}",
  "{cursor:2}",
  "{auditCursor:0}",
  "{auditCursor:1}",
  "2026-13-01T00:00:00.000Z~",
  "2026-01-01T00:00:00.000Z~",
  "2026-19-39T99:99:99Z#a",
  "0000-01-01T0Z~",
  `2026-01-01T00:00:00.000Z#${"a".repeat(26)}`,
  `9999-99-99T${"9".repeat(100)}Z#${"a".repeat(26)}`,
].map((place) => (place.startsWith("{") ? place : Buffer.from(place).toString("base64url")));

/** Parameters, and values that they nearly have. */
const parameters: Readonly<Record<string, readonly string[]>> = {
  status: ["failed", "succeeded", "FAILED"],
  provider: ["alibaba", "aws"],
  region: ["cn-shanghai", "ap-shanghai"],
  vpnGatewayId: ["vpn-demo01", "vpngw-demo01"],
  clientToken: ["again-1", "%21"],
  providerConnectionId: ["vco-1"],
  errorCode: ["provider_not_found", "nothing"],
  createdAfter: oddTimes,
  createdBefore: oddTimes,
  limit: ["1", "100", "101", "01", "%31"],
  cursor: oddCursors,
  tenant: ["local", "{victim:0}", "-a", "*"],
  wait: ["0", "00", "0.5", "0.", "21", "1e1"],
  q: ["vpn-demo01", "again-1", "{id:3}", "msg_{id:4}_1", "{id:5}-1", "%20"],
  window: ["1h", "30d", "31d", "999h", "0h", "24H"],
  ["__proto__"]: [],
  constructor: [],
  "limit[]": ["1"],
  "": [],
  "%00": [],
};

const parameter = constantFrom(...Object.keys(parameters)).chain((name) =>
  oneof(
    { weight: 3, arbitrary: constantFrom(...(parameters[name] ?? []), "1") },
    { weight: 1, arbitrary: constantFrom(...oddValues) },
    { weight: 1, arbitrary: string({ unit: "binary", maxLength: 9 }).map(encodeURIComponent) },
  ).map((value) => `${name}=${value}`),
);

/** What makes sense, for the routes that take a query; and what does not. */
const sound = constantFrom(
  "limit=1",
  "limit=100",
  "limit=2&cursor={cursor:0}",
  "limit=2&cursor={cursor:7}",
  "limit=2&cursor={auditCursor:3}",
  "limit=1&tenant={victim:1}",
  "limit=100&tenant={victim:2}&cursor={auditCursor:5}",
  "limit=100&cursor={cursor:9}",
  "status=failed&status=succeeded",
  "provider=tencent&status=canceled",
  "errorCode=provider_not_found",
  "createdAfter=2026-01-01T00:00:00Z&createdBefore=2099-01-01T00:00:00Z",
  "createdAfter=2099-01-01T00:00:00Z",
  "wait=0",
  "wait=0.1",
  "q=vpn-demo01",
  "q={id:1}",
  "q=again-1",
  "window=7d",
  "tenant=*",
);

const odd = oneof(
  {
    weight: 4,
    arbitrary: array(parameter, { minLength: 1, maxLength: 4 }).map((pairs) => `?${pairs.join("&")}`),
  },
  {
    weight: 1,
    arbitrary: constantFrom(
      "?",
      "?&&=",
      "??",
      "?a",
      "?=",
      "?limit",
      "#f",
      `?status=failed${"&status=failed".repeat(200)}`,
    ),
  },
);

/** Routes that read a query. */
const asked: readonly Route[] = [
  "GET /v1/vpn-connections",
  "GET /v1/vpn-connections/:id",
  "GET /v1/admin/audit",
  "GET /v1/search",
  "GET /v1/stats",
  "GET /v1/attention",
];

/** With its question mark, if there is one. */
export function queryOf(route: Route): Arbitrary<string> {
  const some = asked.includes(route) ? 8 : 1;
  return oneof(
    { weight: 8, arbitrary: constant("") },
    { weight: some, arbitrary: sound.map((text) => `?${text}`) },
    { weight: some, arbitrary: odd },
  );
}
