import type { Connection, Status } from "@vpn-broker/client";
import { usePoll } from "../api/use-poll.ts";
import { wholeReach } from "../app/reach-of-key.ts";
import { api } from "../app/session.ts";
import { texts } from "../texts.ts";
import { formatDuration } from "../time/format-time.ts";
import { now } from "../time/now.ts";
import { Time } from "../time/time.tsx";

export const isWaiting = (status: Status): boolean => status === "queued" || status === "accepted";

/** When an unfinished request is likely to end; where nobody knows, how long others take. */
export function Expected({ connection }: { connection: Connection }) {
  const { estimatedCompletionAt: at } = connection;
  // That it has passed is no change that anybody is told of.
  return at !== undefined && Date.parse(at) > now.value ? <Likely at={at} /> : <Overdue connection={connection} />;
}

function Likely({ at }: { at: string }) {
  return (
    <p>
      {texts.request.expected}{" "}
      <strong>
        <Time at={at} />
      </strong>
    </p>
  );
}

function Overdue({ connection: { id, status, provider, region } }: { connection: Connection }) {
  const { data } = usePoll(
    (signal) =>
      Promise.all([api().get(id, { signal }), api().stats({ ...wholeReach.value, window: "24h" }, { signal })]),
    { question: id, seconds: 15 },
  ).value;
  if (!data) return null;
  const [{ estimatedCompletionAt: at }, { regions }] = data;
  if (at !== undefined) return <Likely at={at} />;
  const most = regions.find((one) => one.provider === provider && one.region === region)?.secondsToSuccess?.p95;
  return (
    <p class="notice is-unknown">
      <strong>{isWaiting(status) ? texts.request.overdueAhead : texts.request.overdue}</strong>{" "}
      {most === undefined ? null : texts.request.most(formatDuration(most))}
    </p>
  );
}
