import { type Arbitrary, constant, constantFrom, nat, oneof, string, tuple } from "fast-check";
import type { Route } from "../support/routes.ts";

/** Path segments that a router, a decoder or a table may stumble over. */
const oddSegments = [
  "%00",
  "%2F",
  "..%2F..",
  "..",
  ".",
  "%",
  "%zz",
  "%E0%A4%A",
  "%ED%A0%80",
  "%C0%AF",
  "%F0%9F%98%80",
  "%25%32%46",
  "%0d%0aX-Odd:1",
  "%20",
  "__proto__",
  "constructor",
  "*",
  ":id",
  "{}",
  ";v=1",
  "a,b",
  "dry-run",
  "events",
  "example",
  "\u00e9",
  "a".repeat(26),
  "2".repeat(27),
  "msg_",
  "key_0",
  "a".repeat(64),
  "a".repeat(2100),
  "a".repeat(9000),
];
const oddSegment = oneof(
  { weight: 4, arbitrary: constantFrom(...oddSegments) },
  { weight: 1, arbitrary: string({ unit: "binary", minLength: 1, maxLength: 12 }).map(encodeURIComponent) },
);

/** What stands for each name in a route; the same number leads to a tenant and to a key of it. */
const known: Readonly<Record<string, (number: number) => string>> = {
  // The newest ones are those that have not ended yet.
  id: (number) => (number % 4 === 0 ? `{newest:${number % 5}}` : `{id:${number}}`),
  deliveryId: (number) => `msg_${known["id"]?.(number)}_1`,
  tenant: (number) => (number % 10 === 0 ? `new-${number}` : `{victim:${number}}`),
  keyId: (number) => `{keyOf:${number}}`,
  code: (number) => `{code:${number}}`,
};

/** A route's path with what exists in it, and now and then with what does not. */
export function pathOf(route: Route): Arbitrary<string> {
  const segments = route.slice(route.indexOf("/") + 1).split("/");
  return nat(999).chain((number) =>
    tuple(
      ...segments.map((segment) => {
        if (!segment.startsWith(":")) return constant(segment);
        const found = known[segment.slice(1)]?.(number) ?? "";
        return oneof({ weight: 5, arbitrary: constant(found) }, { weight: 1, arbitrary: oddSegment });
      }),
    ).map((filled) => `/${filled.join("/")}`),
  );
}

/** A path written another way, or one that is none. */
export const disguise: Arbitrary<(path: string) => string> = constantFrom<((path: string) => string)[]>(
  (path) => `${path}/`,
  (path) => `/${path}`,
  (path) => path.replaceAll("/", "//"),
  (path) => `/.${path}`,
  (path) => `/x/..${path}`,
  (path) => `/%2e%2e${path}`,
  (path) => path.replace("/v1", "/V1"),
  (path) => path.replace("/v1", "/%761"),
  (path) => path.replaceAll("/", "%2F"),
  (path) => path.replaceAll("/", "\\"),
  (path) => `${path};x=1`,
  (path) => `${path}%00`,
  (path) => `${path}.json`,
  (path) => `${path}/nothing`,
  (path) => `http://127.0.0.1${path}`,
  (path) => path.slice(1),
  () => "*",
  () => "/",
  () => "//",
  () => "/v1",
  () => "/v1/",
);
