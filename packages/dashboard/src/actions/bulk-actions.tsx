import type { ListConnectionsQuery } from "@vpn-broker/client";
import { mayChange } from "../app/reach-of-key.ts";
import { texts } from "../texts.ts";
import { actionNames } from "./action.ts";
import { ask } from "./ask.ts";

/** What can be done to all that the filters let through. */
export function BulkActions({ query }: { query: ListConnectionsQuery }) {
  if (!mayChange.value) return null;
  return (
    <>
      {actionNames.map((action) => (
        <button key={action} type="button" onClick={() => ask({ action, query })}>
          {texts.actions.bulk[action]}
        </button>
      ))}
    </>
  );
}
