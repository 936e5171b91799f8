/** What each header means. Read by documents only: no answer is made from it. */
interface HeaderMeaning {
  description: string;
  type: "string" | "integer" | "boolean";
  example: string | number | boolean;
}

export const requestHeaders = {
  "Idempotency-Key": {
    description:
      "The `clientToken` of the body, for clients that keep it in a header: 1 to 64 characters from `!` to `~` without a comma, as they are or in quotes. Where both are given they must be equal; where neither is, the broker makes one.",
    type: "string",
    example: "my-first",
  },
  "If-Match": {
    description:
      "The `ETag` of what was decided on: the call is refused with `conflict` when it has changed since. Absent or `*` = whatever it is by now.",
    type: "string",
    example: '"6"',
  },
  "If-None-Match": {
    description: "The `ETag` that the caller has already: the answer is `304` while it is still the same.",
    type: "string",
    example: '"6"',
  },
} as const satisfies Record<string, HeaderMeaning>;
export type RequestHeader = keyof typeof requestHeaders;

export const answerHeaders = {
  "X-Request-Id": {
    description: "The id of this call, which the broker's log has too, and a problem document as `requestId`.",
    type: "string",
    example: "0f6a7c1e-5d0c-4c0e-9a55-5f3d1c6a7b21",
  },
  RateLimit: {
    description: "How many calls of this API key may follow at once (`r`), and seconds until all may again (`t`).",
    type: "string",
    example: '"key";r=199;t=1',
  },
  "RateLimit-Policy": {
    description: "What this API key may at once (`q`), and seconds in which that fills up again (`w`).",
    type: "string",
    example: '"key";q=200;w=2',
  },
  Location: {
    description: "The path of the resource.",
    type: "string",
    example: "/v1/vpn-connections/k3x5q7mzj2v4wy6abcdefgh2ij",
  },
  "Idempotent-Replayed": {
    description: "There when this `clientToken` was accepted before: the answer is of that request.",
    type: "boolean",
    example: true,
  },
  ETag: {
    description: "Grows with each change: for `If-None-Match` and `If-Match`.",
    type: "string",
    example: '"6"',
  },
  "Retry-After": {
    description: "Whole seconds after which to ask again.",
    type: "integer",
    example: 3,
  },
  "WWW-Authenticate": { description: "What the call lacks.", type: "string", example: "Bearer" },
  Allow: { description: "The methods of this path.", type: "string", example: "GET, POST" },
  Vary: { description: "What the answer depends on.", type: "string", example: "Accept" },
} as const satisfies Record<string, HeaderMeaning>;
export type AnswerHeader = keyof typeof answerHeaders;
