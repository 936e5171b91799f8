import * as z from "zod";

/**
 * A connection as its vendor describes it, in the form of a create request: what the vendor does not show is not there, a
 * word that is none of ours stands as it is, and of keys and certificates there is nothing.
 */

const text = z.string();
const number = z.number();
const words = z.array(text);

const tunnel = z
  .strictObject({
    role: text.exactOptional(),
    customerGatewayId: text.exactOptional(),
    ike: z
      .strictObject({
        version: text.exactOptional(),
        mode: text.exactOptional(),
        encryption: text.exactOptional(),
        integrity: text.exactOptional(),
        dhGroup: z.union([number, text]).exactOptional(),
        lifetimeSeconds: number.exactOptional(),
        localId: text.exactOptional(),
        remoteId: text.exactOptional(),
      })
      .meta({ id: "ReportedIkeSettings" })
      .exactOptional(),
    ipsec: z
      .strictObject({
        encryption: text.exactOptional(),
        integrity: text.exactOptional(),
        pfsGroup: z.union([number, text]).exactOptional(),
        lifetimeSeconds: number.exactOptional(),
        lifetimeKilobytes: number.exactOptional(),
      })
      .meta({ id: "ReportedIpsecSettings" })
      .exactOptional(),
    dpd: z
      .strictObject({
        enabled: z.boolean().exactOptional(),
        timeoutSeconds: number.exactOptional(),
        action: text.exactOptional(),
      })
      .meta({ id: "ReportedDpdSettings" })
      .exactOptional(),
    natTraversal: z.boolean().exactOptional(),
    bgp: z
      .strictObject({
        localAsn: number.exactOptional(),
        tunnelCidr: text.exactOptional(),
        localIp: text.exactOptional(),
        remoteIp: text.exactOptional(),
      })
      .meta({ id: "ReportedBgpSettings" })
      .exactOptional(),
  })
  .meta({ id: "ReportedTunnel" });

export const reportedParameters = z
  .strictObject({
    name: text.exactOptional(),
    vpnGatewayId: text.exactOptional(),
    vpcId: text.exactOptional(),
    routing: z
      .strictObject({
        mode: text.exactOptional(),
        localCidrs: words.exactOptional(),
        remoteCidrs: words.exactOptional(),
        pairs: z
          .array(z.strictObject({ local: text, remotes: words }).meta({ id: "ReportedRoutingPair" }))
          .exactOptional(),
      })
      .meta({ id: "ReportedRouting" })
      .exactOptional(),
    tunnels: z.array(tunnel).exactOptional(),
    negotiation: text.exactOptional(),
    healthCheck: z
      .strictObject({
        enabled: z.boolean().exactOptional(),
        sourceIp: text.exactOptional(),
        targetIp: text.exactOptional(),
        intervalSeconds: number.exactOptional(),
        retries: number.exactOptional(),
        timeoutMilliseconds: number.exactOptional(),
      })
      .meta({ id: "ReportedHealthCheck" })
      .exactOptional(),
    tags: z.record(text, text).exactOptional(),
  })
  .meta({ id: "ReportedParameters" });

export type ReportedParameters = z.infer<typeof reportedParameters>;
export type ReportedTunnel = z.infer<typeof tunnel>;

/** The same as it comes out of an answer, where any member may be undefined. */
export type Seen<Value> = Value extends (infer Item)[]
  ? Seen<Item>[]
  : Value extends object
    ? { [Name in keyof Value]: Seen<Value[Name]> | undefined }
    : Value;

/** What was seen, without what there is nothing of. A tunnel of which nothing was seen keeps its place. */
export function toReported(seen: Partial<Seen<ReportedParameters>>): ReportedParameters {
  return strip(seen) ?? {};
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(strip);
    return items.some((item) => item !== undefined) ? items.map((item) => item ?? {}) : undefined;
  }
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, strip(member)] as const);
  const kept = members.filter(([, member]) => member !== undefined);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}
