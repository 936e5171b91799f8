import { readdir, readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { capabilities } from "../../../functions/domain/provider/capabilities.ts";
import type { Provider } from "../../../functions/domain/provider/provider.ts";
import { applyDefaults } from "../../../functions/domain/request/apply-defaults.ts";
import { systemClock } from "../../../functions/entries/wiring.ts";
import { permissions as alibaba } from "../../../functions/providers/alibaba/permissions.ts";
import { createConnectProvider } from "../../../functions/providers/connect-provider.ts";
import { permissions as tencent } from "../../../functions/providers/tencent/permissions.ts";
import { startAlibabaSimulator } from "../../../packages/simulators/src/alibaba/server.ts";
import { startTencentSimulator } from "../../../packages/simulators/src/tencent/server.ts";
import { noReferences } from "../../support/no-references.ts";
import { alibabaRequest, tencentRequest } from "../../support/requests.ts";
import { control } from "../simulators/control-client.ts";

const accessKey = { id: "LTAI-local", secret: "local-secret" };
const root = new URL("../../../", import.meta.url);

const vendors = [
  {
    vendor: "alibaba",
    start: startAlibabaSimulator,
    request: alibabaRequest,
    permissions: alibaba,
    denied: "Forbidden.RAM",
    wrong: "InvalidAccessKeyId.Inactive",
  },
  {
    vendor: "tencent",
    start: startTencentSimulator,
    request: tencentRequest,
    permissions: tencent,
    denied: "UnauthorizedOperation",
    wrong: "AuthFailure.SecretIdNotFound",
  },
] as const;

describe.each(vendors)("$vendor", ({ vendor, start, request, permissions, denied, wrong }) => {
  const called = new Set<string>();
  const warned: string[] = [];
  let url: string;
  let provider: Provider;

  beforeAll(async () => {
    const simulator = await start({ accessKey, provisioningMilliseconds: 0 });
    const access = { endpoint: simulator.url, accessKeyId: accessKey.id, accessKeySecret: accessKey.secret };
    const open = createConnectProvider({
      access: { alibaba: access, tencent: access },
      readCredentials: noReferences,
      clock: systemClock,
      now: () => performance.now(),
      log: () => undefined,
    });
    url = simulator.url;
    provider = await open(vendor, {
      region: request.region,
      onCall: ({ action }) => called.add(action),
      onWarning: (warning) => void warned.push(warning),
    });
    return () => simulator.close();
  });

  /** Everything that a provider can be asked, in the order of a request's life. */
  async function runAll() {
    const effective = applyDefaults(request);
    const { facts } = await provider.preflight(effective, "h5v46f5k43my");
    const planned = provider.planCreate(effective, { name: "office-h5v46f5k43my", token: "token" }, facts);
    await provider.survey(effective, []);
    await provider.rehearse(planned, ["Test-key_1234"]);
    const created = await provider.create(planned, ["Test-key_1234"]);
    const connectionId = created.connectionId ?? "";
    const { vpnGatewayId, tunnels } = request;
    const customerGatewayId = tunnels[0]?.customerGatewayId ?? "";
    expect(await provider.find({ operationId: "h5v46f5k43my", vpnGatewayId, customerGatewayId })).toEqual([
      connectionId,
    ]);
    expect(await provider.exists(connectionId)).toBe(true);
    return {
      provisioning: await provider.provisioning({ ...created, connectionId, vpnGatewayId }),
      tunnels: await provider.tunnelStates(connectionId, 1),
    };
  }

  it("is called with the actions that the list has, and with no other", async () => {
    expect(await runAll()).toMatchObject({ provisioning: { state: "ready" } });
    expect(Object.keys(permissions).toSorted(byText)).toEqual([...called].toSorted(byText));
  });

  it("is never called by a name that the list does not have", async () => {
    const folder = new URL(`functions/providers/${vendor}/`, root);
    const sources = await Promise.all((await readdir(folder)).map((file) => readFile(new URL(file, folder), "utf8")));
    const named = sources.join("\n").matchAll(/toRequest\(\s*"(\w+)"/g);
    expect(new Set([...named].map(([, action]) => action))).toEqual(new Set(Object.keys(permissions)));
  });

  it.each(Object.entries(permissions))("names what is missing when %s is denied", async (action, { name, need }) => {
    await control(url, "POST", "/reset");
    await control(url, "POST", "/faults", { action, kind: "error", code: denied, times: 99 });
    warned.length = 0;
    const outcome = await runAll().catch((error: unknown) => error);
    await control(url, "DELETE", "/faults");
    if (need === "optional") {
      expect(outcome).toMatchObject({ provisioning: { state: "ready" } });
      expect(warned).toEqual([expect.stringContaining(name)]);
    } else expect(outcome).toMatchObject({ facts: { class: "auth", action, advice: expect.stringContaining(name) } });
  });

  it("does not say that a permission is missing when the credentials are wrong as a whole", async () => {
    const optional = Object.entries(permissions).filter(([, { need }]) => need === "optional");
    await control(url, "POST", "/reset");
    for (const [action] of optional) await control(url, "POST", "/faults", { action, kind: "error", code: wrong });
    warned.length = 0;
    expect(await runAll()).toMatchObject({ provisioning: { state: "ready" } });
    expect(warned).toEqual([]);
  });

  it("is not told to look for a connection by a question that was not answered", async () => {
    await control(url, "POST", "/reset");
    for (const fault of [{ kind: "reset-before" }, { kind: "error", code: "InternalError" }]) {
      await control(url, "POST", "/faults", { action: "*", ...fault });
      const error = await provider.exists("vco-1").catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ facts: { class: "ambiguous", advice: expect.stringMatching(/a question/) } });
    }
  });

  it("has its permissions in the docs, each with its use, the required ones first", async () => {
    const docs = await readFile(new URL("docs/permissions.md", root), "utf8");
    const [, rest = ""] = docs.split(`## ${capabilities[vendor].title}\n`);
    const [section = ""] = rest.split("\n## ");
    const listed = section.split("\n").filter((line) => line.startsWith("- "));
    const expected = (["required", "optional"] as const).flatMap((need) =>
      Object.values(permissions)
        .filter((one) => one.need === need)
        .map(({ name, use }) => `- \`${name}\`${need === "optional" ? " (optional)" : ""}: ${use}`),
    );
    expect(listed).toEqual(expected);
    expect(docs.split("\n").filter((line) => line.length > 160)).toEqual([]);
  });
});

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
