/** This computer by all its names; `[::1]` as undici has it, `::1` as Node's own agents do. */
const thisComputer = ["127.0.0.1", "localhost", "::1", "[::1]"];

/**
 * Sets what the AWS SDK would otherwise complain about: it warns about Node 20 on every start, and looks for
 * credentials that the embedded engines do not need. What the person set stays, but for one thing: with
 * `NODE_USE_ENV_PROXY` Node would call the embedded engines through the person's proxy, which cannot reach them.
 */
export function prepareEnvironment(): void {
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  process.env["AWS_REGION"] ??= "us-east-1";
  process.env["AWS_ACCESS_KEY_ID"] ??= "local";
  process.env["AWS_SECRET_ACCESS_KEY"] ??= "local";
  const noProxy = process.env["no_proxy"] || process.env["NO_PROXY"];
  const everything = noProxy?.trim() === "*";
  const exempt = everything ? "*" : [...(noProxy ? [noProxy] : []), ...thisComputer].join(",");
  process.env["no_proxy"] = exempt;
  process.env["NO_PROXY"] = exempt;
}
