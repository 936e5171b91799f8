import { type Log, toLogLine } from "../domain/log.ts";

/** Writes one JSON line per event, which CloudWatch can search by field. */
export const log: Log = (event, fields) => console.log(toLogLine(new Date(), event, fields));
