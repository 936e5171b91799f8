import { providers } from "../../functions/domain/values.ts";

/** The step that a function carries out, less the vendor that it does so for: `SubmitAlibaba` is `Submit`. */
export function stepOf(name: string): string {
  const vendor = providers.find((provider) => name.toLowerCase().endsWith(provider));
  return vendor === undefined ? name : name.slice(0, -vendor.length);
}
