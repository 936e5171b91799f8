export { createClient } from "./client.ts";
export * as errors from "./errors.ts";
export { createProvider } from "./provider.ts";
