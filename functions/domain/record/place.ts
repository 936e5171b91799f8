import type { ConnectionRecord } from "./connection-record.ts";

/** Where a record stands in every list by time. */
export function placeOf({ createdAt, id }: Pick<ConnectionRecord, "createdAt" | "id">): string {
  return `${createdAt}#${id}`;
}

export const placePattern = /^\d{4}-\d\d-\d\dT[\d:.]+Z#[a-z2-7]{26}$/;
