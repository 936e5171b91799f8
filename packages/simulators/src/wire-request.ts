import type { ProviderCall, VendorAnswer } from "./vendor-call.ts";

/** An HTTP request as its sender signed it: nothing decoded, no header merged away. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  /** The query as sent, without the question mark. */
  readonly query: string;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** A request that got past signature and encoding, or the answer that turns it away. */
export type Admission = { readonly call: ProviderCall } | { readonly refusal: VendorAnswer; readonly action: string };

/** Decides on the signature of a request and decodes it; the one thing that differs per vendor. */
export type Admit = (request: WireRequest) => Admission;

/** Names and values of `a=1&b=2`, decoded, in the order in which they were sent. */
export function decodePairs(text: string): [name: string, value: string][] {
  return [...new URLSearchParams(text)];
}
