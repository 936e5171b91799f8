import { VendorProblem } from "../rules.ts";
import { serveCloud } from "../serve.ts";
import type { Simulator, SimulatorOptions } from "../simulator.ts";
import { type Admit, decodePairs } from "../wire-request.ts";
import { AlibabaCloud } from "./cloud.ts";
import type { AlibabaEstate } from "./estate.ts";
import { SignatureCheck } from "./signature.ts";

/** Parameters of the protocol, not of an action; they change with every attempt at the same call. */
const protocolParameters = new Set([
  "AccessKeyId",
  "Action",
  "Format",
  "SecurityToken",
  "Signature",
  "SignatureMethod",
  "SignatureNonce",
  "SignatureType",
  "SignatureVersion",
  "Timestamp",
  "Version",
]);

/** Starts a simulated Alibaba Cloud VPC API that the vendor's SDKs, CLI and Terraform can talk to. */
export function startAlibabaSimulator(options: SimulatorOptions<AlibabaEstate>): Promise<Simulator> {
  const { accessKey, estate, provisioningMilliseconds, settings, now = Date.now } = options;
  const cloud = new AlibabaCloud({
    now,
    random: Math.random,
    ...(estate && { estate }),
    ...(provisioningMilliseconds !== undefined && { provisioningMilliseconds }),
    ...(settings && { settings }),
  });
  return serveCloud(cloud, createAdmission(cloud, accessKey), options);
}

/** Parameters may be in the query, in a form body or in both; the classic scheme names the action there. */
function createAdmission(cloud: AlibabaCloud, accessKey: SimulatorOptions<AlibabaEstate>["accessKey"]): Admit {
  const signatures = new SignatureCheck(accessKey, () => cloud.clock());
  return (request) => {
    const all = Object.fromEntries([...decodePairs(request.query), ...decodePairs(request.body.toString("utf8"))]);
    const action = request.headers.get("x-acs-action") ?? all["Action"] ?? "";
    const version = request.headers.get("x-acs-version") ?? all["Version"];
    try {
      signatures.verify(request, all);
      if (version !== "2016-04-28") throw new VendorProblem({ code: "InvalidVersion" });
    } catch (error) {
      if (!(error instanceof VendorProblem)) throw error;
      return { action, refusal: cloud.failure(error.code) };
    }
    const parameters = Object.fromEntries(Object.entries(all).filter(([name]) => !protocolParameters.has(name)));
    return { call: { action, region: parameters["RegionId"] ?? "", parameters } };
  };
}
