/**
 * Sets what the AWS SDK would otherwise complain about: it warns about Node 20 on every start, and looks for
 * credentials that the embedded engines do not need. What the person set stays.
 */
export function prepareEnvironment(): void {
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  process.env["AWS_REGION"] ??= "us-east-1";
  process.env["AWS_ACCESS_KEY_ID"] ??= "local";
  process.env["AWS_SECRET_ACCESS_KEY"] ??= "local";
}
