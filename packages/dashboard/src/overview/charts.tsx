import type { Stats } from "@vpn-broker/client";
import { texts } from "../texts.ts";
import { formatDuration } from "../time/format-time.ts";
import { outcomes, placeBuckets, stack, toLines, toNiceMax, total } from "./chart-scale.ts";
import { Chart, Lines } from "./chart.tsx";
import { percent } from "./percent.ts";

const length = (seconds: number | undefined) => (seconds === undefined ? "–" : formatDuration(seconds));

/** How requests ended over the window, and how long they took. */
export function Charts({ stats: { series, ended, successRate, secondsToSuccess } }: { stats: Stats }) {
  const most = toNiceMax(Math.max(0, ...series.map((bucket) => total(bucket.ended))));
  const longest = Math.max(1, ...series.map((bucket) => bucket.secondsToSuccess?.p95 ?? 0));
  const places = placeBuckets(series);
  return (
    <div class="charts">
      <Chart
        title={texts.charts.throughput}
        summary={texts.charts.throughputSummary(total(ended), ended.failed + ended.unknown)}
        max={String(most)}
        series={series}
        columns={outcomes.map((kind) => texts.statuses[kind])}
        row={(bucket) => outcomes.map((kind) => bucket.ended[kind])}
      >
        {series.map((bucket, index) => {
          const { left = 0, width = 0 } = places[index] ?? {};
          return stack(bucket.ended, most).map(({ kind, y, height }) => (
            <rect
              key={`${bucket.from} ${kind}`}
              class={`fill is-${kind}`}
              x={left * 1000 + width * 80}
              width={width * 840}
              y={y * 100}
              height={height * 100}
            />
          ));
        })}
      </Chart>
      <Chart
        title={texts.charts.successRate}
        summary={texts.charts.successSummary(percent(successRate))}
        max="100 %"
        series={series}
        columns={[texts.charts.successRate]}
        row={(bucket) => [percent(bucket.successRate)]}
      >
        <Lines
          kind="succeeded"
          lines={toLines(
            series.map((bucket) => bucket.successRate),
            1,
          )}
        />
      </Chart>
      <Chart
        title={texts.charts.time}
        summary={texts.charts.timeSummary(length(secondsToSuccess?.p50), length(secondsToSuccess?.p95))}
        max={formatDuration(longest)}
        series={series}
        columns={["p50", "p95"]}
        row={({ secondsToSuccess: took }) => [length(took?.p50), length(took?.p95)]}
      >
        <Lines
          kind="p95"
          lines={toLines(
            series.map((bucket) => bucket.secondsToSuccess?.p95),
            longest,
          )}
        />
        <Lines
          kind="p50"
          lines={toLines(
            series.map((bucket) => bucket.secondsToSuccess?.p50),
            longest,
          )}
        />
      </Chart>
    </div>
  );
}
