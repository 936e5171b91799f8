import type { OperationId } from "../routes.ts";

/** What a summary has no room for. A route without an entry has nothing more to say. */
export const operationDetails: Partial<Record<OperationId, string>> = {
  createConnection:
    "Records the request and answers `202` with its resource; the vendor is called from the queue of the gateway afterwards. Follow it by `GET` with `wait`, or by webhook. The same `clientToken` with the same request is the same answer, now with the current state; with another request it is `idempotency_mismatch`. So a call whose answer was lost is sent again as it is.",
  dryRunConnection:
    "What could not be looked at is in `notChecked`. The vendor is asked with a made-up key; `vendorRequest` shows exactly what would be sent, keys masked. An invalid body is `400` as at the real call, a vendor out of reach `503`.",
  getConnection:
    "With `wait` the answer is held until the `revision` differs from `If-None-Match`, or without that header from the one at arrival; it may come earlier. `Retry-After` is there while the request goes on.",
  listConnections:
    "Pass `nextCursor` on as `cursor` for the next page. A page may be short, or empty, while `nextCursor` is there. To wait for one request, `GET` it with `wait` instead of listing.",
  listEvents:
    "Every change of status, call to the vendor, recovery, look at the tunnels, and attempt to deliver a webhook.",
  cancelConnection: "`conflict` once the vendor has been asked, with the reason.",
  redriveConnection: "What may be at the vendor already is looked for first: no second connection comes of it.",
  resendDelivery:
    "One that waits for its next attempt is sent at once as well; one whose attempt is due or under way is left as it is.",
  revealKeys: "Keys that the caller gave are in no answer.",
  listErrorDocs: "A page for browsers; data for `Accept: application/json`.",
  getErrorDoc: "A page for browsers; data for `Accept: application/json`. The `type` of a problem document leads here.",
  getOpenApi: "With `If-None-Match`: `304` while it is the same.",
  setTenant: "A gateway pattern that names no vendor, or can match nothing, is refused.",
  suspendTenant: "Webhooks of what has ended go on being delivered.",
  revokeKey: "`conflict` for the last admin key that goes on working, unless the body has `force`.",
};
