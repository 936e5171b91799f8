import ipaddr from "ipaddr.js";

/** Whether a host is an address and not a name. */
export function isAddressLiteral(host: string): boolean {
  return ipaddr.isValid(host);
}

const globalUnicast = /^[23][0-9a-f]{3}:/;

/**
 * Whether an address literal is of this computer (`loopback`), of the public internet, or of anything else: private,
 * link-local, shared, multicast, documentation, benchmarking, translation and reserved blocks all count as `internal`.
 */
export function placeOf(address: string): "public" | "loopback" | "internal" {
  if (!ipaddr.isValid(address)) return "internal";
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  // Of IPv6, only 2000::/3 is given out as global unicast; what the library has no name for is reserved.
  if (range === "unicast")
    return parsed.kind() === "ipv4" || globalUnicast.test(parsed.toString()) ? "public" : "internal";
  return range === "loopback" ? "loopback" : "internal";
}
