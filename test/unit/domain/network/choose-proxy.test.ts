import { describe, expect, it } from "vitest";
import { chooseProxy, type ProxyVariables } from "../../../../functions/domain/network/choose-proxy.ts";

const vendor = new URL("https://vpc.tencentcloudapi.com");
const proxy = "http://proxy.example:3128";

describe("the proxy on the way to a vendor", () => {
  it.each<[string, ProxyVariables, string | undefined]>([
    ["none without a variable", {}, undefined],
    ["https_proxy", { https_proxy: proxy, http_proxy: "http://other.example" }, proxy],
    ["all_proxy before http_proxy", { all_proxy: proxy, http_proxy: "http://other.example" }, proxy],
    ["http_proxy, as Tencent's SDK has it", { http_proxy: proxy }, proxy],
    ["one without a scheme", { https_proxy: "proxy.example:3128" }, proxy],
  ])("is %s", (_case, variables, expected) => {
    expect(chooseProxy(vendor, variables)).toBe(expected);
  });

  it.each([
    "vpc.tencentcloudapi.com",
    "tencentcloudapi.com",
    ".tencentcloudapi.com",
    "*.tencentcloudapi.com",
    "VPC.TencentCloudAPI.com",
    "example.com, tencentcloudapi.com:443",
    "example.com tencentcloudapi.com",
    "*",
  ])("is none when no_proxy is %s", (no_proxy) => {
    expect(chooseProxy(vendor, { https_proxy: proxy, no_proxy })).toBeUndefined();
  });

  it.each(["", ",", "cloudapi.com", "tencentcloudapi.com:80", "vpc.tencentcloudapi.com.example"])(
    "stays when no_proxy is %j",
    (no_proxy) => {
      expect(chooseProxy(vendor, { https_proxy: proxy, no_proxy })).toBe(proxy);
    },
  );

  it.each(["http://127.0.0.1:1", "http://127.8.8.8", "http://localhost:1", "http://[::1]:1", "https://a.localhost"])(
    "is never on the way to %s",
    (url) => {
      expect(chooseProxy(new URL(url), { http_proxy: proxy, https_proxy: proxy, all_proxy: proxy })).toBeUndefined();
    },
  );

  it("counts an address in brackets as the same without", () => {
    const url = new URL("http://[2001:db8::1]:8080");
    expect(chooseProxy(url, { http_proxy: proxy, no_proxy: "2001:db8::1" })).toBeUndefined();
    expect(chooseProxy(url, { http_proxy: proxy, no_proxy: "[2001:db8::1]:8080" })).toBeUndefined();
  });
});
