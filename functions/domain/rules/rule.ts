import type { CreateRequest } from "../create-request.ts";
import type { Flaw } from "../errors.ts";

/** A value of which any part may be missing, because that part did not pass its own check. */
export type Partly<T> = T extends readonly (infer Item)[]
  ? (Partly<Item> | undefined)[]
  : T extends object
    ? { [Key in keyof T]?: Partly<T[Key]> | undefined }
    : T;

/**
 * A check across fields. It sees only members that passed their own checks, so that every flaw of a request is
 * reported at once and none twice.
 */
export type Rule = (request: Partly<CreateRequest>) => Flaw[];

/** The tunnels with the pointer to each. */
export function eachTunnel(
  request: Partly<CreateRequest>,
): { tunnel: Partly<CreateRequest["tunnels"][number]>; pointer: string }[] {
  return (request.tunnels ?? []).flatMap((tunnel, index) => (tunnel ? [{ tunnel, pointer: `/tunnels/${index}` }] : []));
}
