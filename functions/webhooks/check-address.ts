import type { LookupAddress, LookupAllOptions } from "node:dns";
import type { LookupFunction } from "node:net";

/** Finds all addresses of a name, as node:dns's `lookup` does. */
export type Lookup = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

class RefusedAddressError extends Error {
  readonly code = "REFUSED_ADDRESS";
}

/**
 * How a socket finds the addresses it dials: it asks once and dials only what was checked here, so that a name which
 * changes its answer gains nothing. One address that is not admitted refuses the whole name.
 */
export function checkedLookup(lookup: Lookup, admits: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error) return callback(error, "");
      if (!first || !addresses.every(({ address }) => admits(address))) {
        return callback(new RefusedAddressError("not a public address"), "");
      }
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}
