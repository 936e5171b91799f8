import { toPointer } from "../json-pointer.ts";
import { capabilities } from "../provider/capabilities.ts";
import type { Rule } from "./rule.ts";

/** Tags are such as the vendor's tag service takes, beyond what the contract asks of all. */
const tagsFitProvider: Rule = ({ provider, tags }) => {
  const row = provider && capabilities[provider];
  if (!row?.tags || !tags) return [];
  const { title, tags: wanted } = row;
  return Object.entries(tags).flatMap(([key, value]) => {
    const pointer = toPointer(["tags", key]);
    if (wanted.reserved.test(key)) return [{ pointer, detail: `the key is reserved by ${title}` }];
    return wanted.characters.test(key) && wanted.characters.test(value ?? "")
      ? []
      : [{ pointer, detail: `${title} takes ${wanted.described} in tags` }];
  });
};

export const tagRules: readonly Rule[] = [tagsFitProvider];
