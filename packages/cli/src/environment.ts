import { isLoopback } from "./loopback.ts";

/** The environment as it is; `functions/entries/config.ts` says what of it counts. */
export const readEnvironment = (): Record<string, string | undefined> => process.env;

/**
 * Keeps the AWS SDK from warning about Node 20. For an engine on this computer, which checks none, a region and
 * credentials are made up where the person named none; anywhere else the SDK looks for the person's own.
 */
export function prepareAwsEnvironment(): void {
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const { AWS_ENDPOINT_URL_DYNAMODB: endpoint = "", AWS_PROFILE, AWS_ACCESS_KEY_ID } = process.env;
  const isEngine = URL.canParse(endpoint) && isLoopback(new URL(endpoint));
  if (!isEngine || AWS_PROFILE || AWS_ACCESS_KEY_ID) return;
  process.env["AWS_REGION"] ??= "us-east-1";
  process.env["AWS_ACCESS_KEY_ID"] = "local";
  process.env["AWS_SECRET_ACCESS_KEY"] ??= "local";
}
