import type { Patch } from "./patch.ts";
import type { Played } from "./play.ts";

/** What became of one patch. */
export interface Outcome {
  area: string;
  patch: Patch;
  played: Played;
  seconds: number;
  /** The first test that failed; absent = none, or none was asked. */
  failingTest?: string;
}

/** The simulation alone kills so many of those that it plays, and that are not argued to be equivalent. */
export const requiredShare = 0.85;

export const survives = ({ played }: Outcome) => played.how === "survived";

/** One line of the table. */
export function tell({ patch, played, seconds, failingTest }: Outcome): string {
  const time = `${seconds.toFixed(1).padStart(6)} s`;
  const tested = failingTest === undefined ? "" : `; test: ${failingTest}`;
  return `${time}  ${patch.id.padEnd(48)} ${describe(played)}${tested}${remark(patch)}`;
}

function remark({ equivalent, unplayed }: Patch): string {
  if (equivalent !== undefined) return " (argued equivalent)";
  return unplayed === undefined ? "" : " (not played)";
}

function describe(played: Played): string {
  switch (played.how) {
    case "survived":
      return `SURVIVED ${played.schedules} schedules`;
    case "killed":
      return `killed by "${played.promise}", seed ${played.seed}, schedule ${played.schedules}`;
    case "hung":
      return "hung: the simulation came to a standstill";
    case "broke off":
      return `broke off: ${played.why}`;
  }
}

interface Count {
  all: number;
  equivalent: number;
  unplayed: number;
  killed: number;
  hung: number;
  brokeOff: number;
  survived: number;
  tested: number;
  unnoticed: number;
}

/** How many of these came to what; those argued to be equivalent, or not played, are counted as that only. */
function count(outcomes: readonly Outcome[]): Count {
  const equivalent = outcomes.filter(({ patch }) => patch.equivalent !== undefined);
  const unplayed = outcomes.filter(({ patch }) => patch.unplayed !== undefined);
  const counted = outcomes.filter(({ patch }) => patch.equivalent === undefined && patch.unplayed === undefined);
  const open = [...counted, ...unplayed].filter((outcome) => survives(outcome));
  const how = (name: Played["how"]) => counted.filter(({ played }) => played.how === name).length;
  return {
    all: outcomes.length,
    equivalent: equivalent.length,
    unplayed: unplayed.length,
    killed: how("killed"),
    hung: how("hung"),
    brokeOff: how("broke off"),
    survived: how("survived"),
    tested: open.filter(({ failingTest }) => failingTest !== undefined).length,
    unnoticed: open.filter(({ failingTest }) => failingTest === undefined).length,
  };
}

/** Which part of those that count the simulation notices: a promise broken, a standstill, a step that breaks. */
export function shareOf(outcomes: readonly Outcome[]): number {
  const { all, equivalent, unplayed, survived } = count(outcomes);
  const counted = all - equivalent - unplayed;
  return (counted - survived) / Math.max(1, counted);
}

const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;

/** A table in Markdown: a row per area, and one of all. */
export function toTable(outcomes: readonly Outcome[], withTests: boolean): string {
  const names = [...new Set(outcomes.map(({ area }) => area))];
  const rows = [
    ...names.map((name) => [name, outcomes.filter(({ area }) => area === name)] as const),
    ["all", outcomes] as const,
  ];
  const heads = [
    "area",
    "patches",
    "equivalent",
    "not played",
    "killed",
    "hung",
    "broke off",
    "survived",
    "by the simulation",
  ];
  const lines = rows.map(([name, some]) => {
    const { all, equivalent, unplayed, killed, hung, brokeOff, survived, tested, unnoticed } = count(some);
    const cells = [name, all, equivalent, unplayed, killed, hung, brokeOff, survived, percent(shareOf(some))];
    return withTests ? [...cells, tested, unnoticed] : cells;
  });
  const table = [withTests ? [...heads, "by tests only", "by nothing"] : heads, ...lines];
  return table
    .flatMap((cells, index) => [toRow(cells), ...(index === 0 ? [toRow(cells.map(() => "---"))] : [])])
    .join("\n");
}

const toRow = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
