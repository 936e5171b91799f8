export type { AdminClient, ChangeOptions } from "./admin.ts";
export { type Client, createClient } from "./client.ts";
export { type Clock, realClock } from "./clock.ts";
export {
  ConnectionFailedError,
  NoAnswerError,
  type Problem,
  ProblemError,
  VpnBrokerError,
  WaitTimeoutError,
} from "./errors.ts";
export type { CallOptions, ClientOptions } from "./options.ts";
export { isTransient } from "./retry.ts";
export type * from "./types.ts";
export { version } from "./version.ts";
export { isFinal, type WaitOptions, type WatchOptions } from "./waiting.ts";
