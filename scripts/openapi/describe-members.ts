import type { oas31 } from "zod-openapi";
import { answerMembers } from "../../functions/contract/describe/answer-members.ts";
import { components } from "../../functions/contract/describe/components.ts";
import type { Member } from "../../functions/contract/describe/member.ts";
import {
  callbackMembers,
  healthCheckMembers,
  requestMembers,
  routingMembers,
  routingPairMembers,
} from "../../functions/contract/describe/request-members.ts";
import {
  bgpMembers,
  dpdMembers,
  ikeMembers,
  ipsecMembers,
  tunnelMembers,
} from "../../functions/contract/describe/tunnel-members.ts";
import { defaultsOf } from "./defaults.ts";

/** The parts of a create request: their members, and the path to them from the request. */
const parts: Readonly<Record<string, { members: Readonly<Record<string, Member>>; path: readonly string[] }>> = {
  CreateRequest: { members: requestMembers, path: [] },
  Routing: { members: routingMembers, path: ["routing"] },
  RoutingPair: { members: routingPairMembers, path: ["routing", "pairs", "0"] },
  Tunnel: { members: tunnelMembers, path: ["tunnels", "0"] },
  IkeSettings: { members: ikeMembers, path: ["tunnels", "0", "ike"] },
  IpsecSettings: { members: ipsecMembers, path: ["tunnels", "0", "ipsec"] },
  DpdSettings: { members: dpdMembers, path: ["tunnels", "0", "dpd"] },
  BgpSettings: { members: bgpMembers, path: ["tunnels", "0", "bgp"] },
  HealthCheck: { members: healthCheckMembers, path: ["healthCheck"] },
  Callback: { members: callbackMembers, path: ["callback"] },
};

/** The same as the resource shows it. */
const effective: Readonly<Record<string, string>> = {
  EffectiveRequest: "CreateRequest",
  EffectiveTunnel: "Tunnel",
  EffectiveIkeSettings: "IkeSettings",
  EffectiveIpsecSettings: "IpsecSettings",
  EffectiveDpdSettings: "DpdSettings",
  EffectiveBgpSettings: "BgpSettings",
  ReportedParameters: "CreateRequest",
  ReportedRouting: "Routing",
  ReportedRoutingPair: "RoutingPair",
  ReportedTunnel: "Tunnel",
  ReportedIkeSettings: "IkeSettings",
  ReportedIpsecSettings: "IpsecSettings",
  ReportedDpdSettings: "DpdSettings",
  ReportedBgpSettings: "BgpSettings",
  ReportedHealthCheck: "HealthCheck",
};

type Schemas = Record<string, oas31.SchemaObject | oas31.ReferenceObject>;

/**
 * Puts in what each member means, what both vendors call it, and what is filled in where it is absent. The latter as
 * `x-default`: `default` would have generated clients send it, also to the vendor that has no such setting.
 */
export function describeMembers(schemas: Schemas): void {
  for (const [name, { members, path }] of Object.entries(parts)) {
    for (const [member, schema] of propertiesOf(schemas, name)) {
      const { description, alibaba, tencent } = members[member] ?? {};
      if (description === undefined) throw new Error(`no description of ${name}.${member}`);
      Object.assign(schema, {
        description,
        ...(member === "preSharedKey" ? { writeOnly: true } : {}),
        ...defaultsOf([...path, member]),
        ...(alibaba ? { "x-alibaba": alibaba } : {}),
        ...(tencent ? { "x-tencent": tencent } : {}),
      });
    }
  }
  for (const [name, description] of Object.entries(components)) {
    const schema = schemas[name];
    if (schema) schema.description = description;
  }
  for (const [name, original] of Object.entries(effective)) {
    const told = parts[original]?.members ?? {};
    for (const [member, schema] of propertiesOf(schemas, name)) schema.description = told[member]?.description ?? "";
  }
  for (const [name, members] of Object.entries(answerMembers)) {
    for (const [member, schema] of propertiesOf(schemas, name)) {
      const description = members[member];
      if (description) schema.description = description;
    }
  }
}

function propertiesOf(schemas: Schemas, name: string): [string, oas31.SchemaObject][] {
  const { properties = {} } = (schemas[name] ?? {}) as oas31.SchemaObject;
  return Object.entries(properties) as [string, oas31.SchemaObject][];
}
