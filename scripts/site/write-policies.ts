import type { Permission } from "../../functions/domain/provider/permission.ts";
import { permissions as alibaba } from "../../functions/providers/alibaba/permissions.ts";
import { permissions as tencent } from "../../functions/providers/tencent/permissions.ts";
import { showJson } from "./show-json.ts";

/** Both vendors' policies in their own form, to be pasted into their consoles. */
export function writePolicies(): string {
  const json = (policy: object) => `\`\`\`json\n${showJson(policy)}\n\`\`\``;
  return [
    "## Policies to paste",
    "With the optional ones. Narrow `Resource` down to the gateways and connections that you use where the vendor lets you.",
    "### Alibaba Cloud RAM",
    json({ Version: "1", Statement: [{ Effect: "Allow", Action: namesIn(alibaba), Resource: "*" }] }),
    "### Tencent Cloud CAM",
    json({ version: "2.0", statement: [{ effect: "allow", action: namesIn(tencent), resource: "*" }] }),
  ].join("\n\n");
}

const namesIn = (permissions: Readonly<Record<string, Permission>>) =>
  [...new Set(Object.values(permissions).map(({ name }) => name))].toSorted();
