import { addressScope, isAddressLiteral } from "./public-address.ts";

/** The only ports a callback may have; the local stack calls this computer on any. */
export const callbackPorts = ["443", "8443"];

export type CallbackFlaw = "credentials" | "scheme" | "address" | "port";

/** A URL's host as a socket takes it: an IPv6 address without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

/** Whether a host is this computer by its text alone: a loopback address, or `localhost` and what is under it. */
export function namesThisComputer(host: string): boolean {
  return /(^|\.)localhost\.*$/.test(host) || addressScope(host) === "loopback";
}

/**
 * The first thing wrong with a callback's URL as far as its text tells: what a name resolves to is for the sender to see.
 * With `allowLoopback` this computer is called over http too, on any port; everything else stays.
 */
export function flawOfCallback(url: URL, allowLoopback: boolean): CallbackFlaw | undefined {
  const host = hostOf(url);
  const local = namesThisComputer(host);
  if (url.username || url.password) return "credentials";
  if (local && allowLoopback && ["http:", "https:"].includes(url.protocol)) return undefined;
  if (url.protocol !== "https:") return "scheme";
  if (local || (isAddressLiteral(host) && addressScope(host) !== "public")) return "address";
  return callbackPorts.includes(url.port || "443") ? undefined : "port";
}
