import Vpc from "@alicloud/vpc20160428";
import { describe, expect, it } from "vitest";
import { endpointOf } from "../../../functions/providers/alibaba/endpoints.ts";

/** The endpoint that Alibaba's own generated client takes in a region. */
function sdkEndpoint(regionId: string): string {
  const client = new Vpc.default({ regionId, accessKeyId: "a", accessKeySecret: "b" } as never);
  return client._endpoint;
}

const sdkMap = new Vpc.default({ regionId: "cn-shanghai", accessKeyId: "a", accessKeySecret: "b" } as never)
  ._endpointMap;
const forVendorTests = /test|internal|pre\.|inner|nebula|edge|-b01|-c01|-a01|-d01|oxs|yushanfang/;
const regions = Object.keys(sdkMap).filter((region) => !forVendorTests.test(`${region} ${sdkMap[region]}`));

describe("the endpoint of a region", () => {
  it.each([...regions, "cn-shanghai", "cn-beijing", "ap-southeast-1", "eu-central-1", "us-west-1"])(
    "%s is the one that the vendor's own client takes",
    (region) => {
      expect(endpointOf(region)).toBe(sdkEndpoint(region));
    },
  );
});
