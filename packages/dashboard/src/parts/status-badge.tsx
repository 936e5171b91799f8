import type { Connection, DeliveryState, Status, TunnelState } from "@vpn-broker/client";
import { texts } from "../texts.ts";

const marks: Readonly<Record<Status, string>> = {
  accepted: "○",
  queued: "◷",
  creating: "◔",
  provisioning: "◑",
  succeeded: "●",
  failed: "✕",
  canceled: "⊘",
  unknown: "?",
};

/** A status in a word, with a mark and a colour beside it. */
export function StatusBadge({ status }: { status: Status }) {
  return <Badge kind={status} mark={marks[status]} text={texts.statuses[status]} />;
}

const tunnelMarks: Readonly<Record<TunnelState, [kind: string, mark: string]>> = {
  up: ["succeeded", "●"],
  negotiating: ["provisioning", "◑"],
  down: ["failed", "✕"],
  unknown: ["queued", "?"],
};

export function TunnelBadge({ state, name }: { state: TunnelState; name?: string }) {
  const [kind, mark] = tunnelMarks[state];
  const word = texts.tunnelStates[state];
  return <Badge kind={kind} mark={mark} text={name === undefined ? word : texts.tunnels.named(name, word)} />;
}

/** The tunnels of a connection that is there and carries nothing: success is not yet a tunnel. */
export function TroubledTunnels({ connection: { status, tunnels, request } }: { connection: Connection }) {
  if (status !== "succeeded") return null;
  return (
    <>
      {tunnels.map(({ state }, index) => {
        const name = request.tunnels[index]?.role ?? texts.tunnels.one(index + 1);
        return state === "up" ? null : <TunnelBadge key={index} state={state} name={name} />;
      })}
    </>
  );
}

const deliveryMarks: Readonly<Record<DeliveryState | "failing", [kind: string, mark: string]>> = {
  delivered: ["succeeded", "●"],
  pending: ["provisioning", "◑"],
  failing: ["failed", "✕"],
  exhausted: ["failed", "✕"],
};

export function DeliveryBadge({ state }: { state: DeliveryState | "failing" }) {
  const [kind, mark] = deliveryMarks[state];
  return <Badge kind={kind} mark={mark} text={texts.deliveryStates[state]} />;
}

function Badge({ kind, mark, text }: { kind: string; mark: string; text: string }) {
  return (
    <span class={`badge is-${kind}`}>
      <span aria-hidden="true">{mark}</span> {text}
    </span>
  );
}
