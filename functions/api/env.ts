import type { AcceptDeps } from "../domain/accept-connection.ts";
import type { Actor } from "../domain/audit.ts";
import type { DryRunDeps } from "../domain/dry-run-connection.ts";
import type { CatalogueEntry } from "../domain/error-catalogue.ts";
import type { Log } from "../domain/log.ts";
import type { ParseOptions } from "../domain/parse-create-request.ts";
import type { Clock } from "../domain/ports.ts";
import type { RateLimiter } from "../domain/rate-limit.ts";
import type { RevealDeps } from "../domain/reveal-keys.ts";
import type { Caller, KeyDirectory } from "../domain/tenants/caller.ts";
import type { ManageDeps } from "../domain/tenants/manage-tenants.ts";
import type { Ending } from "../domain/transitions.ts";
import type { WaitDeps } from "../domain/wait-for-change.ts";

/** What every app of the API needs. */
export interface ShellDeps {
  keys: KeyDirectory;
  rateLimiter: RateLimiter;
  clock: Clock;
  log: Log;
  createRequestId: () => string;
  /** Address that a request came from, by what the server left in Hono's `env`; undefined where it is not known. */
  addressOf: (env: unknown) => string | undefined;
}

export type ApiDeps = ShellDeps &
  AcceptDeps &
  ManageDeps &
  WaitDeps &
  ParseOptions & {
    /** The error codes, for their pages; loaded when somebody reads them. */
    loadErrorCatalogue: () => Promise<readonly CatalogueEntry[]>;
  };

/** The routes that talk to a vendor. */
export type VendorApiDeps = ShellDeps & DryRunDeps & ParseOptions;

/** The routes that open what is sealed. */
export type SecretsApiDeps = ShellDeps &
  RevealDeps &
  ParseOptions & {
    /** Sends an example webhook, to the tenant's own endpoint without a URL; milliseconds. */
    sendExample: (input: { actor: Actor; status: Ending["status"]; url?: string }) => Promise<{
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
