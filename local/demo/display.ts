import type { WriteStream } from "node:tty";
import type { Watched } from "./follow.ts";

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const marks: Partial<Record<string, string>> = { succeeded: "✔", failed: "✘", unknown: "?", canceled: "-" };
const refreshMilliseconds = 120;

/** Seconds with one decimal, of a connection that goes on or has ended. */
export function elapsed({ startedAt, endedAt }: Watched): string {
  return `${(((endedAt ?? Date.now()) - startedAt) / 1000).toFixed(1)} s`;
}

function toLine(watched: Watched, frame: number): string {
  const { provider, name, status, statusReason } = watched.resource;
  const mark = marks[status] ?? frames[frame % frames.length];
  const polls = `${watched.polls} ${watched.polls === 1 ? "poll" : "polls"}`;
  return [
    `  ${mark} ${provider.padEnd(8)}`,
    name.padEnd(10),
    status.padEnd(13),
    elapsed(watched).padStart(7),
    polls.padStart(9),
    ` ${statusReason}`,
  ].join(" ");
}

/** Shows one line per connection: in place on a terminal, elsewhere a line whenever a status changes. */
export function showProgress(all: readonly Watched[], output: WriteStream): { stop: () => void } {
  let frame = 0;
  let drawn = 0;
  const told = new Map<string, string>();

  function draw(): void {
    if (output.isTTY) {
      const width = output.columns || 80;
      const lines = all.map((watched) => toLine(watched, frame).slice(0, width - 1));
      output.write(`${drawn > 0 ? `\u001b[${drawn}A` : ""}${lines.map((line) => `\u001b[2K${line}\n`).join("")}`);
      drawn = lines.length;
      frame += 1;
      return;
    }
    for (const watched of all) {
      const { id, status } = watched.resource;
      if (told.get(id) === status) continue;
      told.set(id, status);
      output.write(`${toLine(watched, 0)}\n`);
    }
  }

  draw();
  const timer = setInterval(draw, refreshMilliseconds);
  return {
    stop() {
      clearInterval(timer);
      draw();
    },
  };
}
