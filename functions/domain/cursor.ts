import { DomainError } from "./errors.ts";

/** What a list was asked for, by the names of its parameters. */
export type Filters = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Where a page ends: what its list was asked for, and a place in it. A place stays right while new requests arrive, because
 * it counts nothing; and it holds no key of the table, so that it leads nowhere else.
 */
export function toCursor(filters: Filters, place: string): string {
  return Buffer.from(`${toText(filters)}\n${place}`).toString("base64url");
}

/** The place that a page begins behind. Throws `DomainError` for a cursor of another list, or that is none of ours. */
export function fromCursor(filters: Filters, cursor: string, placePattern: RegExp): string {
  const [asked = "", place = "", ...rest] = Buffer.from(cursor, "base64url").toString().split("\n");
  if (rest.length > 0 || !placePattern.test(place)) throw refuse("is not one of ours");
  if (asked === toText(filters)) return place;
  throw refuse(`is of a list that was asked for ${asked || "nothing"}: ask for the same, or begin without a cursor`);
}

/** In one order, whatever the order of parameters was. */
function toText(filters: Filters): string {
  const pairs = Object.entries(filters).flatMap(([name, given]): [string, string][] => {
    const values = given === undefined ? [] : typeof given === "string" ? [given] : [...new Set(given)];
    return values.map((value) => [name, value]);
  });
  const ordered = pairs.toSorted((a, b) => (a.join("=") < b.join("=") ? -1 : 1));
  return new URLSearchParams(ordered).toString();
}

function refuse(detail: string): DomainError {
  return new DomainError("invalid_request", `the cursor ${detail}`, [{ pointer: "/cursor", detail }]);
}
