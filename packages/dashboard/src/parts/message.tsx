import type { VpnBrokerError } from "@vpn-broker/client";
import type { ComponentChildren } from "preact";
import { texts } from "../texts.ts";

/** Says that there is nothing, and what to do about it. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}

/** What the API answered instead, with the id by which its operators find the call. */
export function Problem({ error }: { error: VpnBrokerError }) {
  return (
    <div class="notice is-failed" role="alert">
      <p>
        <strong>{texts.problems.title}</strong> {error.errors?.map(({ detail }) => detail).join("; ") ?? error.message}
      </p>
      <p>{texts.problems.advice(error.code)}</p>
      {error.requestId === undefined ? null : (
        <p class="soft">
          {texts.problems.requestId} <code>{error.requestId}</code>
        </p>
      )}
    </div>
  );
}

export function Loading() {
  return <output class="soft block">{texts.loading}</output>;
}
