import { gatewayRows, type Turns } from "../domain/ports.ts";
import type { ConnectionRecord } from "../domain/record/connection-record.ts";
import { beginTime } from "../domain/record/deadlines.ts";
import type { Run } from "../domain/record/ids.ts";
import { awaitGateway, queue } from "../domain/record/transitions.ts";
import { isNameOf, parseTurnName, toTurnName, type TurnHolder } from "../domain/record/turn-name.ts";
import { mayHaveConnection, needsTurn, queuedAt, toGatewayKey } from "../domain/record/turn.ts";
import { StepError } from "../domain/step-error.ts";
import type { ProviderName } from "../domain/values.ts";
import { noteGatewayAhead } from "./note-gateway-ahead.ts";
import { type PermissionDeps, requirePermission } from "./require-permission.ts";
import { isInTime, learn, loadRun, requireTime } from "./run.ts";

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
  if (!isInTime(deps, record)) await noteGatewayAhead(deps, record);
  requireTime(deps, record);
  if (!mayHaveConnection(record)) await requirePermission({ deps, record });
  await requireTurn(deps, record);
  return goOn(deps, record);
}

/** Takes the turn, or throws `GatewayBusy`; the record says what for. Who has it already goes before all order. */
export async function requireTurn(deps: TurnDeps, record: ConnectionRecord): Promise<void> {
  const gateway = toGatewayKey(record.request);
  const holders = await deps.turns.holders(gateway);
  const [holder] = holders;
  if (holder !== undefined && isNameOf(parseTurnName(holder), record)) return;
  if (record.givenBack && deps.clock.now() < new Date(queuedAt(record)))
    throw new StepError("GatewayBusy", "the vendor is out of reach");
  const before = await requestsBefore(deps, gateway, record.id);
  if (before === undefined) throw new StepError("GatewayBusy", "the index of those who wait lags");
  const turn = before === 0 ? await acquire(deps, gateway, record, holders) : "held";
  if (turn === "taken") return;
  if (turn === "paused") await tellPause(deps, record);
  else await tellPlace(deps, record, turn === "settling" ? 0 : Math.max(before, 1));
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
 * `settling`: the holder needs it no more, but a create of it may still be under way. `paused`: it was given back just now.
 * `holders` is what the item said before the holder's record is read here: what is then sent under that name fails to save.
 */
async function acquire(
  deps: TurnDeps,
  gateway: string,
  record: ConnectionRecord,
  holders: readonly string[],
): Promise<"taken" | "held" | "settling" | "paused"> {
  const now = deps.clock.now();
  const [name] = holders;
  const holder = parseTurnName(name ?? "");
  const isOwn = holder.id === record.id;
  // Another invocation has taken it since the record was read: what this one knows is over.
  if (isOwn && isLaterThan(holder, record)) return "held";
  const held = name === undefined || isOwn ? undefined : await deps.store.get(holder.id);
  if (held && stillHolds(held, holder)) return "held";
  if (held && mayStillSend(held, now)) return "settling";
  const givenBack = backFrom(isOwn ? record : held, holder);
  if (givenBack && now < new Date(givenBack.pausedUntil)) return "paused";
  const own = toTurnName(record, givenBack?.failures ?? 0);
  return (await deps.turns.pass(gateway, holders, own)) ? "taken" : "held";
}

/** Whether the turn was taken by a later run of the request than this record's, or once more by the same. */
function isLaterThan({ generation, times }: TurnHolder, record: ConnectionRecord): boolean {
  const runs = Number(generation) - record.generation;
  return runs > 0 || (runs === 0 && times > (record.givenBack?.times ?? 0));
}

/** Its giving back of the very turn that it last had; undefined where the turn came to its end. */
function backFrom(record: ConnectionRecord | undefined, { times }: TurnHolder) {
  const givenBack = record?.givenBack;
  return givenBack && givenBack.times > times ? givenBack : undefined;
}

/** Whether a create of this request can still leave, also when the request has ended meanwhile. */
function mayStillSend({ create }: ConnectionRecord, now: Date): boolean {
  return create?.state === "undecided" && now < new Date(create.settledAt);
}

function stillHolds(record: ConnectionRecord, holder: TurnHolder): boolean {
  return needsTurn(record) && (isNameOf(holder, record) || isUnderWay(record));
}

/** Whether the vendor may be at work on a create of this request, whichever run sent it. */
function isUnderWay({ create }: ConnectionRecord): boolean {
  return create?.state === "undecided" || create?.state === "accepted";
}

/** The caller sees that nobody has the turn, and why not. What gave its own back says what stands in its way. */
async function tellPause(deps: TurnDeps, record: ConnectionRecord): Promise<void> {
  const why = "its vendor could not be asked for the request before, and is asked again soon";
  const told = record.givenBack ? record : awaitGateway(record, deps.clock.now(), why);
  if (told !== record) await deps.store.save(told);
}

/** The caller sees the place in the queue; a place that did not change is not written again. */
async function tellPlace(deps: TurnDeps, record: ConnectionRecord, before: number): Promise<void> {
  if (record.givenBack) return;
  const isKnown = record.status === "queued" && record.ahead === before && record.position !== undefined;
  const ownAhead = isKnown ? undefined : await deps.store.countOwnAhead(record);
  const position = ownAhead === undefined ? record.position : 1 + Math.min(ownAhead, before);
  const queued = queue(record, deps.clock.now(), before, position);
  if (queued !== record) await deps.store.save(queued);
}
