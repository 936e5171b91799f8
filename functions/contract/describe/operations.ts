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
    "Pass `nextCursor` on as `cursor` for the next page, with the same filters: with others it is refused, and the answer says with which it belongs. New requests change nothing behind a cursor. With `tenant=*`, for operators, it is everybody's; what ended `succeeded`, `failed` or `canceled`, a vendor, a region and an error code are then looked for among some hundred requests a page. A page has at most 5 MB, and may be short, or empty, while `nextCursor` is there. To wait for one request, `GET` it with `wait` instead of listing: a list may lag by a second.",
  search:
    "The whole id, not a part of it. Each request is there once, with what of it the id is. Of a VPN gateway the 20 newest requests are found.",
  listAttention:
    "First what only a person can bring to an end (`unknown`, `connection_found`, `webhook_given_up`), then what is in trouble on its way, then what `failed`; each newest first, for all tenants (`tenant=*`) by tenant. Nothing leaves the list by itself but a failed request after 90 days. `groups`, on the first page, has what several requests have in common: a wave of one error code in a region, a host that takes no webhooks, a vendor's region that cannot be read.",
  getStats:
    "From the beginning of the hour in which the window begins. Each end is counted when it comes; what ended before `checkedUntil` was counted anew since. A request that was run again has ended twice. Times are within 4 %. `isWhole` is false where more than 5,000 requests are unfinished, of which then only the first are told.",
  getKey:
    "As this process of the API remembers it: a change of the key or its tenant is seen within a minute, as everywhere. The key itself is in no answer.",
  listEvents:
    "Every change of status, call to the vendor, recovery, look at the tunnels, and attempt to deliver a webhook.",
  cancelConnection:
    "`conflict`, with the reason, once the vendor has been asked, and for one that has ended otherwise. Asked again it answers the same. A `reason` may be given.",
  redriveConnection:
    "What may be at the vendor already is looked for first: no second connection comes of it. The `reason` must be given. One that runs again already is answered as it is. `conflict` for one that `succeeded` or was `canceled`, for one that runs for the first time, and where its create was sent with other credentials than the tenant has now.",
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
