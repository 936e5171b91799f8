import ipaddr from "ipaddr.js";

/**
 * Every block that is not of the public internet: written out here, so that no update of a library opens one. Blocks that
 * carry an IPv4 address in an IPv6 one (compatible, NAT64, 6to4, Teredo) are refused whole.
 */
export const closedBlocks = {
  loopback: ["127.0.0.0/8", "::1/128"],
  internal: [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.31.196.0/24",
    "192.52.193.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "192.175.48.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    // Of IPv6, only 2000::/3 is given out as global unicast: these three are all the rest.
    "::/3",
    "4000::/2",
    "8000::/1",
    "2001::/23",
    "2001:db8::/32",
    "2002::/16",
    "2620:4f:8000::/48",
    "3fff::/20",
  ],
} as const;

const networks = {
  loopback: closedBlocks.loopback.map((block) => ipaddr.parseCIDR(block)),
  internal: closedBlocks.internal.map((block) => ipaddr.parseCIDR(block)),
};

/** Whether a host is an address and not a name. */
export function isAddressLiteral(host: string): boolean {
  return ipaddr.isValid(host);
}

/**
 * Whether an address is of this computer (`loopback`), of the public internet, or of anything else. IPv4-mapped addresses
 * count as what they map; what is not written as a resolver or a URL parser writes it counts as `internal`.
 */
export function addressScope(address: string): "public" | "loopback" | "internal" {
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) && !ipaddr.IPv6.isValid(address)) return "internal";
  // An IPv4-compatible address, as resolvers write it: the library takes it for a mapped one, a socket does not.
  if (/^::\d+\./.test(address)) return "internal";
  return ipaddr.subnetMatch(ipaddr.process(address), networks, "public") as "public" | "loopback" | "internal";
}
