import type { Rule } from "../rules.ts";

interface Tag {
  readonly Key: string;
  readonly Value?: string | undefined;
}

/** The tags of one resource and how many it may have. */
interface TagContext {
  readonly tags: readonly Tag[];
  readonly limit: number;
}

/** Letters of any script, digits, spaces inside and the specials of the tag service (its document 651/13354). */
const keyForm = /^(?! )[\p{L}\p{N} +\-=._:/@()[\],;><【】＋－＝／＠（）：]*(?<! )$/u;
const valueForm = keyForm;

/** Tag rules; the codes are the document's, the lengths and characters those of the tag service. */
export const tagRules: readonly Rule<TagContext>[] = [
  ({ tags, limit }) => (tags.length > limit ? { code: "LimitExceeded.TagKeyPerResourceExceeded" } : undefined),
  everyTag("InvalidParameterValue.TagInvalidKeyLen", ({ Key }) => Key !== "" && [...Key].length <= 127),
  everyTag(
    "UnsupportedOperation.TagSystemReservedTagKey",
    ({ Key }) => !/^(qcs:|qcloud|tencent|project|项目)/u.test(Key),
  ),
  everyTag("InvalidParameterValue.TagInvalidKey", ({ Key }) => keyForm.test(Key)),
  everyTag(
    "InvalidParameterValue.TagInvalidVal",
    ({ Value = "" }) => [...Value].length <= 255 && valueForm.test(Value),
  ),
  ({ tags }) =>
    new Set(tags.map(({ Key }) => Key)).size === tags.length
      ? undefined
      : { code: "InvalidParameterValue.TagDuplicateKey" },
];

/** Tags by key; a tag without a value has the empty one. */
export function tagsByKey(tags: readonly Tag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value ?? ""]));
}

function everyTag(code: string, holds: (tag: Tag) => boolean): Rule<TagContext> {
  return ({ tags }) => {
    const wrong = tags.find((tag) => !holds(tag));
    return wrong ? { code, detail: wrong.Key } : undefined;
  };
}
