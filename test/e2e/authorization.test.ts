import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Scope } from "../../functions/domain/tenants/tenant.ts";
import { openWebhookEndpoint, type WebhookEndpoint } from "../fakes/webhook-endpoint.ts";
import { type Callers, makeCallers, type SpareKeys } from "../support/authorization/callers.ts";
import { doomed, makeThings, settledItems, type Things } from "../support/authorization/things.ts";
import { startTestStack, type TestStack } from "../support/local-stack.ts";
import { listRoutes, type Route } from "../support/routes.ts";

/** Who may call a route, and a call that is carried out. */
interface Row {
  needs: Scope | "any" | "public";
  /** What stands for the names in the path. */
  at?: (things: Things, spare: SpareKeys) => Record<string, string>;
  body?: object;
  /** The answer to a key with the scope. */
  status: number;
  /** What another tenant's key with the scope gets: not found, an empty list, its own, or the same, for operators. */
  others?: "not found" | "nothing" | "its own" | "the same";
  /** Whether an operator of another tenant is let in, and what it adds to the path. */
  operators?: string;
  /** What the route cannot be asked without. */
  query?: (things: Things) => string;
}

const read = { needs: "connections:read", status: 200, others: "not found" } as const;
const write = { needs: "connections:write", others: "not found" } as const;
const admin = { needs: "admin", others: "the same", at: () => ({ tenant: "spare" }) } as const;
const done = ({ done: id }: Things) => ({ id });

const table: Readonly<Partial<Record<Route, Row>>> = {
  "GET /healthz": { needs: "public", status: 200 },
  "GET /openapi.json": { needs: "public", status: 200 },
  "GET /docs/errors": { needs: "public", status: 200 },
  "GET /docs/errors/:code": { needs: "public", at: () => ({ code: "forbidden" }), status: 200 },
  "GET /v1/key": { needs: "any", status: 200 },
  "POST /v1/vpn-connections": { ...write, body: doomed, status: 202, others: "its own" },
  "POST /v1/vpn-connections/dry-run": { ...write, body: doomed, status: 200, others: "its own" },
  "GET /v1/vpn-connections": { ...read, others: "nothing", operators: "?tenant=owner" },
  "GET /v1/search": { ...read, others: "nothing", query: ({ done: id }) => `?q=${id}`, operators: "" },
  "GET /v1/stats": { ...read, others: "its own", operators: "?tenant=owner" },
  "GET /v1/attention": { ...read, others: "nothing", operators: "?tenant=owner" },
  "GET /v1/vpn-connections/:id": { ...read, at: done, operators: "" },
  "GET /v1/vpn-connections/:id/events": { ...read, at: done, operators: "" },
  "GET /v1/vpn-connections/:id/deliveries": { ...read, at: done, operators: "" },
  "POST /v1/vpn-connections/:id/deliveries/:deliveryId/resend": {
    ...write,
    at: ({ done: id }) => ({ id, deliveryId: `msg_${id}_1` }),
    status: 202,
    operators: "",
  },
  "POST /v1/vpn-connections/:id/pre-shared-keys": { ...read, needs: "secrets:read", at: done },
  "POST /v1/vpn-connections/:id/cancel": { ...write, at: ({ waiting: id }) => ({ id }), status: 200, operators: "" },
  "POST /v1/vpn-connections/:id/redrive": {
    ...write,
    at: ({ unknown: id }) => ({ id }),
    body: { reason: "looked at it" },
    status: 202,
    operators: "",
  },
  "POST /v1/webhooks/example": { ...write, status: 200, others: "its own" },
  "GET /v1/admin/tenants": { ...admin, status: 200 },
  "GET /v1/admin/tenants/:tenant": { ...admin, status: 200 },
  "PUT /v1/admin/tenants/:tenant": { ...admin, body: { gateways: [] }, status: 200 },
  "POST /v1/admin/tenants/:tenant/suspend": { ...admin, body: { reason: "its key has leaked" }, status: 200 },
  "POST /v1/admin/tenants/:tenant/resume": { ...admin, status: 200 },
  "POST /v1/admin/tenants/:tenant/webhook-secret/rotate": { ...admin, status: 200 },
  "GET /v1/admin/tenants/:tenant/keys": { ...admin, status: 200 },
  "POST /v1/admin/tenants/:tenant/keys": { ...admin, body: { name: "new", scopes: ["admin"] }, status: 201 },
  "POST /v1/admin/tenants/:tenant/keys/:keyId/rotate": {
    ...admin,
    at: (_, { rotated }) => ({ tenant: "spare", keyId: rotated }),
    status: 201,
  },
  "POST /v1/admin/tenants/:tenant/keys/:keyId/revoke": {
    ...admin,
    at: (_, { revoked }) => ({ tenant: "spare", keyId: revoked }),
    status: 200,
  },
  "GET /v1/admin/audit": { ...admin, status: 200 },
};

let stack: TestStack;
let endpoint: WebhookEndpoint;
let callers: Callers;
let things: Things;
beforeAll(async () => {
  [stack, endpoint] = await Promise.all([startTestStack(), openWebhookEndpoint()]);
  callers = await makeCallers(stack, endpoint.url);
  things = await makeThings(stack, callers.only["connections:write"]);
});
afterAll(async () => {
  await stack?.close();
  await endpoint?.close();
});

interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** The call of a row, with this key or none, about what is there or about something else instead. */
async function call(
  route: Route,
  key: string | undefined,
  instead: Record<string, string> = {},
  { body = rowOf(route).body, added = "" }: { body?: object | undefined; added?: string } = {},
): Promise<Answer> {
  const { at } = rowOf(route);
  const [method, path = ""] = route.split(" ");
  const pattern = `${path}${rowOf(route).query?.(things) ?? ""}${added}`;
  const names = { ...at?.(things, callers.spareKeys.mine), ...instead };
  const response = await fetch(`${stack.url}${pattern.replaceAll(/:(\w+)/g, (_, name: string) => names[name] ?? "")}`, {
    method: method ?? "",
    headers: {
      accept: "application/json",
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
}

function rowOf(route: Route): Row {
  const row = table[route];
  if (!row) throw new Error(`${route} is not in the table: who may call it?`);
  return row;
}

/** An answer without what tells one call from another. */
function withoutCall({ status, headers, text }: Answer) {
  const { "x-request-id": requestId = "", date: _date, ratelimit: _left, ...rest } = headers;
  return { status, headers: rest, text: text.replaceAll(requestId, "…") };
}

const problemOf = ({ text }: Answer) => JSON.parse(text) as { code: string; detail: string };
const itemsOf = ({ text }: Answer) => (JSON.parse(text) as { items: unknown[] }).items;

const routesWith = (holds: (row: Row) => boolean) => listRoutes().filter((route) => holds(rowOf(route)));

it("the table has every route, and no other", () => {
  expect(Object.keys(table).toSorted()).toEqual(listRoutes());
});

describe("a public route", () => {
  it.each(routesWith(({ needs }) => needs === "public"))("answers everybody: %s", async (route) => {
    for (const key of [undefined, ...Object.values(callers.invalid), ...Object.values(callers.allBut)]) {
      expect((await call(route, key)).status).toBe(rowOf(route).status);
    }
  });
});

/** What a route answers to none of the keys that let nobody in, to which of them it does not say. */
async function expectNobody(route: Route): Promise<void> {
  const invalid = [undefined, ...Object.values(callers.invalid)];
  const [none, ...known] = await Promise.all(invalid.map((key) => call(route, key)));
  for (const answer of [none, ...known]) {
    expect(answer).toMatchObject({ status: 401, headers: { "www-authenticate": "Bearer" } });
    expect(answer && problemOf(answer).code).toBe("unauthenticated");
  }
  expect(new Set(known.map((answer) => JSON.stringify(withoutCall(answer)))).size).toBe(1);
}

describe("a route for any key", () => {
  it.each(routesWith(({ needs }) => needs === "any"))(
    "answers each scope, and nobody without a key: %s",
    async (route) => {
      await expectNobody(route);
      for (const [tenant, keys] of Object.entries({ owner: callers.only, other: callers.other })) {
        for (const [scope, key] of Object.entries(keys)) {
          const { status, text } = await call(route, key);
          expect([status, JSON.parse(text)]).toMatchObject([rowOf(route).status, { tenant, scopes: [scope] }]);
        }
      }
    },
  );
});

const scoped = (needs: Row["needs"]) => needs !== "public" && needs !== "any";

describe.each(routesWith(({ needs }) => scoped(needs)))("%s", (route) => {
  const { needs, status, others, operators } = rowOf(route);
  const scope = needs as Scope;

  it("is refused to everybody but who may, and nothing has changed by it", async () => {
    const before = await settledItems(stack, things);

    await expectNobody(route);

    const lacking = await call(route, callers[operators === undefined ? "allBut" : "neither"][scope]);
    expect(lacking.status).toBe(403);
    expect(problemOf(lacking)).toMatchObject({ code: "forbidden", detail: expect.stringContaining(scope) as string });

    if (others === "not found") {
      const there = await call(route, callers.other[scope]);
      const nowhere = await call(route, callers.other[scope], { id: "a".repeat(26) });
      expect(there.status).toBe(404);
      expect(withoutCall(there)).toEqual(withoutCall(nowhere));
    }
    if (others === "nothing") expect(itemsOf(await call(route, callers.other[scope]))).toEqual([]);

    expect(await settledItems(stack, things)).toEqual(before);
  });

  it("is carried out with a key of the scope alone", async () => {
    const answer = await call(route, callers.only[scope]);
    expect(answer.status).toBe(status);
    if (others === "nothing") expect(itemsOf(answer)).not.toEqual([]);
  });
});

describe("an operator of another tenant", () => {
  const theirs = routesWith(({ operators }) => operators !== undefined);

  it.each(theirs)("with a reason is answered as the owner is, and told who that is: %s", async (route) => {
    const { status, others, operators: added = "" } = rowOf(route);
    const body = route.startsWith("POST") ? { reason: "on call" } : undefined;
    const answer = await call(route, callers.other.operations, {}, { body, added });
    expect(answer.status).toBe(status);
    if (others !== "nothing") return;
    expect(itemsOf(answer)).toMatchObject(itemsOf(await call(route, callers.only["connections:read"])));
    expect(answer.text).toContain('"tenant":"owner"');
  });

  it("lists everybody's requests together, which nobody else may", async () => {
    const list = "GET /v1/vpn-connections";
    const all = { added: "?tenant=*&limit=100" };
    type Items = { id: string; tenant: string }[];
    const everybodys = itemsOf(await call(list, callers.other.operations, {}, all)) as Items;
    const owners = itemsOf(await call(list, callers.only["connections:read"])) as Items;
    const ofOwner = everybodys.filter(({ tenant }) => tenant === "owner");
    expect(ofOwner.map(({ id }) => id)).toEqual(owners.map(({ id }) => id));
    const refused = await call(list, callers.neither["connections:write"], {}, all);
    expect([refused.status, problemOf(refused).detail]).toEqual([403, expect.stringContaining("operations")]);
  });

  it.each(routesWith(({ needs, operators }) => scoped(needs) && operators === undefined))(
    "has no other route: %s",
    async (route) => {
      expect((await call(route, callers.other.operations)).status).toBe(403);
    },
  );
});

describe("another tenant", () => {
  it.each(routesWith(({ others }) => others === "its own"))(
    "has its own by %s, and touches nobody's",
    async (route) => {
      const { needs, status } = rowOf(route);
      const before = notOf("other", await settledItems(stack, things));
      expect((await call(route, callers.other[needs as Scope])).status).toBe(status);
      expect(notOf("other", await settledItems(stack, things))).toEqual(before);
    },
  );

  it.each(routesWith(({ others }) => others === "the same"))("has operators, too: %s", async (route) => {
    const { at, status } = rowOf(route);
    const answer = await call(route, callers.other.admin, at?.(things, callers.spareKeys.theirs));
    expect(answer.status).toBe(status);
  });
});

/** The items that are not of this tenant, less the gateways' turns, which all of them take. */
function notOf(tenant: string, items: ReadonlyMap<string, unknown>): [string, unknown][] {
  return [...items].filter(
    ([key, item]) => (item as { tenant?: string }).tenant !== tenant && !key.startsWith("turn#"),
  );
}
