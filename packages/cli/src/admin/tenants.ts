import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { ProblemError, type Tenant, type TenantSettings } from "@vpn-broker/client";
import { flawOfPattern, gatewayPattern } from "../../../../functions/domain/tenants/gateway-pattern.ts";
import { providers } from "../../../../functions/domain/values.ts";
import { graceBounds, toSeconds } from "../duration.ts";
import { UsageError } from "../failure.ts";
import { collect, countOf } from "../options.ts";
import { printTable } from "../print-table.ts";
import type { Session } from "../session.ts";
import { toHelp } from "../text/help.ts";
import { lookOf } from "../text/look.ts";
import { checkTenant } from "./names.ts";
import { showCredentials, showTenant } from "./show-tenant.ts";

const headings = [
  { heading: "tenant" },
  { heading: "gateways", least: 12 },
  { heading: "credentials", least: 12 },
  { heading: "most open" },
  { heading: "webhook URL", least: 12 },
];

const bothUrls = "--webhook-url and --no-webhook-url exclude each other";

const setHelp = `
All patterns together take the place of those before; a new tenant may touch no gateway unless one is named. A new
tenant's webhook secret is shown this once.`;

const suspendHelp = `
What it has queued ends as failed with the reason; what may be at a vendor already is looked for to its end. Its keys read and
cancel, and nothing else.`;

const resumeHelp = "What has ended meanwhile stays ended: the tenant can redrive it.";

/** Tenants and their webhook secrets. */
export function addTenants(admin: CommandUnknownOpts, session: Session): void {
  const { signal } = session;

  admin
    .command("tenants")
    .description("list the tenants")
    .action(async () => {
      const client = await session.connect();
      const items: Tenant[] = [];
      for await (const tenant of client.admin.tenants.list({ signal })) items.push(tenant);
      const rows = items.map(({ name, gateways, credentials, maxUnfinishedRequests, webhookUrl, suspended }) => [
        suspended ? `${name} (suspended)` : name,
        gateways.join(" ") || "none",
        showCredentials(credentials),
        String(maxUnfinishedRequests),
        webhookUrl ?? "-",
      ]);
      await printTable(session, { items }, { columns: headings, rows, none: "There is no tenant yet." });
    });

  const tenant = admin
    .command("tenant")
    .description("show a tenant, or change it")
    .argument("<tenant>")
    .action(async (name) => {
      checkTenant(name);
      const client = await session.connect();
      const shown = await client.admin.tenants.get(name, { signal });
      await session.print(shown, showTenant(shown, lookOf(session)));
    });

  let namedUrl: string | undefined;
  tenant
    .command("set")
    .description("change what is named of a tenant, or make it")
    .argument("<tenant>")
    .option(
      "--gateway <pattern>",
      "what it may touch, VPN gateways and customer gateways: * or provider/region/gateway with * in a part; may stand more than once",
      collect,
    )
    .option("--no-gateways", "it may touch none")
    .option(
      "--credentials <vendor=ref>",
      "the vendor credentials that it uses at alibaba or tencent, by name; V= for the broker's own",
      collect,
    )
    .option("--most-open <count>", "how many unfinished requests it may have at a time", countOf("--most-open"))
    .option(
      "--webhook-url <url>",
      "where its webhooks go when a request names no callback",
      (url, before?: string | boolean) => {
        if (before === false) throw new UsageError(bothUrls);
        namedUrl = url;
        return url;
      },
    )
    .option("--no-webhook-url", "nowhere")
    .option("--reason <text>", "why, for the audit log")
    .addHelpText("after", () => toHelp(session, setHelp))
    .action(async (name, given) => {
      const { gateway, gateways, credentials = [], mostOpen, webhookUrl, reason } = given;
      checkTenant(name);
      if (gateway && !gateways) throw new UsageError("--gateway and --no-gateways exclude each other");
      if (namedUrl !== undefined && webhookUrl === false) throw new UsageError(bothUrls);
      for (const pattern of gateway ?? []) checkGateway(pattern);
      const references = credentials.map(toReference);
      const client = await session.connect();
      const known = await client.admin.tenants.get(name, { signal }).catch((error: unknown) => {
        if (error instanceof ProblemError && error.code === "not_found") return undefined;
        throw error;
      });
      const settings: TenantSettings & { webhookUrl?: string } = {
        gateways: [],
        ...(known && settingsOf(known)),
        ...(gateways ? {} : { gateways: [] }),
        ...(gateway ? { gateways: [...gateway] } : {}),
        ...(mostOpen === undefined ? {} : { maxUnfinishedRequests: mostOpen }),
        ...(typeof webhookUrl === "string" ? { webhookUrl } : {}),
      };
      if (webhookUrl === false) delete settings.webhookUrl;
      settings.credentials = { ...settings.credentials };
      for (const [vendor, reference] of references) {
        if (reference === "") delete settings.credentials[vendor];
        else settings.credentials[vendor] = reference;
      }
      session.underway = { once: true };
      const body = { ...settings, ...(reason === undefined ? {} : { reason }) };
      const made = await client.admin.tenants.set(name, body, { ifMatch: known?.revision ?? 0, signal });
      const told = "webhookSecret" in made ? `\n\nWebhook secret, shown this once:\n${made.webhookSecret}` : "";
      const done = known
        ? "Changed; each process of the API sees it within a minute."
        : `Made. Its first key: vpn-broker admin key create ${name} --name NAME --scope connections:write`;
      await session.print(made, `${showTenant(made, lookOf(session))}${told}\n\n${done}`);
    });

  tenant
    .command("suspend")
    .description("cut a tenant off: nothing more is sent for it")
    .argument("<tenant>")
    .requiredOption("--reason <text>", "which the tenant is told (needed)")
    .addHelpText("after", () => toHelp(session, suspendHelp))
    .action(async (name, { reason }) => {
      checkTenant(name);
      const client = await session.connect();
      const made = await client.admin.tenants.suspend(name, { reason }, { signal });
      const late = "Each process of the API sees it within a minute; before each create it is read anew.";
      await session.print(made, `${showTenant(made, lookOf(session))}\n\nSuspended. ${late}`);
    });

  tenant
    .command("resume")
    .description("let a suspended tenant go on")
    .argument("<tenant>")
    .option("--reason <text>", "why, for the audit log")
    .addHelpText("after", () => toHelp(session, resumeHelp))
    .action(async (name, { reason }) => {
      checkTenant(name);
      const client = await session.connect();
      const made = await client.admin.tenants.resume(name, reason === undefined ? {} : { reason }, { signal });
      const late = "It may go on; each process of the API sees it within a minute.";
      await session.print(made, `${showTenant(made, lookOf(session))}\n\n${late}`);
    });

  admin
    .command("webhook-secret")
    .description("a tenant's webhook secret")
    .command("rotate")
    .description("make a tenant a new webhook secret, shown this once")
    .argument("<tenant>")
    .option(
      "--grace <duration>",
      "webhooks are signed with the old one as well for so long; a week at most, 0s for not at all",
      "24h",
    )
    .option("--reason <text>", "why, for the audit log")
    .action(async (name, { grace, reason }) => {
      checkTenant(name);
      const graceSeconds = toSeconds(grace, "--grace", graceBounds);
      const client = await session.connect();
      session.underway = { once: true };
      const body = { graceSeconds, ...(reason === undefined ? {} : { reason }) };
      const made = await client.admin.tenants.rotateWebhookSecret(name, body, { signal });
      const { webhookSecret, previousValidUntil: until } = made;
      const old = until ? `The one before signs beside it until ${until}.` : "The one before signs no more.";
      await session.print(made, `New webhook secret, shown this once:\n${webhookSecret}\n\n${old}`);
    });
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

function settingsOf({ gateways, credentials, maxUnfinishedRequests, webhookUrl }: Tenant) {
  return { gateways, credentials, maxUnfinishedRequests, ...(webhookUrl === undefined ? {} : { webhookUrl }) };
}
