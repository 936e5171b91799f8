import type { Flaw } from "../errors.ts";
import type { Bounds } from "../provider/capabilities.ts";
import type { CreateRequest } from "../request/create-request.ts";

/** A value of which any part may be missing, because that part did not pass its own check. */
export type DeepPartial<T> = T extends readonly (infer Item)[]
  ? (DeepPartial<Item> | undefined)[]
  : T extends object
    ? { [Key in keyof T]?: DeepPartial<T[Key]> | undefined }
    : T;

/**
 * A check across fields. It sees only members that passed their own checks, so that every flaw of a request is
 * reported at once and none twice.
 */
export type Rule = (request: DeepPartial<CreateRequest>) => Flaw[];

/** The tunnels with the pointer to each. */
export function eachTunnel(
  request: DeepPartial<CreateRequest>,
): { tunnel: DeepPartial<CreateRequest["tunnels"][number]>; pointer: string }[] {
  return (request.tunnels ?? []).flatMap((tunnel, index) => (tunnel ? [{ tunnel, pointer: `/tunnels/${index}` }] : []));
}

/** A flaw where a value is not within the vendor's bounds; `title` is the vendor's. */
export function boundsFlaws(
  pointer: string,
  value: number | undefined,
  [minimum, maximum]: Bounds,
  title: string,
): Flaw[] {
  if (value === undefined || (value >= minimum && value <= maximum)) return [];
  return [{ pointer, detail: `must be ${minimum} to ${maximum} at ${title}` }];
}
