import type { ConnectionRecord } from "../../domain/record/connection-record.ts";
import { giveTurnBack } from "../../domain/record/give-turn-back.ts";
import { parseTurnName } from "../../domain/record/turn-name.ts";
import { mayHaveConnection, queuedAt, toGatewayKey } from "../../domain/record/turn.ts";
import { StepError, type StepErrorName } from "../../domain/step-error.ts";
import { learn, loadRun, requireTime } from "../run.ts";
import { requireTurn, type TurnDeps } from "../take-turn.ts";

/** What giving a turn back needs. */
export interface OwnTurnDeps extends TurnDeps {
  timeScale: number;
}

/** The vendor is out of reach, or says not now. */
const outOfReach: ReadonlySet<StepErrorName> = new Set(["ProviderUnavailable", "Throttled"]);

/**
 * Carries that out under the gateway's turn. A vendor that is out of reach, or says no, keeps the gateway from nobody: the
 * turn is given back while nothing of the request can be at the vendor, and taken again before it is asked again.
 *
 *   has the turn ── asked in vain ──▶ given back ── pause, then in its place of the queue ──▶ has the turn, by another name
 *
 * What is written of giving it back, and the intent of a create, are saves of one record: only one of the two succeeds.
 */
export async function inOwnTurn<Result>(
  deps: OwnTurnDeps,
  record: ConnectionRecord,
  act: () => Promise<Result>,
): Promise<Result> {
  await retakeTurn(deps, record);
  try {
    return await act();
  } catch (error) {
    if (error instanceof StepError && outOfReach.has(error.name)) await backFrom(deps, record);
    throw error;
  }
}

/** A request that gave its turn back has it again, or is not done anything for. */
async function retakeTurn(deps: OwnTurnDeps, record: ConnectionRecord): Promise<void> {
  if (!record.givenBack || mayHaveConnection(record)) return;
  requireTime(deps, record);
  const due = queuedAt(record);
  if (deps.clock.now() < new Date(due)) throw new StepError("ProviderUnavailable", `not asked again before ${due}`);
  await requireTurn(deps, record);
}

/** Unless something may be at the vendor by now, or another invocation has given back the very same turn. */
async function backFrom(deps: OwnTurnDeps, { id, generation, request, givenBack }: ConnectionRecord): Promise<void> {
  const record = await loadRun(deps, { id, generation });
  const isOurs = (current: ConnectionRecord) =>
    !mayHaveConnection(current) && current.givenBack?.times === givenBack?.times;
  if (!isOurs(record)) return;
  const [name = ""] = await deps.turns.holders(toGatewayKey(request));
  const holder = parseTurnName(name);
  const failures = holder.id === id ? holder.failures + 1 : 1;
  const back = { failures, timeScale: deps.timeScale };
  await learn({ deps, record }, (current, now) => (isOurs(current) ? giveTurnBack(current, now, back) : current));
}
