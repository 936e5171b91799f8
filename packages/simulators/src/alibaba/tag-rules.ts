import type { Rule } from "../rules.ts";
import { optional, type Parameters } from "./parameters.ts";

const forbiddenStart = /^(aliyun|acs:)/i;
const forbiddenText = /https?:\/\//i;

/** The tag rules of the CreateVpnConnection document; TagResources keeps them too. */
export const tagRules: readonly Rule<readonly Parameters[]>[] = [
  (tags) => (tags.length > 20 ? { code: "SizeLimitExceeded.TagNum" } : undefined),
  (tags) => (tags.every((tag) => isKey(tag["Key"])) ? undefined : { code: "InvalidParameter.TagKey" }),
  (tags) => (tags.every((tag) => isValue(tag["Value"])) ? undefined : { code: "InvalidParameter.TagValue" }),
  (tags) => {
    const keys = tags.map((tag) => tag["Key"]);
    return new Set(keys).size === keys.length ? undefined : { code: "Duplicated.TagKey" };
  },
];

/** Tags by key; a tag without a value has the empty one. */
export function tagsByKey(tags: readonly Parameters[]): Record<string, string> {
  return Object.fromEntries(tags.map((tag) => [tag["Key"] ?? "", optional(tag, "Value") ?? ""]));
}

function isKey(key: string | undefined): boolean {
  if (key === undefined || key === "" || [...key].length > 64) return false;
  return !forbiddenStart.test(key) && !forbiddenText.test(key);
}

function isValue(value = ""): boolean {
  return [...value].length <= 128 && !forbiddenStart.test(value) && !forbiddenText.test(value);
}
