import type { AcceptDeps } from "../domain/accept-connection.ts";
import type { DryRunDeps } from "../domain/dry-run-connection.ts";
import type { CatalogueEntry } from "../domain/error-catalogue.ts";
import type { ParseOptions } from "../domain/parse-create-request.ts";
import type { Caller, CallerDirectory, Log } from "../domain/ports.ts";
import type { WaitDeps } from "../domain/wait-for-change.ts";

/** What every app of the API needs. */
export interface ShellDeps {
  callers: CallerDirectory;
  log: Log;
  createRequestId: () => string;
}

export type ApiDeps = ShellDeps &
  AcceptDeps &
  WaitDeps &
  ParseOptions & {
    /** The error codes, for their pages; loaded when somebody reads them. */
    loadErrorCatalogue: () => Promise<readonly CatalogueEntry[]>;
  };
export type VendorApiDeps = ShellDeps & DryRunDeps & ParseOptions;

/** What middleware leaves on the context for routes. */
export interface ApiEnv {
  Variables: { requestId: string; caller: Caller; log: Log };
}
