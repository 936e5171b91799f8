import { createHash } from "node:crypto";
import { VendorProblem } from "./rules.ts";
import type { Settings } from "./settings.ts";
import type { ProviderCall } from "./vendor-call.ts";

type Body = Readonly<Record<string, unknown>>;

/** The first answer to a client token and what it was asked for. */
export interface TokenRecord {
  readonly firstUsedAt: number;
  readonly fingerprint: string;
  readonly body: Body;
}

interface TokenStore {
  readonly now: () => number;
  readonly settings: Pick<Settings, "tokenLifeMilliseconds">;
  readonly tables: { readonly tokens: Map<string, TokenRecord> };
  touch(): void;
}

/**
 * Runs a change at most once per `ClientToken`: the same token with the same parameters gets the first
 * answer again, with others `IdempotentParameterMismatch`. A refused call leaves no trace of its token, and one that has
 * outlived its life by the settings is as new.
 * Source: Alibaba's "VPC API idempotence" (help.aliyun.com/knowledge_detail/36569.html).
 */
export function oncePerToken(store: TokenStore, call: ProviderCall, change: () => Body): Body {
  const token = call.parameters["ClientToken"];
  if (token === undefined || token === "") return change();
  if (typeof token !== "string" || !/^[\x21-\x7e]{1,64}$/.test(token)) {
    throw new VendorProblem({ code: "InvalidParameter.ClientToken" });
  }

  const key = `${call.region} ${call.action} ${token}`;
  const fingerprint = fingerprintOf(call.parameters);
  const known = recall(store, key);
  if (known && known.fingerprint !== fingerprint) {
    throw new VendorProblem({ code: "IdempotentParameterMismatch" });
  }
  if (known) return known.body;

  const body = change();
  store.tables.tokens.set(key, { fingerprint, body, firstUsedAt: store.now() });
  store.touch();
  return body;
}

function recall({ tables, settings, now }: TokenStore, key: string): TokenRecord | undefined {
  const known = tables.tokens.get(key);
  if (!known || settings.tokenLifeMilliseconds === null) return known;
  return now() - known.firstUsedAt < settings.tokenLifeMilliseconds ? known : undefined;
}

/** A hash, because parameters hold pre-shared keys. */
function fingerprintOf(parameters: Body): string {
  const sorted = Object.entries(parameters).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex");
}
