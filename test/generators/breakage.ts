import type { CreateRequest } from "../../functions/domain/request/create-request.ts";
import { edit, resolvePointer } from "./json-edit.ts";

/** One way to break exactly one rule of a valid request. */
export interface Breakage {
  name: string;
  /** Whether the rule has anything to say about this request. */
  fits: (request: CreateRequest) => boolean;
  /** Where the broker must point. */
  pointer: (request: CreateRequest) => string;
  make: (request: CreateRequest) => unknown;
}

/** Whether a breakage applies to a request. */
export type Test = (request: CreateRequest) => boolean;

/** In pointers, `{last}` stands for the index of the last tunnel. */
function place(pointer: string, { tunnels }: CreateRequest): string {
  return pointer.replace("{last}", String(tunnels.length - 1));
}

/** Puts a value at a pointer, with the objects around it; undefined takes the member away. */
function put(body: unknown, pointer: string, value: unknown): unknown {
  const holder = pointer.slice(0, pointer.lastIndexOf("/"));
  const whole = holder === "" || isThere(body, holder) ? body : put(body, holder, {});
  return edit(whole, { [pointer]: value });
}

function isThere(body: unknown, pointer: string): boolean {
  try {
    return resolvePointer(body, pointer) !== undefined;
  } catch {
    return false;
  }
}

/** Changes that break one rule together; the broker points at `pointer`, the one change if there are no others. */
export function breaks(
  name: string,
  pointer: string | ((request: CreateRequest) => string),
  changes: (request: CreateRequest) => Readonly<Record<string, unknown>>,
  ...tests: Test[]
): Breakage {
  return {
    name,
    fits: (request) => tests.every((test) => test(request)),
    pointer: (request) => place(typeof pointer === "string" ? pointer : pointer(request), request),
    make: (request) =>
      Object.entries(changes(request)).reduce<unknown>((body, [at, value]) => put(body, place(at, request), value), {
        ...request,
      }),
  };
}

/** A wrong value, which is where the broker points too. */
export function wrong(pointer: string, value: unknown, ...tests: Test[]): Breakage {
  return breaks(`${pointer} = ${JSON.stringify(value).slice(0, 50)}`, pointer, () => ({ [pointer]: value }), ...tests);
}

/** A member that is needed and not there. */
export function lacks(pointer: string, ...tests: Test[]): Breakage {
  return breaks(`no ${pointer}`, pointer, () => ({ [pointer]: undefined }), ...tests);
}

/** A value made from the request, which is where the broker points too. */
export function spoils(
  name: string,
  pointer: string | ((request: CreateRequest) => string),
  value: (request: CreateRequest) => unknown,
  ...tests: Test[]
): Breakage {
  const at = (request: CreateRequest) => (typeof pointer === "string" ? pointer : pointer(request));
  return breaks(name, pointer, (request) => ({ [at(request)]: value(request) }), ...tests);
}
