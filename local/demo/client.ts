import type { TimelineEvent } from "../../functions/domain/record/connection-record.ts";
import { isFinal } from "../../functions/domain/record/status.ts";
import type { ConnectionResource } from "../../functions/domain/record/to-resource.ts";
import type { CreateRequest } from "../../functions/domain/request/create-request.ts";

/** What the display shows of one connection. */
export interface Watched {
  resource: ConnectionResource;
  polls: number;
  startedAt: number;
  endedAt?: number;
}

/** A caller of the API, as another team's service would be. */
export function createClient(baseUrl: string, apiKey: string) {
  async function call(path: string, init: RequestInit = {}, etag = "") {
    const headers = new Headers({ authorization: `Bearer ${apiKey}`, "content-type": "application/json" });
    if (etag) headers.set("if-none-match", etag);
    const response = await fetch(`${baseUrl}${path}`, { ...init, headers });
    const body: unknown = response.status === 304 ? undefined : await response.json();
    if (response.status >= 400) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(body)}`);
    return { status: response.status, etag: response.headers.get("etag") ?? "", body };
  }

  return {
    async submit(request: CreateRequest): Promise<Watched> {
      const { body } = await call("/v1/vpn-connections", {
        method: "POST",
        body: JSON.stringify(request),
      });
      return { resource: body as ConnectionResource, polls: 0, startedAt: Date.now() };
    },

    /** Follows a request to its end, keeping `watched` up to date. */
    async follow(watched: Watched, signal: AbortSignal): Promise<void> {
      const path = `/v1/vpn-connections/${watched.resource.id}`;
      let etag = "";
      while (!signal.aborted) {
        const answer = await call(`${path}?wait=1`, { signal }, etag);
        const events = await call(`${path}/events`, { signal });
        watched.polls = countPolls((events.body as { items: TimelineEvent[] }).items);
        if (answer.status === 200) watched.resource = answer.body as ConnectionResource;
        etag = answer.etag;
        if (isFinal(watched.resource.status)) {
          watched.endedAt = Date.now();
          return;
        }
      }
    },
  };
}

/** How often the vendor was asked how far it is: each look makes its first call once. */
function countPolls(events: readonly TimelineEvent[]): number {
  const since = events.findLastIndex((event) => event.type === "status" && event.status === "provisioning");
  const looks = events.flatMap((event, index) => (index > since && event.type === "vendor_call" ? [event] : []));
  return since === -1 ? 0 : (looks[0]?.count ?? 0);
}
