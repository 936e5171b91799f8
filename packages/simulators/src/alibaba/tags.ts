import { enforce, VendorProblem } from "../rules.ts";
import type { ProviderCall } from "../vendor-call.ts";
import type { AlibabaAccount } from "./account.ts";
import { hasTag } from "./describe.ts";
import { list, type Parameters, required, values } from "./parameters.ts";
import type { Connection } from "./resources.ts";
import { tagRules, tagsByKey } from "./tag-rules.ts";

type Body = Record<string, unknown>;

/** ListTagResources for IPsec connections; other resource types have no tags here. */
export function listTagResources(account: AlibabaAccount, call: ProviderCall): Body {
  const parameters = call.parameters as Parameters;
  const ResourceType = required(parameters, "ResourceType");
  const ids = values(parameters, "ResourceId");
  const wanted = list(parameters, "Tag");
  const TagResource = account
    .connections()
    .filter((connection) => isConnectionType(ResourceType) && connection.RegionId === call.region)
    .filter(({ VpnConnectionId }) => ids.length === 0 || ids.includes(VpnConnectionId))
    .filter(({ tags }) => wanted.every((tag) => hasTag(tags, tag)))
    .flatMap(({ VpnConnectionId, tags }) =>
      Object.entries(tags).map(([TagKey, TagValue]) => ({
        ResourceId: VpnConnectionId,
        ResourceType,
        TagKey,
        TagValue,
      })),
    );
  return { NextToken: "", TagResources: { TagResource } };
}

/** TagResources: adds tags to IPsec connections, or changes their values. */
export function tagResources(account: AlibabaAccount, call: ProviderCall): Body {
  const parameters = call.parameters as Parameters;
  const added = list(parameters, "Tag");
  enforce(tagRules, added);
  for (const connection of taggedConnections(account, call)) {
    const tags = { ...connection.tags, ...tagsByKey(added) };
    if (Object.keys(tags).length > 20) throw new VendorProblem({ code: "SizeLimitExceeded.TagNum" });
    connection.tags = tags;
  }
  account.touch();
  return {};
}

/** UnTagResources: takes tags away, all of them with `All`. */
export function untagResources(account: AlibabaAccount, call: ProviderCall): Body {
  const parameters = call.parameters as Parameters;
  const keys = values(parameters, "TagKey");
  const all = parameters["All"]?.toLowerCase() === "true";
  for (const connection of taggedConnections(account, call)) {
    const kept = Object.entries(connection.tags).filter(([key]) => !all && !keys.includes(key));
    connection.tags = Object.fromEntries(kept);
  }
  account.touch();
  return {};
}

function taggedConnections(account: AlibabaAccount, call: ProviderCall): Connection[] {
  const parameters = call.parameters as Parameters;
  if (!isConnectionType(required(parameters, "ResourceType"))) {
    throw new VendorProblem({ code: "InvalidParameter.ResourceType" });
  }
  return values(parameters, "ResourceId").map((id) => account.connectionIn(call.region, id));
}

/** The resource type is spelt differently by the API reference and by tools. */
function isConnectionType(resourceType: string): boolean {
  return /^vpn_?connection$/i.test(resourceType);
}
