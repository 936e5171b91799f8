import type { Actor } from "../domain/actor.ts";
import type { Clock } from "../domain/clock.ts";
import type { AcceptDeps } from "../domain/connections/accept-connection.ts";
import type { CancelDeps } from "../domain/connections/cancel-connection.ts";
import type { DryRunDeps } from "../domain/connections/dry-run-connection.ts";
import type { RevealDeps } from "../domain/connections/reveal-keys.ts";
import type { WaitDeps } from "../domain/connections/wait-for-change.ts";
import type { Log } from "../domain/log.ts";
import type { Turns } from "../domain/ports.ts";
import type { ErrorTables } from "../domain/provider/provider-code.ts";
import type { PatienceDeps, QuotaDeps } from "../domain/quotas.ts";
import type { ExampleInput, ExampleSent } from "../domain/record/example-connection.ts";
import type { CallbackOptions } from "../domain/request/create-request-body.ts";
import type { Caller, KeyDirectory } from "../domain/tenants/caller.ts";
import type { ManageDeps } from "../domain/tenants/manage-tenants.ts";
import type { RateLimiter } from "../domain/tenants/rate-limit.ts";
import type { ReadAsset } from "./output/send-asset.ts";
import type { ShowDeps } from "./output/show-connection.ts";

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
  CancelDeps &
  ShowDeps &
  CallbackOptions & {
    turns: Pick<Turns, "holders">;
    /** The vendors' codes, for the pages of error codes; loaded when somebody reads them. */
    loadErrorTables: () => Promise<ErrorTables>;
    /** The text of openapi.json; loaded when somebody reads it. */
    loadOpenApi: () => Promise<string>;
    readAsset: ReadAsset;
  };

/** The routes that talk to a vendor. */
export type ProviderApiDeps = BaseDeps & DryRunDeps & CallbackOptions & PatienceDeps;

/** The route that opens keys. */
export type SecretsApiDeps = BaseDeps & RevealDeps & QuotaDeps;

/** The route that calls whom the caller names. */
export type ExampleApiDeps = BaseDeps &
  CallbackOptions & {
    /** Sends an example webhook, to the tenant's own endpoint without a URL. */
    sendExample: (input: ExampleInput) => Promise<ExampleSent>;
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
