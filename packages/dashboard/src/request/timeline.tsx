import { useSignal } from "@preact/signals";
import type { TimelineEvent } from "@vpn-broker/client";
import { Scroll } from "../parts/scroll.tsx";
import { texts } from "../texts.ts";
import { formatDuration } from "../time/format-time.ts";
import { now } from "../time/now.ts";
import { Time } from "../time/time.tsx";
import { EventText } from "./event-text.tsx";
import type { Gap } from "./time-scale.ts";
import { hasFailed, layOut, type Line } from "./waterfall.ts";

/** Everything that happened, oldest first, each drawn where and as long as it was. */
export function Timeline({ events, isOver }: { events: readonly TimelineEvent[]; isOver: boolean }) {
  const isFailedOnly = useSignal(false);
  const failed = events.filter(hasFailed).length;
  const { lines, gaps } = layOut(events, isOver ? 0 : now.value);
  const shown = isFailedOnly.value ? lines.filter((line) => line.isFailed) : lines;
  return (
    <section aria-labelledby="timeline-title">
      <div class="section-head">
        <h2 id="timeline-title">{texts.timeline.title}</h2>
        <span class={failed > 0 ? "problem" : "soft"}>{texts.timeline.failed(failed)}</span>
        <label class="check">
          <input
            type="checkbox"
            checked={isFailedOnly.value}
            onChange={({ currentTarget }) => {
              isFailedOnly.value = currentTarget.checked;
            }}
          />{" "}
          {texts.timeline.failedOnly}
        </label>
        <Legend />
      </div>
      {shown.length === 0 ? (
        <p class="soft">{texts.timeline.nothingFailed}</p>
      ) : (
        <Scroll name={texts.timeline.caption}>
          <table class="timeline">
            <caption class="visually-hidden">{texts.timeline.caption}</caption>
            <thead>
              <tr>
                <th scope="col">{texts.timeline.columns.at}</th>
                <th scope="col">{texts.timeline.columns.what}</th>
                <th scope="col" class="bar-head from-700">
                  <span class="visually-hidden">{texts.timeline.columns.bar}</span>
                  <Gaps gaps={gaps} />
                </th>
                <th scope="col" class="number">
                  {texts.timeline.columns.took}
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((line, index) => (
                <Row key={`${line.event.type} ${line.event.at} ${index}`} line={line} gaps={gaps} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}

function Row({ line, gaps }: { line: Line; gaps: readonly Gap[] }) {
  const { event, kind, isFailed, from, until } = line;
  return (
    <tr class={`${isFailed ? "is-failed" : ""} is-${event.type}`}>
      <td>
        <Time at={event.at} />
      </td>
      <td>
        <EventText event={event} />
        <div class="until-700">
          <Bar line={line} gaps={gaps} />
        </div>
      </td>
      <td class="bar-cell from-700">
        <Bar line={line} gaps={gaps} />
      </td>
      <td class="number">{kind === "moment" ? "" : formatDuration(tookSeconds(event, from, until))}</td>
    </tr>
  );
}

/** Of a call that was repeated its last duration, not the time over which it was. */
function tookSeconds(event: TimelineEvent, from: number, until: number): number {
  return event.type === "vendor_call" ? event.durationMilliseconds / 1000 : (until - from) / 1000;
}

function Bar({ line: { event, kind, isFailed, left, width }, gaps }: { line: Line; gaps: readonly Gap[] }) {
  // What was repeated did not take all of the time.
  const isThin = kind === "waiting" || (event.type === "vendor_call" && event.count > 1);
  return (
    <svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
      {gaps.map((gap) => (
        <rect key={gap.left} class="bar-gap" x={gap.left * 1000} width={gap.width * 1000} y="0" height="10" />
      ))}
      <rect
        class={`bar-${kind} ${isFailed ? "is-failed" : ""}`}
        x={left * 1000}
        width={width * 1000}
        y={isThin ? 3.5 : 1}
        height={isThin ? 3 : 8}
      />
    </svg>
  );
}

/** Says over the drawing which stretches are shorter than they were. */
function Gaps({ gaps }: { gaps: readonly Gap[] }) {
  return (
    <span class="gaps">
      {gaps.map(({ left, width, seconds }) => (
        <span key={left} class="gap" style={{ left: `${left * 100}%`, width: `${width * 100}%` }}>
          <span class="visually-hidden">{texts.timeline.gap} </span>… {formatDuration(seconds)} …
        </span>
      ))}
    </span>
  );
}

function Legend() {
  return (
    <ul class="legend" aria-label={texts.timeline.legend.title}>
      <li class="key-working">{texts.timeline.legend.working}</li>
      <li class="key-waiting">{texts.timeline.legend.waiting}</li>
      <li class="key-call">{texts.timeline.legend.call}</li>
      <li class="key-gap">{texts.timeline.legend.gap}</li>
    </ul>
  );
}
