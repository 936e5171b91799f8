import type { ComponentChildren } from "preact";
import { DataTable } from "../parts/data-table.tsx";
import { Scroll } from "../parts/scroll.tsx";
import { texts } from "../texts.ts";
import { Time } from "../time/time.tsx";
import type { Bucket } from "./chart-scale.ts";

interface Props {
  title: string;
  /** What the drawing shows, in a sentence. */
  summary: string;
  /** What its upper edge stands for. */
  max: string;
  series: readonly Bucket[];
  /** Shapes in a drawing of 1000 by 100. */
  children: ComponentChildren;
  columns: readonly string[];
  row: (bucket: Bucket) => readonly (string | number)[];
}

/** A drawing over time; its caption says in a sentence what it shows, and its numbers are behind it. */
export function Chart({ title, summary, max, series, children, columns, row }: Props) {
  const [first] = series;
  return (
    <figure class="chart">
      <figcaption>
        <strong>{title}</strong> <span class="soft">{summary}</span>
      </figcaption>
      {first ? (
        <>
          <div class="plot">
            <span class="soft y-max">{max}</span>
            <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
              <line class="grid" x1="0" x2="1000" y1="0.5" y2="0.5" />
              <line class="grid" x1="0" x2="1000" y1="50" y2="50" />
              <line class="grid" x1="0" x2="1000" y1="99.5" y2="99.5" />
              {children}
            </svg>
          </div>
          <div class="x-axis soft">
            <Time at={first.from} />
            <span>{texts.time.now}</span>
          </div>
        </>
      ) : null}
      <details>
        <summary>
          {texts.charts.table}
          <span class="visually-hidden"> {title}</span>
        </summary>
        <Scroll name={texts.charts.tableOf(title)}>
          <DataTable
            caption={title}
            columns={[{ name: texts.charts.from }, ...columns.map((name) => ({ name, isNumber: true }))]}
            rows={series.map((bucket) => ({
              key: bucket.from,
              cells: [<Time at={bucket.from} />, ...row(bucket)],
            }))}
          />
        </Scroll>
      </details>
    </figure>
  );
}

/** A line through points, in parts of the drawing; a single point is a short line. */
export function Lines({ lines, kind }: { lines: readonly { x: number; y: number }[][]; kind: string }) {
  return (
    <>
      {lines.map((points) => {
        const [first] = points;
        if (!first) return null;
        const drawn =
          points.length > 1
            ? points
            : [
                { ...first, x: first.x - 0.006 },
                { ...first, x: first.x + 0.006 },
              ];
        return (
          <polyline
            key={first.x}
            class={`line is-${kind}`}
            points={drawn.map(({ x, y }) => `${(x * 1000).toFixed(1)},${(y * 98 + 1).toFixed(1)}`).join(" ")}
          />
        );
      })}
    </>
  );
}
