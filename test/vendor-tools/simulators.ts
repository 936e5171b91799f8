// Both simulators for the vendors' tools: prints `{alibaba, tencent}`, their URLs, and ends with its standard input.
import { startAlibabaSimulator } from "../../packages/simulators/src/alibaba/server.ts";
import { startTencentSimulator } from "../../packages/simulators/src/tencent/server.ts";

const [id = "", secret = ""] = process.argv.slice(2);
const options = { accessKey: { id, secret }, provisioningMilliseconds: 500 };
const [alibaba, tencent] = await Promise.all([startAlibabaSimulator(options), startTencentSimulator(options)]);

console.log(JSON.stringify({ alibaba: alibaba.url, tencent: tencent.url }));
process.stdin.resume().once("end", () => process.exit(0));
