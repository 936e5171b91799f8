import type { Stats } from "@vpn-broker/client";
import type { Polled } from "../api/use-poll.ts";
import { Choice } from "../parts/choice.tsx";
import { Loading, Problem } from "../parts/message.tsx";
import { texts } from "../texts.ts";
import { Breakdown } from "./breakdown.tsx";
import { Charts } from "./charts.tsx";
import { Counts } from "./counts.tsx";
import { Queues } from "./queues.tsx";

export const windows = ["1h", "6h", "24h", "7d", "30d"] as const;
type Window = (typeof windows)[number];

interface Props {
  stats: Polled<Stats>;
  window: Window;
  onWindow: (window: Window) => void;
}

/** How things are, and were over the window. */
export function Figures({ stats: { data, error }, window, onWindow }: Props) {
  return (
    <>
      <section aria-labelledby="figures-title">
        <div class="section-head">
          <h2 id="figures-title">{texts.overview.figures}</h2>
          <Choice
            name="window"
            label={texts.overview.window}
            isLabelHidden
            values={windows}
            toText={(one) => texts.overview.windows[one]}
            chosen={window}
            onChoose={onWindow}
          />
        </div>
        {error ? <Problem error={error} /> : null}
        {data ? (
          <>
            <Counts stats={data} />
            <Charts stats={data} />
          </>
        ) : error ? null : (
          <Loading />
        )}
      </section>
      {data ? (
        <>
          <Queues {...data} />
          <Breakdown stats={data} />
        </>
      ) : null}
    </>
  );
}
