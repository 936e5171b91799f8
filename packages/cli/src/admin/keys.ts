import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { ApiKey } from "@vpn-broker/client";
import { defaultRateLimit, scopes } from "../../../../functions/domain/tenants/tenant.ts";
import { expiryBounds, graceBounds, toSeconds } from "../duration.ts";
import { UsageError } from "../failure.ts";
import { collectOf, countOf } from "../options.ts";
import { printTable } from "../print-table.ts";
import type { Session } from "../session.ts";
import { type Look, lookOf } from "../text/look.ts";
import { toTable } from "../text/table.ts";
import { checkKeyId, checkTenant } from "./names.ts";

/** A tenant's API keys. */
export function addKeys(admin: CommandUnknownOpts, session: Session): void {
  const { signal } = session;

  admin
    .command("keys")
    .description("list a tenant's API keys")
    .argument("<tenant>")
    .action(async (tenant) => {
      checkTenant(tenant);
      const client = await session.connect();
      const items = await client.admin.keys.list(tenant, { signal });
      await printTable(session, { items }, { columns, rows: items.map(toRow), none: "This tenant has no key yet." });
    });

  const key = admin.command("key").description("make, rotate or revoke an API key");

  key
    .command("create")
    .description("make an API key, shown this once")
    .argument("<tenant>")
    .requiredOption("--name <name>", "for people (needed)")
    .requiredOption("--scope <scope>", `once for each of ${scopes.join(", ")} (needed)`, collectOf("--scope", scopes))
    .option("--expires <duration>", "when it ends by itself, such as 90d; without, never")
    .option("--rate <count>", `requests a second for long; ${defaultRateLimit.perSecond} without`, countOf("--rate"))
    .option("--burst <count>", `requests at once; ${defaultRateLimit.burst} without`, countOf("--burst"))
    .option("--reason <text>", "why, for the audit log")
    .action(async (tenant, { name, scope, expires, rate, burst, reason }) => {
      checkTenant(tenant);
      if ((rate === undefined) !== (burst === undefined)) throw new UsageError("--rate and --burst go together");
      const body = {
        name,
        scopes: [...scope],
        ...(expires === undefined ? {} : { expiresInSeconds: toSeconds(expires, "--expires", expiryBounds) }),
        ...(rate === undefined || burst === undefined ? {} : { rateLimit: { perSecond: rate, burst } }),
        ...(reason === undefined ? {} : { reason }),
      };
      const client = await session.connect();
      session.underway = { once: true };
      const made = await client.admin.keys.create(tenant, body, { signal });
      await session.print(made, `New key, shown this once:\n${made.key}\n\n${showKeys([made], lookOf(session))}`);
    });

  key
    .command("rotate")
    .description("make a key in place of another, shown this once")
    .argument("<tenant>")
    .argument("<keyId>")
    .option("--grace <duration>", "the old one works for so long; a week at most, 0s for not at all", "24h")
    .option("--reason <text>", "why, for the audit log")
    .action(async (tenant, keyId, { grace, reason }) => {
      checkTenant(tenant);
      checkKeyId(keyId);
      const graceSeconds = toSeconds(grace, "--grace", graceBounds);
      const client = await session.connect();
      session.underway = { once: true };
      const body = { graceSeconds, ...(reason === undefined ? {} : { reason }) };
      const made = await client.admin.keys.rotate(tenant, keyId, body, { signal });
      const old = `The old one, ${keyId}, works until ${made.previousValidUntil ?? "its end"}.`;
      const shown = showKeys([made], lookOf(session));
      await session.print(made, `New key, shown this once:\n${made.key}\n\n${shown}\n\n${old}`);
    });

  key
    .command("revoke")
    .description("end a key")
    .argument("<tenant>")
    .argument("<keyId>")
    .option("--force", "also when it is the last admin key that works: then only bootstrap makes another one")
    .option("--reason <text>", "why, for the audit log")
    .action(async (tenant, keyId, { force, reason }) => {
      checkTenant(tenant);
      checkKeyId(keyId);
      const client = await session.connect();
      const body = { ...(force ? { force } : {}), ...(reason === undefined ? {} : { reason }) };
      const made = await client.admin.keys.revoke(tenant, keyId, body, { signal });
      const late = "Where it was used within the last minute it is remembered, and works for up to a minute more.";
      await session.print(made, `${showKeys([made], lookOf(session))}\n\nRevoked. ${late}`);
    });
}

const columns = [
  { heading: "id" },
  { heading: "name", least: 8 },
  { heading: "validity", least: 12 },
  { heading: "scopes", least: 12 },
  { heading: "limit", least: 8 },
  { heading: "made" },
];

function showKeys(keys: readonly ApiKey[], look: Look): string {
  return toTable(columns, keys.map(toRow), look);
}

function toRow(key: ApiKey): string[] {
  const { perSecond, burst } = key.rateLimit ?? defaultRateLimit;
  return [key.id, key.name, showValidity(key), key.scopes.join(" "), `${perSecond}/s, ${burst} at once`, key.createdAt];
}

function showValidity({ valid, revokedAt, expiresAt, replacedBy }: ApiKey): string {
  const replaced = replacedBy ? `, replaced by ${replacedBy}` : "";
  if (revokedAt) return `revoked ${revokedAt}${replaced}`;
  if (!valid) return `ended ${expiresAt}${replaced}`;
  return expiresAt ? `valid until ${expiresAt}${replaced}` : `valid${replaced}`;
}
