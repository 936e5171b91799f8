import { gatewayRows, type Turns } from "../domain/ports.ts";
import type { ConnectionRecord } from "../domain/record/connection-record.ts";
import { beginTime } from "../domain/record/deadlines.ts";
import type { Run } from "../domain/record/ids.ts";
import { queue } from "../domain/record/transitions.ts";
import { mayHaveConnection, needsTurn, toGatewayKey } from "../domain/record/turn.ts";
import type { ProviderName } from "../domain/values.ts";
import { type PermissionDeps, requirePermission } from "./require-permission.ts";
import { learn, loadRun, requireTime } from "./run.ts";
import { StepError } from "./step-error.ts";

export interface TurnDeps extends PermissionDeps {
  turns: Turns;
}

export interface TurnTaken {
  /** Whose functions the workflow goes on with. */
  provider: ProviderName;
}

/**
 * Takes the gateway's turn, or throws `GatewayBusy`. Order comes from the index, which may lag; exclusion from the
 * turn's item alone. A holder that needs the turn no more has given it back, also when nobody told the item.
 */
export async function takeTurn(deps: TurnDeps, run: Run): Promise<TurnTaken> {
  const record = await loadRun(deps, run);
  if (!needsTurn(record)) return goOn(deps, record);
  requireTime(deps, record);
  if (!mayHaveConnection(record)) await requirePermission({ deps, record });
  const gateway = toGatewayKey(record.request);
  const before = await requestsBefore(deps, gateway, record.id);
  if (before === undefined) throw new StepError("GatewayBusy", "the index of those who wait lags");
  const turn = before === 0 ? await acquire(deps, gateway, record) : "held";
  if (turn === "taken") return goOn(deps, record);
  await tellPlace(deps, record, turn === "settling" ? 0 : Math.max(before, 1));
  throw new StepError("GatewayBusy", "another request has the gateway's turn");
}

/** From the first turn on, the request's own time counts. */
async function goOn(deps: TurnDeps, record: ConnectionRecord): Promise<TurnTaken> {
  if (record.deadlineAt === undefined) await learn({ deps, record }, beginTime);
  return { provider: record.request.provider };
}

/**
 * How many requests are to go first. Rows of the index whose record is done or gone do not count, at the head; undefined
 * where there are so many that nobody is seen behind them.
 */
async function requestsBefore(deps: TurnDeps, gateway: string, id: string): Promise<number | undefined> {
  const ids = await deps.store.listGateway(gateway, "waiting");
  const place = ids.indexOf(id);
  for (const [index, other] of ids.entries()) {
    if (other === id) return 0;
    const record = await deps.store.get(other);
    if (record && needsTurn(record)) return place === -1 ? ids.length - index : place - index;
  }
  // Not in the index yet: whoever is there already came first, and there is nobody.
  return ids.length < gatewayRows ? 0 : undefined;
}

/**
 * `settling`: the holder needs it no more, but a create of it may still be under way. The holder is named with its generation: a request that was run again must take the turn again, so that a late write
 * which still knows the earlier run cannot pass on what the new one has.
 */
async function acquire(
  deps: TurnDeps,
  gateway: string,
  { id, generation }: ConnectionRecord,
): Promise<"taken" | "held" | "settling"> {
  const own = `${id}#${generation}`;
  const holder = await deps.turns.holder(gateway);
  if (holder === own) return "taken";
  const [holderId = "", holderGeneration] = holder?.split("#") ?? [];
  const held = holder === undefined || holderId === id ? undefined : await deps.store.get(holderId);
  if (held && stillHolds(held, holderGeneration)) return "held";
  if (held && mayStillSend(held, deps.clock.now())) return "settling";
  return (await deps.turns.pass(gateway, holder, own)) ? "taken" : "held";
}

/** Whether a create of this request can still leave, also when the request has ended meanwhile. */
function mayStillSend({ create }: ConnectionRecord, now: Date): boolean {
  return create?.state === "undecided" && now < new Date(create.settledAt);
}

function stillHolds(record: ConnectionRecord, generation: string | undefined): boolean {
  return needsTurn(record) && (String(record.generation) === generation || isUnderWay(record));
}

/** Whether the vendor may be at work on a create of this request, whichever run sent it. */
function isUnderWay({ create }: ConnectionRecord): boolean {
  return create?.state === "undecided" || create?.state === "accepted";
}

/** The caller sees the place in the queue; a place that did not change is not written again. */
async function tellPlace(deps: TurnDeps, record: ConnectionRecord, before: number): Promise<void> {
  const queued = queue(record, deps.clock.now(), before);
  if (queued !== record) await deps.store.save(queued);
}
