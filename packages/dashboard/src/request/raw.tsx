import type { Connection, TimelineEvent } from "@vpn-broker/client";
import { CopyButton } from "../parts/copy-button.tsx";
import { texts } from "../texts.ts";

/** What the API answered, as it stands. */
export function Raw({ connection, events }: { connection: Connection; events: readonly TimelineEvent[] }) {
  return (
    <section>
      <RawText title={texts.raw.resource} value={connection} />
      <RawText title={texts.raw.events} value={events} />
    </section>
  );
}

function RawText({ title, value }: { title: string; value: unknown }) {
  const text = JSON.stringify(value, null, 2);
  return (
    <details>
      <summary>{title}</summary>
      <CopyButton text={text} name={title} />
      <pre tabIndex={0} aria-label={title}>
        {text}
      </pre>
    </details>
  );
}
