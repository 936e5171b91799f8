import type { CatalogueEntry } from "../contract/error-catalogue.ts";
import type { Actor } from "../domain/actor.ts";
import type { Clock } from "../domain/clock.ts";
import type { AcceptDeps } from "../domain/connections/accept-connection.ts";
import type { DryRunDeps } from "../domain/connections/dry-run-connection.ts";
import type { RevealDeps } from "../domain/connections/reveal-keys.ts";
import type { WaitDeps } from "../domain/connections/wait-for-change.ts";
import type { Log } from "../domain/log.ts";
import type { Outcome } from "../domain/record/transitions.ts";
import type { ParseOptions } from "../domain/request/parse-create-request.ts";
import type { Caller, KeyDirectory } from "../domain/tenants/caller.ts";
import type { ManageDeps } from "../domain/tenants/manage-tenants.ts";
import type { RateLimiter } from "../domain/tenants/rate-limit.ts";

/** What every app of the API needs. */
export interface BaseDeps {
  keys: KeyDirectory;
  rateLimiter: RateLimiter;
  clock: Clock;
  log: Log;
  createRequestId: () => string;
  /** Address that a request came from, by what the server left in Hono's `env`; undefined where it is not known. */
  addressOf: (env: unknown) => string | undefined;
}

export type ApiDeps = BaseDeps &
  AcceptDeps &
  ManageDeps &
  WaitDeps &
  ParseOptions & {
    /** The error codes, for their pages; loaded when somebody reads them. */
    loadErrorCatalogue: () => Promise<readonly CatalogueEntry[]>;
  };

/** The routes that talk to a vendor. */
export type ProviderApiDeps = BaseDeps & DryRunDeps & ParseOptions;

/** The routes that open what is sealed. */
export type SecretsApiDeps = BaseDeps &
  RevealDeps &
  ParseOptions & {
    /** Sends an example webhook, to the tenant's own endpoint without a URL; milliseconds. */
    sendExample: (input: { actor: Actor; status: Outcome["status"]; url?: string }) => Promise<{
      deliveryId: string;
      outcome: string;
      statusCode?: number;
      durationMilliseconds: number;
    }>;
  };

/** What middleware leaves on the context for routes. */
export interface ApiEnv {
  Variables: {
    requestId: string;
    caller: Caller;
    actor: Actor;
    log: Log;
    /** The caller as the table has it now. Throws `unauthenticated`. */
    askAnew: () => Promise<Caller>;
  };
}
