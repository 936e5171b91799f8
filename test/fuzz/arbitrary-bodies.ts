import {
  type Arbitrary,
  constant,
  constantFrom,
  integer,
  oneof,
  option,
  record,
  shuffledSubarray,
  string,
  tuple,
} from "fast-check";
import type { CreateRequest } from "../../functions/domain/request/create-request.ts";
import { scopes } from "../../functions/domain/tenants/tenant.ts";
import { given, maybe } from "../generators/arbitrary-parts.ts";
import { alibabaRequests, tencentRequests } from "../generators/arbitrary-requests.ts";
import type { Route } from "../support/routes.ts";

/** A receiver of webhooks on this computer. */
const hook = (path: string) => constant(`{hooks:0}/${path}`);
const reason = maybe(string({ unit: "grapheme-composite", minLength: 1, maxLength: 40 }));
const graceSeconds = maybe(integer({ min: 0, max: 604_800 }));
const members = (parts: Record<string, Arbitrary<unknown>>): Arbitrary<object> => record(parts).map(given);

/** Tags that every object seems to have already. */
const inherited = constantFrom("constructor", "toString", "valueOf", "hasOwnProperty");

/** Valid requests for connections. Their callbacks go to this computer. */
export const createRequests: Arbitrary<CreateRequest> = tuple(
  oneof(alibabaRequests, tencentRequests),
  option(inherited, { freq: 2, nil: undefined }),
).map(([request, tag]) => ({
  ...request,
  ...(request.callback ? { callback: { url: "{hooks:0}/vpn" } } : {}),
  ...(request.tags && tag ? { tags: { [tag]: "x" } } : {}),
}));

/** What each route takes that takes a body. */
export const bodies: Readonly<Partial<Record<Route, Arbitrary<object>>>> = {
  "POST /v1/vpn-connections": createRequests,
  "POST /v1/vpn-connections/dry-run": createRequests,
  "POST /v1/vpn-connections/:id/cancel": members({ reason }),
  "POST /v1/vpn-connections/:id/redrive": members({ reason: constant("the quota was raised") }),
  "POST /v1/vpn-connections/:id/deliveries/:deliveryId/resend": members({ reason }),
  "POST /v1/vpn-connections/:id/pre-shared-keys": members({ reason }),
  "POST /v1/webhooks/example": members({
    status: maybe(constantFrom("succeeded", "failed", "canceled", "unknown")),
    url: maybe(hook("example")),
  }),
  "PUT /v1/admin/tenants/:tenant": members({
    gateways: constantFrom([], ["*"], ["alibaba/cn-*/vpn-*", "tencent/ap-shanghai/vpngw-demo01"]),
    credentials: maybe(members({ alibaba: maybe(constant("team-a")), tencent: maybe(constant("team-b")) })),
    maxUnfinishedRequests: maybe(integer({ min: 1, max: 100_000 })),
    webhookUrl: maybe(hook("tenant")),
    reason,
  }),
  "POST /v1/admin/tenants/:tenant/suspend": members({ reason: constant("its key has leaked") }),
  "POST /v1/admin/tenants/:tenant/resume": members({ reason }),
  "POST /v1/admin/tenants/:tenant/webhook-secret/rotate": members({ graceSeconds, reason }),
  "POST /v1/admin/tenants/:tenant/keys": members({
    name: string({ unit: constantFrom(...Array.from("aZ09_ .-")), maxLength: 63 }).map((text) => `k${text}`),
    scopes: shuffledSubarray([...scopes], { minLength: 1 }),
    expiresInSeconds: maybe(integer({ min: 60, max: 315_360_000 })),
    rateLimit: maybe(record({ perSecond: integer({ min: 1, max: 10_000 }), burst: integer({ min: 1, max: 20_000 }) })),
    reason,
  }),
  "POST /v1/admin/tenants/:tenant/keys/:keyId/rotate": members({ graceSeconds, reason }),
  "POST /v1/admin/tenants/:tenant/keys/:keyId/revoke": members({ reason }),
};
