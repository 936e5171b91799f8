import { effect, signal } from "@preact/signals";
import type { Connection, ListConnectionsQuery } from "@vpn-broker/client";
import { holder } from "../app/session.ts";
import type { ActionName } from "./action.ts";

/** What somebody wants done: to these requests, or to all that a filter lets through. */
export interface Ask {
  action: ActionName;
  connections?: readonly Connection[];
  query?: ListConnectionsQuery;
}

export const asked = signal<Ask | undefined>(undefined);
effect(() => {
  // It was the key's wish that is gone.
  if (!holder.value) asked.value = undefined;
});

/** Opens the preview: nothing is done before it is confirmed there. */
export function ask(what: Ask): void {
  asked.value = what;
}
