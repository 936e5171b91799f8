import { isAddressLiteral, placeOf } from "../public-address.ts";
import type { Rule } from "./rule.ts";

const loopbackHosts = ["localhost", "127.0.0.1", "[::1]"];

/** A callback is called over https, without credentials in its URL; the local stack also calls this computer over http. */
export function callbackRule(options: { allowLoopbackCallbacks: boolean }): Rule {
  return ({ callback }) => {
    if (callback?.url === undefined) return [];
    const url = new URL(callback.url);
    const pointer = "/callback/url";
    const local = options.allowLoopbackCallbacks && loopbackHosts.includes(url.hostname);
    if (url.username || url.password) return [{ pointer, detail: "must not carry a user name or password" }];
    if (url.protocol !== "https:" && !local) return [{ pointer, detail: "must be an https URL" }];
    const address = url.hostname.replace(/^\[|\]$/g, "");
    const internal = isAddressLiteral(address) && placeOf(address) !== "public" && !local;
    return internal ? [{ pointer, detail: "must be a public address" }] : [];
  };
}
