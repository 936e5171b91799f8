import type { AcceptDeps } from "../domain/accept-connection.ts";
import type { Caller, CallerDirectory, Log } from "../domain/ports.ts";
import type { WaitDeps } from "../domain/wait-for-change.ts";

/** What the API needs to run. */
export interface ApiDeps extends AcceptDeps, WaitDeps {
  callers: CallerDirectory;
  /** Whether `http` callbacks to this computer are accepted: only the local stack says so. */
  allowLoopbackCallbacks: boolean;
  createRequestId: () => string;
}

/** What middleware leaves on the context for routes. */
export interface ApiEnv {
  Variables: { requestId: string; caller: Caller; log: Log };
}
