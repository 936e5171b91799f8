import Vpc from "@alicloud/vpc20160428";
import { describe, expect, it } from "vitest";
import { endpointOf } from "../../../functions/providers/alibaba/endpoints.ts";

/** Alibaba's own generated client, whose fields are the only way to see what it decides. */
function sdkClient(regionId: string): Record<string, unknown> {
  return new Vpc.default({ regionId, accessKeyId: "a", accessKeySecret: "b" } as never) as never;
}

const sdkMap = sdkClient("cn-shanghai")["_endpointMap"] as Record<string, string>;
const forVendorTests = /test|internal|pre\.|inner|nebula|edge|-b01|-c01|-a01|-d01|oxs|yushanfang/;
const regions = Object.keys(sdkMap).filter((region) => !forVendorTests.test(`${region} ${sdkMap[region]}`));

describe("the endpoint of a region", () => {
  it.each([...regions, "cn-shanghai", "cn-beijing", "ap-southeast-1", "eu-central-1", "us-west-1"])(
    "%s is the one that the vendor's own client takes",
    (region) => {
      expect(endpointOf(region)).toBe(sdkClient(region)["_endpoint"]);
    },
  );
});
