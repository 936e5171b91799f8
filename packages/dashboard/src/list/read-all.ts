import type { Connection, ListConnectionsQuery } from "@vpn-broker/client";
import { api } from "../app/session.ts";

/** Every request that a list has, a page at a time, up to so many; whether there are more. */
export async function readAll(
  query: ListConnectionsQuery,
  { max, signal, onProgress }: { max: number; signal: AbortSignal; onProgress: (count: number) => void },
): Promise<{ connections: Connection[]; isWhole: boolean }> {
  const connections: Connection[] = [];
  let cursor: string | undefined;
  do {
    const page = await api().listPage(
      { ...query, limit: 100, ...(cursor === undefined ? {} : { cursor }) },
      { signal },
    );
    connections.push(...page.items);
    cursor = page.nextCursor;
    onProgress(Math.min(connections.length, max));
  } while (cursor !== undefined && connections.length < max);
  return { connections: connections.slice(0, max), isWhole: cursor === undefined && connections.length <= max };
}
