import type { Connection } from "@vpn-broker/client";
import { CopyableId } from "../parts/copy-button.tsx";
import { texts } from "../texts.ts";
import { Sentence } from "../time/sentence.tsx";
import { Time } from "../time/time.tsx";
import { QueueNotice } from "./queue-notice.tsx";

/** Why it is not well, and what to do: at its end by its error, before that by what stands in the way. */
export function Trouble({ connection }: { connection: Connection }) {
  const { status, error, providerProblem, warnings, queue } = connection;
  const isCanceled = status === "canceled";
  return (
    <>
      {error ? (
        <div class={`notice ${isCanceled ? "" : "is-failed"}`}>
          <p>
            <strong>
              <code>{error.code}</code>
            </strong>{" "}
            <Sentence text={error.message} />
          </p>
          <p>
            <strong>{texts.request.advice}</strong> <Sentence text={error.advice} />
          </p>
          <VendorSaid code={error.providerCode} requestId={error.providerRequestId} />
          {error.retryable || isCanceled ? null : <p class="soft">{texts.request.notRetryable}</p>}
        </div>
      ) : null}
      {providerProblem ? (
        <div class="notice is-unknown">
          <p>
            <strong>{texts.request.inTheWay}</strong> <code>{providerProblem.action}</code>:{" "}
            {texts.errorClasses[providerProblem.class]}, {texts.request.timesSince(providerProblem.count)}{" "}
            <Time at={providerProblem.since} />
          </p>
          <p>
            <strong>{texts.request.advice}</strong> <Sentence text={providerProblem.advice} />
          </p>
          <VendorSaid code={providerProblem.code} requestId={providerProblem.requestId} />
        </div>
      ) : null}
      {queue ? <QueueNotice connection={connection} queue={queue} /> : null}
      {warnings.length > 0 ? (
        <div class="notice is-unknown">
          <p>
            <strong>{texts.request.warnings}</strong>
          </p>
          <ul>
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  );
}

function VendorSaid({ code, requestId }: { code: string | undefined; requestId: string | undefined }) {
  if (code === undefined && requestId === undefined) return null;
  return (
    <p class="soft">
      {code === undefined ? null : (
        <>
          {texts.request.vendorCode} <code>{code}</code>{" "}
        </>
      )}
      {requestId === undefined ? null : (
        <>
          {texts.timeline.vendorRequest} <CopyableId text={requestId} name={texts.timeline.vendorRequest} />
        </>
      )}
    </p>
  );
}
