import * as z from "zod";
import { VendorProblem } from "../rules.ts";
import { serveCloud } from "../serve.ts";
import type { Simulator, SimulatorOptions } from "../simulator.ts";
import type { Admit, WireRequest } from "../wire-request.ts";
import { TencentCloud } from "./cloud.ts";
import type { TencentEstate } from "./estate.ts";
import { verifySignature } from "./signature.ts";

/** The VPC API, and the tag service that Terraform calls besides it. */
const versions = ["2017-03-12", "2018-08-13"];
const bodySchema = z.record(z.string(), z.unknown());

/** Starts a simulated Tencent Cloud VPC API that the vendor's SDKs, CLI and Terraform can talk to. */
export function startTencentSimulator(options: SimulatorOptions<TencentEstate>): Promise<Simulator> {
  const { accessKey, estate, provisioningMilliseconds, settings, now = Date.now } = options;
  const cloud = new TencentCloud({
    now,
    random: Math.random,
    ...(estate && { estate }),
    ...(provisioningMilliseconds !== undefined && { provisioningMilliseconds }),
    ...(settings && { settings }),
  });
  return serveCloud(cloud, createAdmission(cloud, accessKey), options);
}

/** The action, the region and the version are in headers, the parameters are the JSON body. */
function createAdmission(cloud: TencentCloud, accessKey: SimulatorOptions<TencentEstate>["accessKey"]): Admit {
  return (request) => {
    const action = request.headers.get("x-tc-action") ?? "";
    try {
      verifySignature(request, accessKey, cloud.clock());
      if (!versions.includes(request.headers.get("x-tc-version") ?? "")) {
        throw new VendorProblem({ code: "NoSuchVersion" });
      }
      const parameters = readBody(request);
      return { call: { action, region: request.headers.get("x-tc-region") ?? "", parameters } };
    } catch (error) {
      if (!(error instanceof VendorProblem)) throw error;
      return { action, refusal: cloud.failure(error.code) };
    }
  };
}

function readBody({ method, body }: WireRequest): Record<string, unknown> {
  if (method !== "POST") throw new VendorProblem({ code: "UnsupportedProtocol" });
  try {
    return bodySchema.parse(JSON.parse(body.toString("utf8")));
  } catch {
    throw new VendorProblem({ code: "InvalidParameter" });
  }
}
