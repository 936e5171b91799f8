import { calm, type FaultKind, faultKinds, type Weather } from "./faults.ts";
import type { Random } from "./random.ts";

/** Where the faults of a weather come from. `mixed` is drawn anew in each schedule. */
export const weatherNames = [
  "mixed",
  "calm",
  "processes",
  "vendors",
  "stores",
  "people",
  "neighbours",
  "obstinate",
  "storm",
] as const;
export type WeatherName = (typeof weatherNames)[number];

const intensities = [0.02, 0.05, 0.1, 0.2, 0.4];

/** The share of schedules that have the kind at all, and a factor of its intensity. */
const kinds: Record<FaultKind, { share: number; scale: number }> = {
  crash: { share: 0.4, scale: 0.3 },
  abandoned: { share: 0.35, scale: 0.15 },
  stall: { share: 0.4, scale: 0.3 },
  slow: { share: 0.5, scale: 1.5 },
  table: { share: 0.4, scale: 0.5 },
  workflows: { share: 0.4, scale: 0.5 },
  key: { share: 0.2, scale: 1 },
  credentials: { share: 0.15, scale: 0.5 },
  tenant: { share: 0.2, scale: 0.5 },
  read: { share: 0.45, scale: 1 },
  create: { share: 0.85, scale: 3 },
  throttled: { share: 0.3, scale: 0.5 },
  lost: { share: 0.35, scale: 0.7 },
  twice: { share: 0.4, scale: 0.7 },
  execution: { share: 0.35, scale: 0.5 },
  webhook: { share: 0.3, scale: 0.5 },
};

const processes: readonly FaultKind[] = ["crash", "abandoned", "stall", "throttled", "lost", "twice", "execution"];
const stores: readonly FaultKind[] = ["table", "workflows", "key", "credentials", "tenant", "slow"];
const vendors: readonly FaultKind[] = ["read", "create", "slow", "stall"];
const light: readonly FaultKind[] = ["create", "twice", "slow"];

const always: Record<Exclude<WeatherName, "mixed" | "calm">, readonly FaultKind[]> = {
  processes: [...processes, "create"],
  vendors,
  stores: [...stores, "create"],
  people: light,
  neighbours: ["create", "read", "slow", "table"],
  obstinate: ["create", "read", "slow"],
  storm: faultKinds,
};

/** A vendor that answers the same thing again and again, to creates above all. */
const dogged: Partial<Record<FaultKind, readonly number[]>> = {
  create: [0.6, 0.9, 1],
  read: [0, 0, 0.05, 0.2],
  slow: [0, 0.2, 0.6],
};

/** Enough for some of several requests to end in doubt, and for others to go well. */
const mild: Partial<Record<FaultKind, readonly number[]>> = {
  create: [0, 0.2, 0.5],
  read: [0, 0.05, 0.3],
  slow: [0, 0.2],
  table: [0, 0, 0.02],
};

/**
 * Whole kinds of fault are missing from a schedule of the mixed weather, each by chance, so that every guard is seen
 * alone: where everything goes wrong, one guard hides what another lets through.
 */
export function drawWeather(random: Random, name: WeatherName): Weather {
  if (name === "calm" || (name === "mixed" && random.chance(0.06))) return calm;
  const draw = (kind: FaultKind) => {
    const { share, scale } = kinds[kind];
    const own = name === "obstinate" ? dogged : name === "neighbours" ? mild : undefined;
    const intensity = own ? random.pick(own[kind] ?? [0]) : random.pick(intensities) * scale;
    const has = name === "mixed" ? random.chance(share) : always[name].includes(kind);
    return has ? Math.min(intensity, 0.95) : 0;
  };
  return Object.fromEntries(faultKinds.map((kind) => [kind, draw(kind)])) as Weather;
}
