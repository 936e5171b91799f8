import type { toKeyResource } from "../../../../functions/domain/tenants/tenant-resource.ts";
import { defaultRateLimit, scopes } from "../../../../functions/domain/tenants/tenant.ts";
import { type Command, defineApiCommand, required } from "./command.ts";
import { expiryBounds, graceBounds, toSeconds } from "./duration.ts";
import { UsageError } from "./failure.ts";
import { keyPath, tenantPath } from "./names.ts";
import { toCount } from "./tenants.ts";
import { table } from "./text.ts";

type KeyResource = ReturnType<typeof toKeyResource>;
type ToldKey = KeyResource & { key: string; previousValidUntil?: string };

const list = defineApiCommand({
  name: "keys",
  operands: ["tenant"],
  summary: "list a tenant's API keys",
  options: {},
  prepare([tenant]) {
    const path = `${tenantPath(tenant)}/keys`;
    return async (api) => {
      const document = await api.get<{ items: KeyResource[] }>(path);
      return { document, text: showKeys(document.items) };
    };
  },
});

const create = defineApiCommand({
  name: "key create",
  operands: ["tenant"],
  synopsis: "--name NAME --scope SCOPE... [--expires 90d] [--rate N --burst N] [--reason TEXT]",
  summary: "make an API key, shown this once",
  details: [
    `--scope SCOPE  once for each of ${scopes.join(", ")}`,
    "--expires 90d  when it ends by itself; without, never",
    "--rate N       requests a second for long, and --burst N at once; without, " +
      `${defaultRateLimit.perSecond} and ${defaultRateLimit.burst}`,
  ],
  options: {
    name: { type: "string" },
    scope: { type: "string", multiple: true },
    expires: { type: "string" },
    rate: { type: "string" },
    burst: { type: "string" },
    reason: { type: "string" },
  },
  prepare([tenant], { name, scope, expires, rate, burst, reason }) {
    const path = `${tenantPath(tenant)}/keys`;
    if ((rate === undefined) !== (burst === undefined)) throw new UsageError("--rate and --burst go together");
    const unknown = scope?.some((one) => !(scopes as readonly string[]).includes(one));
    if (unknown) throw new UsageError(`--scope must be one of ${scopes.join(", ")}; once for each`);
    const body = {
      name: required(name, "--name NAME"),
      scopes: required(scope, "--scope SCOPE"),
      ...(expires === undefined ? {} : { expiresInSeconds: toSeconds(expires, "--expires", expiryBounds) }),
      ...(rate === undefined || burst === undefined
        ? {}
        : { rateLimit: { perSecond: toCount(rate, "--rate"), burst: toCount(burst, "--burst") } }),
      ...(reason === undefined ? {} : { reason }),
    };
    return async (api) => {
      const document = await api.send<ToldKey>("POST", path, body);
      return { document, text: `New key, shown this once:\n${document.key}\n\n${showKeys([document])}` };
    };
  },
});

const rotate = defineApiCommand({
  name: "key rotate",
  operands: ["tenant", "keyId"],
  synopsis: "[--grace 24h] [--reason TEXT]",
  summary: "make a key in place of another, shown this once",
  details: ["The old one works until the grace time is over: a week at most, 0s for not at all."],
  options: { grace: { type: "string", default: "24h" }, reason: { type: "string" } },
  prepare([tenant, keyId], { grace, reason }) {
    const path = `${keyPath(tenant, keyId)}/rotate`;
    const body = {
      graceSeconds: toSeconds(grace, "--grace", graceBounds),
      ...(reason === undefined ? {} : { reason }),
    };
    return async (api) => {
      const document = await api.send<ToldKey>("POST", path, body);
      const until = document.previousValidUntil ?? "its end";
      const old = `The old one, ${keyId}, works until ${until}.`;
      return { document, text: `New key, shown this once:\n${document.key}\n\n${showKeys([document])}\n\n${old}` };
    };
  },
});

const revoke = defineApiCommand({
  name: "key revoke",
  operands: ["tenant", "keyId"],
  synopsis: "[--force] [--reason TEXT]",
  summary: "end a key",
  details: [
    "Each process of the API remembers keys: one that was used lately works for up to a minute more.",
    "--force  also when it is the last admin key that works: then only bootstrap makes another one",
  ],
  options: { force: { type: "boolean", default: false }, reason: { type: "string" } },
  prepare([tenant, keyId], { force, reason }) {
    const path = `${keyPath(tenant, keyId)}/revoke`;
    const body = { ...(force ? { force } : {}), ...(reason === undefined ? {} : { reason }) };
    return async (api) => {
      const document = await api.send<KeyResource>("POST", path, body);
      const late = "Where it was used within the last minute it is remembered, and works for up to a minute more.";
      return { document, text: `${showKeys([document])}\n\nRevoked. ${late}` };
    };
  },
});

export const keyCommands: readonly Command[] = [list, create, rotate, revoke];

function showKeys(keys: readonly KeyResource[]): string {
  const rows = keys.map((key) => [
    key.id,
    key.name,
    key.scopes.join(" "),
    `${(key.rateLimit ?? defaultRateLimit).perSecond}/s, ${(key.rateLimit ?? defaultRateLimit).burst} at once`,
    key.createdAt,
    showValidity(key),
  ]);
  const headings = ["id", "name", "scopes", "limit", "made", "validity"];
  return table(headings, rows, "This tenant has no key yet.");
}

function showValidity({ valid, revokedAt, expiresAt, replacedBy }: KeyResource): string {
  const replaced = replacedBy ? `, replaced by ${replacedBy}` : "";
  if (revokedAt) return `revoked ${revokedAt}${replaced}`;
  if (!valid) return `ended ${expiresAt}${replaced}`;
  return expiresAt ? `valid until ${expiresAt}${replaced}` : `valid${replaced}`;
}
