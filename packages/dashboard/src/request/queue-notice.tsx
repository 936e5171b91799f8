import type { Connection } from "@vpn-broker/client";
import { usePoll } from "../api/use-poll.ts";
import { wholeReach } from "../app/reach-of-key.ts";
import { toRequest } from "../app/route.ts";
import { api } from "../app/session.ts";
import { StatusBadge } from "../parts/status-badge.tsx";
import { texts } from "../texts.ts";
import { Took } from "../time/time.tsx";

interface Props {
  connection: Connection;
  queue: NonNullable<Connection["queue"]>;
}

/** Who is at work on the gateway that a request waits for, as far as the key may know, and its place. */
export function QueueNotice({ connection: { provider, region, vpnGatewayId }, queue: { position, ahead } }: Props) {
  const { data } = usePoll(
    (signal) =>
      api().listPage(
        { ...wholeReach.value, provider, region, vpnGatewayId, status: ["creating", "provisioning"], limit: 3 },
        { signal },
      ),
    { question: vpnGatewayId, renewal: ahead, seconds: 15 },
  ).value;
  const place = texts.list.queue(position, ahead);
  const atWork = data?.items ?? [];
  if (place === "" && atWork.length === 0) return null;
  return (
    <div class="notice">
      {atWork.map(({ id, name, status, createdAt }) => (
        <p key={id}>
          {texts.request.atWork} <a href={toRequest(id)}>{name}</a> <StatusBadge status={status} />{" "}
          <Took from={createdAt} />
        </p>
      ))}
      {place}
    </div>
  );
}
