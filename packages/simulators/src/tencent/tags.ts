import * as z from "zod";
import { enforce, VendorProblem } from "../rules.ts";
import type { ProviderCall } from "../vendor-call.ts";
import type { TencentAccount } from "./account.ts";
import { readParameters } from "./parameters.ts";
import { tagRules, tagsByKey } from "./tag-rules.ts";

type Body = Record<string, unknown>;

const paging = { Offset: z.number().int().optional(), Limit: z.number().int().optional() };
const resourceTagsSchema = z.strictObject({
  ServiceType: z.string(),
  ResourcePrefix: z.string(),
  ResourceIds: z.array(z.string()),
  ResourceRegion: z.string().optional(),
  ...paging,
});
const modifySchema = z.strictObject({
  /** Such as `qcs::vpc:ap-shanghai:uin/:vpnx/vpnx-p0j11j28`. */
  Resource: z.string(),
  ReplaceTags: z.array(z.strictObject({ TagKey: z.string(), TagValue: z.string().optional() })).optional(),
  DeleteTags: z.array(z.strictObject({ TagKey: z.string() })).optional(),
});
const tagsSchema = z.strictObject({ TagKey: z.string().optional(), TagValue: z.string().optional(), ...paging });

/** DescribeResourceTagsByResourceIds of the tag service, for connections. */
export function describeResourceTags(account: TencentAccount, call: ProviderCall): Body {
  const request = readParameters(resourceTagsSchema, call.parameters);
  const rows = account
    .connections()
    .filter(({ VpnConnectionId }) => request.ResourceIds.includes(VpnConnectionId))
    .flatMap(({ VpnConnectionId, tags }) =>
      Object.entries(tags).map(([TagKey, TagValue]) => ({
        TagKey,
        TagValue,
        ResourceId: VpnConnectionId,
        Category: "Tag",
      })),
    );
  return page(rows, request);
}

/** ModifyResourceTags of the tag service, for one connection. */
export function modifyResourceTags(account: TencentAccount, call: ProviderCall): Body {
  const request = readParameters(modifySchema, call.parameters);
  const [, region = "", id = ""] = /^qcs::vpc:([^:]*):[^:]*:vpnx\/(.+)$/.exec(request.Resource) ?? [];
  if (id === "") {
    throw new VendorProblem({ code: "InvalidParameterValue.TagResourceFormatError" });
  }
  const connection = account.connectionIn(region, id);
  const replaced = (request.ReplaceTags ?? []).map(({ TagKey, TagValue }) => ({
    Key: TagKey,
    Value: TagValue,
  }));
  enforce(tagRules, { tags: replaced, limit: account.settings.quotas["tagsPerConnection"] ?? Infinity });
  const removed = new Set((request.DeleteTags ?? []).map(({ TagKey }) => TagKey));
  const kept = Object.entries(connection.tags).filter(([key]) => !removed.has(key));
  connection.tags = { ...Object.fromEntries(kept), ...tagsByKey(replaced) };
  account.touch();
  return {};
}

/** DescribeTags of the tag service: every pair in use. */
export function describeTags(account: TencentAccount, call: ProviderCall): Body {
  const request = readParameters(tagsSchema, call.parameters);
  const pairs = new Map(
    account
      .connections()
      .flatMap(({ tags }) => Object.entries(tags))
      .filter(([key]) => request.TagKey === undefined || key === request.TagKey)
      .filter(([, value]) => request.TagValue === undefined || value === request.TagValue)
      .map(([TagKey, TagValue]) => [JSON.stringify([TagKey, TagValue]), { TagKey, TagValue, CanDelete: 0 }]),
  );
  return page([...pairs.values()], request);
}

function page(
  rows: readonly Body[],
  { Offset = 0, Limit = 15 }: { Offset?: number | undefined; Limit?: number | undefined },
): Body {
  return { TotalCount: rows.length, Offset, Limit, Tags: rows.slice(Offset, Offset + Limit) };
}
