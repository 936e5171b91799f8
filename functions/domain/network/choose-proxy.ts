import { hostOf, namesThisComputer } from "./callback-target.ts";

/** The environment's variables about proxies. */
export type ProxyVariables = Readonly<
  Partial<Record<"http_proxy" | "https_proxy" | "all_proxy" | "no_proxy", string | undefined>>
>;

/**
 * URL of the proxy that leads to this URL; undefined = straight there. This computer is never behind a proxy, whatever
 * the variables say, and neither is what `no_proxy` lists. `http_proxy` counts for https too, as for Tencent's SDK.
 */
export function chooseProxy(url: URL, variables: ProxyVariables): string | undefined {
  if (namesThisComputer(hostOf(url)) || isExempt(url, variables.no_proxy ?? "")) return undefined;
  const own = url.protocol === "https:" ? variables.https_proxy : variables.http_proxy;
  const proxy = own ?? variables.all_proxy ?? variables.http_proxy;
  if (proxy === undefined) return undefined;
  return proxy.includes("://") ? proxy : `http://${proxy}`;
}

/** Entries are hosts, which stand for what is under them too, each with or without a port; `*` is everything. */
function isExempt(url: URL, noProxy: string): boolean {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const host = hostOf(url).toLowerCase();
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      if (entry === "*") return true;
      const [, name = entry, wantedPort] = /^(.*[^:]):(\d+)$/.exec(entry) ?? [];
      if (wantedPort !== undefined && wantedPort !== port) return false;
      const bare = name.replace(/^\[|\]$/g, "").replace(/^\*?\.+/, "");
      return host === bare || host.endsWith(`.${bare}`);
    });
}
