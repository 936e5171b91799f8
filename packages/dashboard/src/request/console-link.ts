import type { Connection } from "@vpn-broker/client";

/**
 * Where the vendor's own console shows the VPN connections of a region. Sources: help.aliyun.com and
 * cloud.tencent.com/document/product/554, whose instructions lead there. Tencent's page asks for the region itself.
 */
export function toConsole({ provider, region }: Pick<Connection, "provider" | "region">): string {
  switch (provider) {
    case "alibaba":
      return `https://vpc.console.aliyun.com/vpn/${encodeURIComponent(region)}/vpns`;
    case "tencent":
      return "https://console.cloud.tencent.com/vpc/vpnConn";
  }
}
