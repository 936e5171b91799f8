import ipaddr from "ipaddr.js";

/**
 * Whether an address literal is of this computer (`loopback`), of the public internet, or of anything else: private,
 * link-local, shared, multicast, documentation, benchmarking, translation and reserved blocks all count as `internal`.
 */
export function placeOf(address: string): "public" | "loopback" | "internal" {
  if (!ipaddr.isValid(address)) return "internal";
  const range = ipaddr.process(address).range();
  if (range === "unicast") return "public";
  return range === "loopback" ? "loopback" : "internal";
}
