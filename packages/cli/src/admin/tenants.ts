import { flawOfPattern, gatewayPattern } from "../../../../functions/domain/tenants/gateway-pattern.ts";
import type { toTenantResource } from "../../../../functions/domain/tenants/tenant-resource.ts";
import type { TenantSettings } from "../../../../functions/domain/tenants/tenant.ts";
import { providers } from "../../../../functions/domain/values.ts";
import { Refusal } from "./api-client.ts";
import { type Command, defineApiCommand } from "./command.ts";
import { graceBounds, toSeconds } from "./duration.ts";
import { UsageError } from "./failure.ts";
import { tenantPath } from "./names.ts";
import { facts, table } from "./text.ts";

type TenantResource = ReturnType<typeof toTenantResource>;
type Settings = { -readonly [Name in keyof TenantSettings]?: TenantSettings[Name] };

const list = defineApiCommand({
  name: "tenants",
  summary: "list the tenants",
  options: {},
  prepare: () => async (api) => {
    const document: { items: TenantResource[] } = { items: [] };
    for (let query = "", last = false; !last;) {
      const { items, nextCursor } = await api.get<{ items: TenantResource[]; nextCursor?: string }>(`/tenants${query}`);
      document.items.push(...items);
      query = `?cursor=${nextCursor ?? ""}`;
      last = nextCursor === undefined;
    }
    const rows = document.items.map(({ name, gateways, credentials, maxUnfinishedRequests, webhookUrl, suspended }) => [
      suspended ? `${name} (suspended)` : name,
      gateways.join(" ") || "none",
      showCredentials(credentials),
      String(maxUnfinishedRequests),
      webhookUrl ?? "-",
    ]);
    const headings = ["tenant", "gateways", "credentials", "most open", "webhook URL"];
    return { document, text: table(headings, rows, "There is no tenant yet.") };
  },
});

const show = defineApiCommand({
  name: "tenant",
  operands: ["tenant"],
  summary: "show a tenant",
  options: {},
  prepare:
    ([name]) =>
    async (api) => {
      const document = await api.get<TenantResource>(tenantPath(name));
      return { document, text: showTenant(document) };
    },
});

const set = defineApiCommand({
  name: "tenant set",
  operands: ["tenant"],
  synopsis:
    "[--gateway PATTERN]... [--no-gateways] [--credentials VENDOR=REF]... [--most-open N] [--webhook-url URL] " +
    "[--no-webhook-url] [--reason TEXT]",
  summary: "change what is named of a tenant, or make it",
  details: [
    "--gateway PATTERN    what it may touch, VPN gateways and customer gateways: * or provider/region/gateway with * in",
    "                     a part; all of them together take the place of those before. A new tenant may touch none.",
    "--credentials V=REF  the vendor credentials that it uses at alibaba or tencent, by name; V= for the broker's own",
    "--most-open N        how many unfinished requests it may have at a time",
    "--webhook-url URL    where its webhooks go when a request names no callback",
    "A new tenant's webhook secret is shown this once.",
  ],
  options: {
    gateway: { type: "string", multiple: true },
    "no-gateways": { type: "boolean" },
    credentials: { type: "string", multiple: true },
    "most-open": { type: "string" },
    "webhook-url": { type: "string" },
    "no-webhook-url": { type: "boolean" },
    reason: { type: "string" },
  },
  prepare([name], values) {
    const path = tenantPath(name);
    const { gateway, credentials = [], reason, "webhook-url": webhookUrl } = values;
    if (gateway && values["no-gateways"]) throw new UsageError("--gateway and --no-gateways exclude each other");
    for (const pattern of gateway ?? []) checkGateway(pattern);
    if (webhookUrl !== undefined && values["no-webhook-url"]) {
      throw new UsageError("--webhook-url and --no-webhook-url exclude each other");
    }
    const named: Settings = {
      ...(values["no-gateways"] ? { gateways: [] } : gateway ? { gateways: gateway } : {}),
      ...(values["most-open"] === undefined
        ? {}
        : { maxUnfinishedRequests: toCount(values["most-open"], "--most-open") }),
      ...(webhookUrl === undefined ? {} : { webhookUrl }),
    };
    const references = credentials.map(toReference);
    return async (api) => {
      const known = await api.get<TenantResource>(path).catch((error: unknown) => {
        if (error instanceof Refusal && error.code === "not_found") return undefined;
        throw error;
      });
      const settings: Settings = { gateways: [], ...(known && settingsOf(known)), ...named };
      if (values["no-webhook-url"]) delete settings.webhookUrl;
      settings.credentials = { ...settings.credentials };
      for (const [vendor, reference] of references) {
        if (reference === "") delete settings.credentials[vendor];
        else settings.credentials[vendor] = reference;
      }
      const body = { ...settings, ...(reason === undefined ? {} : { reason }) };
      const document = await api.send<TenantResource & { webhookSecret?: string }>(
        "PUT",
        path,
        body,
        known?.revision ?? 0,
      );
      const { webhookSecret } = document;
      const told = webhookSecret === undefined ? "" : `\n\nWebhook secret, shown this once:\n${webhookSecret}`;
      const done = known
        ? "Changed; each process of the API sees it within a minute."
        : `Made. Its first key: key create ${name}.`;
      return { document, text: `${showTenant(document)}${told}\n\n${done}` };
    };
  },
});

const suspend = defineApiCommand({
  name: "tenant suspend",
  operands: ["tenant"],
  synopsis: "--reason TEXT",
  summary: "cut a tenant off: nothing more is sent for it",
  details: [
    "What it has queued ends as failed with the reason, which the tenant is told; what may be at a vendor already is",
    "looked for to its end. Its keys read and cancel, and nothing else.",
  ],
  options: { reason: { type: "string" } },
  prepare([name], { reason }) {
    if (reason === undefined) throw new UsageError("--reason is missing: the tenant is told why");
    return async (api) => {
      const document = await api.send<TenantResource>("POST", `${tenantPath(name)}/suspend`, { reason });
      const late = "Each process of the API sees it within a minute; before each create it is read anew.";
      return { document, text: `${showTenant(document)}\n\nSuspended. ${late}` };
    };
  },
});

const resume = defineApiCommand({
  name: "tenant resume",
  operands: ["tenant"],
  synopsis: "[--reason TEXT]",
  summary: "let a suspended tenant go on",
  details: ["What has ended meanwhile stays ended: the tenant can redrive it."],
  options: { reason: { type: "string" } },
  prepare([name], { reason }) {
    return async (api) => {
      const body = reason === undefined ? {} : { reason };
      const document = await api.send<TenantResource>("POST", `${tenantPath(name)}/resume`, body);
      return {
        document,
        text: `${showTenant(document)}\n\nIt may go on; each process of the API sees it within a minute.`,
      };
    };
  },
});

const rotateSecret = defineApiCommand({
  name: "webhook-secret rotate",
  operands: ["tenant"],
  synopsis: "[--grace 24h] [--reason TEXT]",
  summary: "make a tenant a new webhook secret",
  details: [
    "Until the grace time is over, webhooks are signed with the old one as well; a week at most, 0s for not at all.",
  ],
  options: { grace: { type: "string", default: "24h" }, reason: { type: "string" } },
  prepare([name], { grace, reason }) {
    const path = `${tenantPath(name)}/webhook-secret/rotate`;
    const body = {
      graceSeconds: toSeconds(grace, "--grace", graceBounds),
      ...(reason === undefined ? {} : { reason }),
    };
    return async (api) => {
      const document = await api.send<{ webhookSecret: string; previousValidUntil?: string }>("POST", path, body);
      const { webhookSecret, previousValidUntil: until } = document;
      const old = until ? `The one before signs beside it until ${until}.` : "The one before signs no more.";
      return { document, text: `New webhook secret, shown this once:\n${webhookSecret}\n\n${old}` };
    };
  },
});

export const tenantCommands: readonly Command[] = [list, show, set, suspend, resume, rotateSecret];

/** A whole number from 1. Throws `UsageError`. */
export function toCount(text: string, option: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`${option} must be a whole number from 1`);
}

/** One of the right form that can never match: the broker refuses it, too, and does not say which. Throws `UsageError`. */
function checkGateway(pattern: string): void {
  const flaw = gatewayPattern.test(pattern) ? flawOfPattern(pattern) : undefined;
  if (flaw) throw new UsageError(`--gateway ${pattern} ${flaw}`);
}

function toReference(text: string) {
  const vendor = providers.find((provider) => text.startsWith(`${provider}=`));
  if (!vendor) throw new UsageError(`--credentials must be ${providers.map((name) => `${name}=REF`).join(" or ")}`);
  return [vendor, text.slice(vendor.length + 1)] as const;
}

function settingsOf({ gateways, credentials, maxUnfinishedRequests, webhookUrl }: TenantResource): Settings {
  return { gateways, credentials, maxUnfinishedRequests, ...(webhookUrl === undefined ? {} : { webhookUrl }) };
}

function showCredentials(credentials: TenantResource["credentials"]): string {
  const named = Object.entries(credentials).map(([vendor, reference]) => `${vendor}=${reference}`);
  return named.join(" ") || "the broker's";
}

function showTenant(tenant: TenantResource): string {
  const secrets = tenant.webhookSecrets.map(({ createdAt, expiresAt }) => {
    return `made ${createdAt}${expiresAt ? `, signs until ${expiresAt}` : ""}`;
  });
  return facts([
    ["tenant", tenant.name],
    ["gateways", tenant.gateways.join(" ") || "none"],
    ["credentials", showCredentials(tenant.credentials)],
    ["most open", String(tenant.maxUnfinishedRequests)],
    ["webhook URL", tenant.webhookUrl ?? "-"],
    ...(tenant.suspended ? [["suspended", `since ${tenant.suspended.at}: ${tenant.suspended.reason}`] as const] : []),
    ["webhook secret", secrets.join("; ") || "none: webhook-secret rotate makes one"],
    ["made", tenant.createdAt],
    ["changed", tenant.updatedAt],
  ]);
}
