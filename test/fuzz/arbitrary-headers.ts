import { type Arbitrary, array, constant, constantFrom, integer, oneof, string, tuple } from "fast-check";

type Header = readonly [name: string, value: string];

/** Who asks, and as whom; most of the time somebody who may do everything. */
export const authorization: Arbitrary<Header[]> = oneof(
  { weight: 40, arbitrary: constant([["Authorization", "Bearer {key:wide}"]] satisfies Header[]) },
  { weight: 3, arbitrary: constant<Header[]>([["Authorization", "Bearer {key:slow}"]]) },
  {
    weight: 6,
    arbitrary: constantFrom("reader", "writer", "stranger", "admin", "revoked").map((name): Header[] => [
      ["Authorization", `Bearer {key:${name}}`],
    ]),
  },
  {
    weight: 2,
    arbitrary: constantFrom(
      "",
      "Bearer",
      "Bearer ",
      "bearer {key:wide}",
      "Bearer  {key:wide}",
      "Bearer\t{key:wide}",
      "Bearer {key:wide} ",
      "Bearer {key:wide} x",
      "Bearer {key:wide}\u00a0",
      "Basic {key:wide}",
      "{key:wide}",
      "Bearer vpb_",
      "Bearer \u00e9",
      `Bearer ${"x".repeat(200)}`,
      `Bearer ${"x".repeat(8000)}`,
    ).map((value): Header[] => [["Authorization", value]]),
  },
  { weight: 1, arbitrary: constant<Header[]>([]) },
  {
    weight: 1,
    arbitrary: constant<Header[]>([
      ["Authorization", "Bearer {key:wide}"],
      ["authorization", "Bearer vpb_second"],
    ]),
  },
);

/** Headers that the API reads, that a browser or a proxy sends, and values that they should not have. */
const values: Readonly<Record<string, readonly string[]>> = {
  "If-Match": ["*", '"1"', '"4"', 'W/"4"', '"999999999999"', "4", '""', "*, *", '"1", "2"'],
  "If-None-Match": ["*", '"1"', '"4"', '"5"', '"6"', 'W/"7"', '"8"', "x", '"-1"'],
  "Idempotency-Key": [
    "again-1",
    "again-2",
    "again-3",
    "",
    "a b",
    "\u00e9",
    "x".repeat(64),
    "x".repeat(65),
    "__proto__",
    '"again-1"',
    '"again-2',
    "again-1, again-2",
  ],
  Accept: ["application/json", "text/html", "*/*", "", ";q=", "application/json;q=0", "a/b;q=2;;=,", ",".repeat(2000)],
  "Content-Encoding": ["gzip", "identity", "br, gzip", "\u0001"],
  "Accept-Encoding": ["gzip", "*;q=0"],
  "Content-Type": ["text/plain", "application/json; charset=utf-16", "application/JSON", "application/json;", "", "a"],
  Origin: ["https://evil.example", "null"],
  "Access-Control-Request-Method": ["DELETE"],
  Cookie: ["a=b; __proto__=1", "=;;"],
  Range: ["bytes=0-1", "bytes=-"],
  Expect: ["100-continue", "odd"],
  Upgrade: ["websocket", "h2c"],
  "X-Forwarded-For": ["10.0.0.1", "' OR 1=1"],
  "X-Forwarded-Host": ["evil.example"],
  "X-HTTP-Method-Override": ["DELETE"],
  "X-Request-Id": ["mine", "x".repeat(3000)],
  "If-Modified-Since": ["Thu, 01 Jan 2099 00:00:00 GMT", "x"],
  Connection: ["close", "keep-alive", "X-Request-Id"],
  TE: ["trailers"],
  "X-Odd": ["\u0000", "\u007f", "\u00ff\u00fe", "x".repeat(9000), "x".repeat(20_000), "a\r\n b"],
  __proto__: ["x"],
  constructor: ["x"],
};

const one: Arbitrary<Header> = constantFrom(...Object.keys(values)).chain((name) =>
  oneof(
    { weight: 5, arbitrary: constantFrom(...(values[name] ?? [])) },
    { weight: 1, arbitrary: string({ unit: "grapheme-ascii", maxLength: 30 }) },
  ).map((value): Header => [name, value]),
);

export const oddHeaders: Arbitrary<Header[]> = oneof(
  { weight: 3, arbitrary: constant<Header[]>([]) },
  { weight: 2, arbitrary: array(one, { minLength: 1, maxLength: 3 }) },
);

/** A revision that the caller knows, perhaps the present one; and something else now and then. */
export const ifNoneMatch: Arbitrary<Header[]> = oneof(
  integer({ min: 3, max: 7 }).map((revision): Header[] => [["If-None-Match", `"${revision}"`]]),
  oddHeaders,
);

/** What a body is said to be: mostly what it is. */
export const contentType: Arbitrary<Header[]> = oneof(
  { weight: 12, arbitrary: constant<Header[]>([["Content-Type", "application/json"]]) },
  {
    weight: 1,
    arbitrary: tuple(
      constantFrom("text/plain", "application/xml", "multipart/form-data; boundary=x", "application/jsonp", "json", ""),
    ).map(([value]): Header[] => [["Content-Type", value]]),
  },
  { weight: 1, arbitrary: constant<Header[]>([]) },
);
