import { type Arbitrary, boolean, constant, constantFrom, oneof, record, tuple } from "fast-check";
import { answers, type Route } from "../support/routes.ts";
import { bodies, createRequests } from "./arbitrary-bodies.ts";
import { authorization, contentType, ifNoneMatch, oddHeaders } from "./arbitrary-headers.ts";
import { nearly } from "./arbitrary-mutations.ts";
import { disguise, pathOf } from "./arbitrary-paths.ts";
import { queryOf } from "./arbitrary-queries.ts";
import { rawBody } from "./arbitrary-raw-bodies.ts";
import { dishonest } from "./framing.ts";
import type { FuzzRequest } from "./fuzz-request.ts";

const routes = Object.keys(answers) as Route[];
const withBody = Object.keys(bodies) as Route[];
const create = "POST /v1/vpn-connections";
const dryRun = "POST /v1/vpn-connections/dry-run";
const readOne = "GET /v1/vpn-connections/:id";
/** What costs more than an answer has a share of its own. */
const cheap = routes.filter((route) => route !== create && route !== dryRun);

const methodOf = (route: Route) => route.slice(0, route.indexOf(" "));
const bodyOf = (route: Route): Arbitrary<object> => bodies[route] ?? constant({});
const wide: FuzzRequest["headers"] = [["Authorization", "Bearer {key:wide}"]];
const json: FuzzRequest["headers"] = [["Content-Type", "application/json"]];
const honest = constantFrom("honest" as const, "honest" as const, "chunked" as const);

/** (a) What is accepted, sometimes sent twice. */
function valid(route: typeof create | typeof dryRun): Arbitrary<FuzzRequest> {
  return record({
    method: constant("POST"),
    target: pathOf(route),
    headers: constant([...wide, ...json]),
    body: createRequests.map((request) => JSON.stringify(request)),
    framing: honest,
    twice: boolean(),
  });
}

/** Another request under one of few tokens. */
const reused: Arbitrary<FuzzRequest> = record({
  method: constant("POST"),
  target: constantFrom(create, create, dryRun).chain(pathOf),
  headers: constantFrom("again-1", "again-2", "again-3").map((token) => [
    ...wide,
    ...json,
    ["Idempotency-Key", token] as const,
  ]),
  body: createRequests.map(({ clientToken: _token, ...request }) => JSON.stringify(request)),
  framing: honest,
  twice: constant(false),
});

/** An operator's own tenant, which it cannot suspend. */
const suspendsItself: Arbitrary<FuzzRequest> = record({
  method: constant("POST"),
  target: constant("/v1/admin/tenants/fuzz/suspend"),
  headers: constant([...wide, ...json]),
  body: constant(JSON.stringify({ reason: "tried" })),
  framing: honest,
  twice: constant(false),
});

/** (b) What is nearly accepted. */
const nearlyValid: Arbitrary<FuzzRequest> = oneof(
  { weight: 3, arbitrary: constant<Route>(create) },
  { weight: 1, arbitrary: constant<Route>(dryRun) },
  { weight: 4, arbitrary: constantFrom(...withBody.filter((route) => route !== create && route !== dryRun)) },
).chain((route) =>
  record({
    method: constant(methodOf(route)),
    target: pathOf(route),
    headers: tuple(authorization, oddHeaders).map(([who, odd]) => [...who, ...json, ...odd]),
    body: nearly(bodyOf(route)),
    framing: honest,
    twice: constant(false),
  }),
);

/** Routes that take nothing less than a body: one that is cut off is never accepted, and its answer may be lost. */
const strict: readonly Route[] = [
  create,
  dryRun,
  "POST /v1/vpn-connections/:id/redrive",
  "PUT /v1/admin/tenants/:tenant",
  "POST /v1/admin/tenants/:tenant/suspend",
  "POST /v1/admin/tenants/:tenant/keys",
];

/** (c) Bytes, under any name and of any length. */
const raw: Arbitrary<FuzzRequest> = constantFrom(...withBody).chain((route) =>
  record({
    method: constant(methodOf(route)),
    target: pathOf(route),
    headers: tuple(authorization, contentType, oddHeaders).map((parts) => parts.flat()),
    body: rawBody(bodyOf(route)),
    framing: strict.includes(route)
      ? oneof({ weight: 2, arbitrary: honest }, { weight: 1, arbitrary: constantFrom(...dishonest) })
      : honest,
    twice: constant(false),
  }),
);

const methods = [
  "GET",
  "POST",
  "PUT",
  "DELETE",
  "PATCH",
  "HEAD",
  "OPTIONS",
  "TRACE",
  "PROPFIND",
  "QUERY",
  "get",
  "ODD",
];

/** (d) Any method, path, query and headers, at every route. */
const any: Arbitrary<FuzzRequest> = oneof(
  { weight: 30, arbitrary: constantFrom(...cheap, readOne as Route) },
  { weight: 1, arbitrary: constantFrom<Route[]>(create, dryRun) },
).chain((route) => {
  const usual = bodies[route]?.map((value) => JSON.stringify(value)) ?? constant(undefined);
  return record({
    method: oneof(
      { weight: 7, arbitrary: constant(methodOf(route)) },
      { weight: 1, arbitrary: constantFrom(...methods) },
    ),
    target: tuple(
      oneof(
        { weight: 8, arbitrary: pathOf(route) },
        { weight: 1, arbitrary: tuple(pathOf(route), disguise).map(([path, write]) => write(path)) },
      ),
      queryOf(route),
    ).map((parts) => parts.join("")),
    headers: tuple(authorization, contentType, route === readOne ? ifNoneMatch : oddHeaders).map((parts) =>
      parts.flat(),
    ),
    body: oneof({ weight: 8, arbitrary: usual }, { weight: 1, arbitrary: constantFrom(undefined, "", "{}", "null") }),
    framing: honest,
    twice: constant(false),
  });
});

/** Everything that a caller may send, and much that nobody should. */
export const fuzzRequests: Arbitrary<FuzzRequest> = oneof(
  { weight: 2, arbitrary: valid(create) },
  { weight: 2, arbitrary: reused },
  { weight: 1, arbitrary: suspendsItself },
  { weight: 1, arbitrary: valid(dryRun) },
  { weight: 35, arbitrary: nearlyValid },
  { weight: 13, arbitrary: raw },
  { weight: 46, arbitrary: any },
);
