import { answersOf, headersOf, type RouteContract, toPattern } from "../../functions/contract/route.ts";
import { routes } from "../../functions/contract/routes.ts";

/** Headers that every answer of whatever server may have: no part of the contract. */
const standing = new Set([
  "cache-control",
  "connection",
  "content-encoding",
  "content-length",
  "content-security-policy",
  "content-type",
  "cross-origin-opener-policy",
  "cross-origin-resource-policy",
  "date",
  "keep-alive",
  "origin-agent-cluster",
  "referrer-policy",
  "strict-transport-security",
  "transfer-encoding",
  "x-content-type-options",
  "x-frame-options",
]);

/** The declared route of a call; a literal path goes before one with parameters. */
export function routeOf(method: string, path: string): RouteContract | undefined {
  const pathname = path.split("?")[0] ?? "";
  const asked = method === "HEAD" ? "GET" : method;
  const found = routes.filter((route) => route.method === asked && toPattern(route.path).test(pathname));
  return found.find((route) => route.path === pathname) ?? found[0];
}

/** Each header that an answer has and its route does not declare, or the other way. */
export function findHeaderFaults(
  route: RouteContract | undefined,
  status: number,
  headers: Iterable<string>,
): string[] {
  const found = new Set([...headers].map((name) => name.toLowerCase()));
  const declared = headersOf(route, status).map((name) => name.toLowerCase());
  // What a test has a route answer, and it does not by itself, need not be whole.
  const isOwn = !route || status in answersOf(route);
  const known = new Set(declared.map((name) => name.replace("?", "")));
  const place = `${route ? `${route.method} ${route.path}` : "a path without a route"} ${status}`;
  return [
    ...[...found]
      .filter((name) => !known.has(name) && !standing.has(name))
      .map((name) => `${place}: undeclared ${name}`),
    ...declared
      .filter((name) => isOwn && !name.endsWith("?") && !found.has(name))
      .map((name) => `${place}: there is no ${name}`),
  ];
}
