import type { CreateRequest } from "../../functions/domain/create-request.ts";
import { samples } from "../../infra/local/demo/samples.ts";

const [alibaba, tencent] = samples;
if (!alibaba || !tencent) throw new Error("there is a sample request for each vendor");

/** The vendors' own sample requests; the simulators know their gateways. */
export const alibabaRequest: CreateRequest = alibaba;
export const tencentRequest: CreateRequest = tencent;
