/**
 * Regions whose VPC endpoint is not `vpc.<region>.aliyuncs.com`: the endpoint map of `@alicloud/vpc20160428`, which a
 * contract test compares with this one. Regions for the vendor's own tests are left out.
 */
const central = "vpc.aliyuncs.com";
const exceptions: Readonly<Record<string, string>> = {
  "cn-hangzhou": central,
  "cn-wuhan": central,
  "cn-hangzhou-finance": central,
  "cn-shanghai-finance-1": central,
  "cn-shenzhen-finance-1": central,
  "cn-beijing-finance-pop": central,
  "cn-hongkong-finance-pop": central,
  "cn-north-2-gov-1": central,
  "cn-beijing-gov-1": central,
  "cn-fujian": central,
  "cn-zhangbei": central,
  "ap-northeast-2-pop": central,
  "rus-west-1-pop": central,
};

/** Host name of the VPC API in a region. */
export function endpointOf(region: string): string {
  return exceptions[region] ?? `vpc.${region}.aliyuncs.com`;
}
