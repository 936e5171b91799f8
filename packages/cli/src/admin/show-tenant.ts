import type { Tenant } from "@vpn-broker/client";
import { toFacts } from "../text/facts.ts";
import type { Look } from "../text/look.ts";

export function showCredentials(credentials: Tenant["credentials"]): string {
  const named = Object.entries(credentials).map(([vendor, reference]) => `${vendor}=${reference}`);
  return named.join(" ") || "the broker's";
}

export function showTenant(tenant: Tenant, look: Look): string {
  const { name, gateways, credentials, maxUnfinishedRequests, webhookUrl, suspended, webhookSecrets } = tenant;
  const secrets = webhookSecrets.map(({ createdAt, expiresAt }) => {
    return `made ${createdAt}${expiresAt ? `, signs until ${expiresAt}` : ""}`;
  });
  return toFacts(
    [
      ["tenant", name],
      ["gateways", gateways.join(" ") || "none"],
      ["credentials", showCredentials(credentials)],
      ["most open", String(maxUnfinishedRequests)],
      ["webhook URL", webhookUrl ?? "-"],
      ["suspended", suspended && `since ${suspended.at}: ${suspended.reason}`],
      ["webhook secret", secrets.join("; ") || "none: webhook-secret rotate makes one"],
      ["made", tenant.createdAt],
      ["changed", tenant.updatedAt],
    ],
    look,
  );
}
