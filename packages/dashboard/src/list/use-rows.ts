import { type ReadonlySignal, useSignal } from "@preact/signals";
import { type Connection, isFinal, type ListConnectionsQuery, type VpnBrokerError } from "@vpn-broker/client";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { untilDue } from "../api/live.ts";
import { noteAnswer, noteFailure } from "../api/reach.ts";
import { scrolledBefore } from "../app/router.ts";
import { api, holder } from "../app/session.ts";
import { appendRows, releaseRows, renewRows, type Rows } from "./merge-rows.ts";

export interface Listing {
  rows: Rows | undefined;
  error: VpnBrokerError | undefined;
  isLoadingMore: boolean;
}

const pageSize = 50;
const seconds = 5;
/** Of the unfinished rows that a first page does not have, so many are asked for each time. */
const maxSingles = 20;

/** The list that was read last, and how far: who comes back finds it so. */
let left: { question: string; keyId: string; rows: Rows; scrolled: number } | undefined;

/** The rows of a list, renewed while somebody looks; the reader decides when others come. */
export function useRows(query: ListConnectionsQuery, question: string) {
  const keyId = holder.value?.id;
  const known = left?.question === question && left.keyId === keyId ? left : undefined;
  const listing = useSignal<Listing>({ rows: known?.rows, error: undefined, isLoadingMore: false });
  useLayoutEffect(() => {
    scrollTo(0, known?.scrolled ?? 0);
  }, []);
  const asked = useRef(question);
  const change = (part: Partial<Listing>) => {
    listing.value = { ...listing.peek(), ...part };
  };
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    if (asked.current !== question) change({ rows: undefined, error: undefined });
    asked.current = question;
    async function renew() {
      const page = await api().listPage({ ...query, limit: pageSize }, { signal });
      const { rows } = listing.peek();
      if (!rows)
        return change({ rows: { shown: page.items, held: [], nextCursor: page.nextCursor }, error: undefined });
      const singles = await readSingles(rows.shown, page.items, signal);
      const { rows: current } = listing.peek();
      if (current) change({ rows: renewRows(current, [...page.items, ...singles]), error: undefined });
    }
    async function run() {
      while (!signal.aborted) {
        try {
          await renew();
          if (!signal.aborted) noteAnswer();
        } catch (error) {
          if (signal.aborted) return;
          change({ error: noteFailure(error) });
        }
        await untilDue(seconds * 1000, signal);
      }
    }
    void run();
    return () => {
      controller.abort();
      const { rows } = listing.peek();
      // Whoever signs in next has no part in it.
      left =
        rows && keyId !== undefined && holder.peek()
          ? { question, keyId, rows, scrolled: scrolledBefore() }
          : undefined;
    };
  }, [question]);

  async function loadMore() {
    const { rows } = listing.peek();
    if (rows?.nextCursor === undefined) return;
    change({ isLoadingMore: true });
    try {
      const page = await api().listPage({ ...query, limit: pageSize, cursor: rows.nextCursor });
      const { rows: current } = listing.peek();
      // Another list by now?
      if (current?.nextCursor === rows.nextCursor) change({ rows: appendRows(current, page.items, page.nextCursor) });
    } catch (error) {
      change({ error: noteFailure(error) });
    }
    change({ isLoadingMore: false });
  }

  function release() {
    const { rows } = listing.peek();
    if (rows) change({ rows: releaseRows(rows, query.status) });
  }
  return { listing: listing as ReadonlySignal<Listing>, loadMore, release };
}

/** How shown requests are that can still change and that the page does not tell of. */
async function readSingles(
  shown: readonly Connection[],
  page: readonly Connection[],
  signal: AbortSignal,
): Promise<Connection[]> {
  const isTold = new Set(page.map(({ id }) => id));
  const missing = shown.filter((row) => !isFinal(row) && !isTold.has(row.id)).slice(0, maxSingles);
  return Promise.all(missing.map(({ id }) => api().get(id, { signal })));
}
