import { type CallbackFlaw, callbackPorts, flawOfCallback } from "../network/callback-target.ts";
import type { Rule } from "./rule.ts";

const details: Record<CallbackFlaw, string> = {
  credentials: "must not carry a user name or password",
  scheme: "must be an https URL",
  address: "must be a public address",
  port: `must use port ${callbackPorts.join(" or ")}`,
};

/** What is wrong with a callback's URL by its text; the sender looks again, and at what its name resolves to. */
export function callbackFlaws(url: string, options: { allowLoopbackCallbacks: boolean }): string[] {
  const flaw = flawOfCallback(new URL(url), options.allowLoopbackCallbacks);
  return flaw ? [details[flaw]] : [];
}

export function callbackRule(options: { allowLoopbackCallbacks: boolean }): Rule {
  return ({ callback }) =>
    callback?.url === undefined
      ? []
      : callbackFlaws(callback.url, options).map((detail) => ({ pointer: "/callback/url", detail }));
}
