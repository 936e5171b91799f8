import type { Stats, Status } from "@vpn-broker/client";
import { statuses } from "../api/values.ts";
import { texts } from "../texts.ts";
import { toList } from "./whose.ts";

/** How many requests are at each status: the unfinished ones now, the others by how they ended within the window. */
export function Counts({ stats }: { stats: Stats }) {
  const ended: Partial<Record<Status, number>> = stats.ended;
  return (
    <ul class="counts" aria-label={texts.overview.counts}>
      {statuses.map((status) => {
        const count = ended[status] ?? stats.unfinished.byStatus[status] ?? 0;
        return (
          <li key={status}>
            <a class={`count is-${status} ${count === 0 ? "is-none" : ""}`} href={toList({ status: [status] })}>
              <span class="count-number">{count}</span>
              <span>{texts.statuses[status]}</span>
              <span class="soft">
                {status in ended ? texts.overview.inWindow(stats.window) : texts.overview.rightNow}
              </span>
            </a>
          </li>
        );
      })}
    </ul>
  );
}
