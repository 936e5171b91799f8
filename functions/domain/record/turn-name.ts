import type { ConnectionRecord } from "./connection-record.ts";

/*
 * A gateway's turn is held under a name that is never used again once it was given up:
 *
 *   <id>#<generation>             by a run that has not given it back yet
 *   <id>#<generation>#<times>#<f> by one that has, so often; <f> times in a row, whoever had it
 *
 * So a late write that still knows an earlier name cannot pass on what the next one has.
 */

/** Who has a turn, by its name. */
export interface TurnHolder {
  id: string;
  generation: string;
  /** How often this run had given it back before. */
  times: number;
  /** How often in a row it was given back before it came here, by anybody. */
  failures: number;
}

export function parseTurnName(name: string): TurnHolder {
  const [id = "", generation = "", times = "0", failures = "0"] = name.split("#");
  return { id, generation, times: Number(times), failures: Number(failures) };
}

/** The name under which the record's run has the turn next, after so many failures in a row. */
export function toTurnName({ id, generation, givenBack }: ConnectionRecord, failures: number): string {
  const times = givenBack?.times ?? 0;
  return times === 0 && failures === 0 ? `${id}#${generation}` : `${id}#${generation}#${times}#${failures}`;
}

/** Whether this is the name under which the record's run has the turn now; false once the record says it was given up. */
export function isNameOf({ id, generation, times }: TurnHolder, record: ConnectionRecord): boolean {
  return id === record.id && generation === String(record.generation) && times === (record.givenBack?.times ?? 0);
}
