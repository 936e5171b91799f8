import type { Credentials } from "../domain/provider/credentials.ts";
import { ProviderError } from "../domain/provider/provider-error.ts";
import type { ProviderErrors } from "./observe.ts";

/** The members of a tenant's credentials, by the broker's variables that the vendors' advice names. */
const members: Readonly<Record<string, keyof Credentials>> = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: "accessKeyId",
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: "accessKeySecret",
  ALIBABA_CLOUD_SECURITY_TOKEN: "securityToken",
  TENCENTCLOUD_SECRET_ID: "accessKeyId",
  TENCENTCLOUD_SECRET_KEY: "accessKeySecret",
  TENCENTCLOUD_TOKEN: "securityToken",
};
const variables = new RegExp(`\\b(${Object.keys(members).join("|")})\\b`, "g");

/** The same reading of errors, for a call that was made with a tenant's credentials: whatever is wrong is wrong there. */
export function nameReference(errors: ProviderErrors, reference: string, onRefused: () => void): ProviderErrors {
  return {
    classify: errors.classify,
    toProviderError(action, error) {
      const failure = errors.toProviderError(action, error);
      if (failure.facts.class !== "auth") return failure;
      onRefused();
      const advice = failure.facts.advice.replace(variables, (name) => members[name] ?? name);
      const whose = `The call was made with the tenant's credentials "${reference}".`;
      return new ProviderError({ ...failure.facts, advice: `${whose} ${advice}` });
    },
  };
}
