import type { Assumptions } from "./assumptions.ts";
import type { Strike, Tape } from "./faults.ts";
import type { Invariant } from "./promises/violation.ts";
import { runSchedule } from "./schedule.ts";
import type { World } from "./world.ts";

/** A schedule that breaks a promise, as data: it can be played again, and kept as a test. */
export interface Case {
  /** The promise that it breaks, where it does. */
  promise: Invariant;
  /** The patch of the mutation gate that takes its mend out; absent = it is not mended. */
  patch?: string;
  seed: number;
  /** Absent = what is assumed. */
  assumptions?: Assumptions;
  world: World;
  tape: Tape;
}

/** Tries of one search, at most. */
const mostTries = 1200;

/**
 * The smallest case found that still breaks the promise: first without what the world need not have, then without each
 * fault that is not needed, the most at once that can be done without.
 */
export async function shrink(found: Case): Promise<Case> {
  let tries = 0;
  const breaks = async ({ promise, patch: _patch, ...options }: Case) => {
    tries += 1;
    if (tries > mostTries) return false;
    const { violation } = await runSchedule({ ...options, only: [promise] });
    return violation !== undefined;
  };
  let smallest = found;
  const attempt = async (smaller: Partial<Case>) => {
    const next = { ...smallest, ...smaller };
    if (!(await breaks(next))) return false;
    smallest = next;
    return true;
  };
  for (const world of simplerWorlds) await attempt({ world: world(smallest.world) });
  for (let size = Math.ceil(smallest.tape.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < smallest.tape.length;) {
      const rest: Strike[] = smallest.tape.toSpliced(from, size);
      if (!(await attempt({ tape: rest }))) from += size;
    }
  }
  for (const world of simplerWorlds) await attempt({ world: world(smallest.world) });
  for (let index = smallest.world.plans.length - 1; index >= 0; index -= 1) {
    // The place of a plan is in the tape: only those at the end can go.
    if (!(await attempt({ world: { ...smallest.world, plans: smallest.world.plans.slice(0, index) } }))) break;
  }
  return smallest;
}

/** The world with one thing less in it. */
const simplerWorlds: readonly ((world: World) => World)[] = [
  ({ outage: _outage, ...world }) => world,
  ({ tableDown: _down, ...world }) => world,
  ({ intervention: _intervention, ...world }) => world,
  (world) => ({ ...world, acts: [] }),
  (world) => ({ ...world, acts: world.acts.slice(0, 1) }),
  (world) => ({ ...world, indexLag: 0 }),
  (world) => ({ ...world, listLag: 0 }),
  (world) => ({ ...world, hasCopies: false, namesKept: "as sent" }),
  (world) => ({ ...world, strangers: 0, hasVersions: false, watchesTunnels: false }),
  (world) => ({ ...world, plans: world.plans.map((plan) => ({ ...plan, cancels: [], redrives: 0 })) }),
  (world) => ({ ...world, plans: world.plans.map((plan) => ({ ...plan, posts: plan.posts.slice(0, 1) })) }),
];
