import { createRequire } from "node:module";
import type OpenApiModule from "@alicloud/openapi-core";
import {
  anything,
  assert,
  asyncProperty,
  constantFrom,
  dictionary,
  type IAsyncPropertyWithHooks,
  oneof,
  string,
} from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { CallProvider, Provider } from "../../../functions/domain/provider/provider.ts";
import { type ReportedParameters, reportedParameters } from "../../../functions/domain/provider/reported.ts";
import { findReportedDifferences, fitReport } from "../../../functions/domain/record/compare-report.ts";
import { toProviderConnectionName } from "../../../functions/domain/record/ids.ts";
import { applyDefaults } from "../../../functions/domain/request/apply-defaults.ts";
import { type CreateRequest, createRequestSchema } from "../../../functions/domain/request/create-request.ts";
import type { ProviderName } from "../../../functions/domain/values.ts";
import { createProvider as createAlibaba } from "../../../functions/providers/alibaba/provider.ts";
import * as alibaba from "../../../functions/providers/alibaba/report.ts";
import { createProvider as createTencent } from "../../../functions/providers/tencent/provider.ts";
import * as tencent from "../../../functions/providers/tencent/report.ts";
import { AlibabaCloud } from "../../../packages/simulators/src/alibaba/cloud.ts";
import { TencentCloud } from "../../../packages/simulators/src/tencent/cloud.ts";
import { alibabaRequests, tencentRequests } from "../../generators/arbitrary-requests.ts";
import { resolvePointer } from "../../generators/json-edit.ts";
import { alibabaChanges, tencentChanges } from "../../generators/vendor-changes.ts";
import { receive } from "../../simulation/vendor-errors.ts";
import { alibabaRequest, tencentRequest } from "../../support/requests.ts";

// Required, because the runner and Node disagree on what a default import of this package is.
const { OpenApiUtil } = createRequire(import.meta.url)("@alicloud/openapi-core") as typeof OpenApiModule;

/** Enough for every member to come up; CI makes 1,000. */
const numRuns = Number(process.env["MAPPING_REQUESTS"] ?? 100);
const id = "abcdefghijklmnopqrstuvwxyz";
const nameOf = (request: CreateRequest) => toProviderConnectionName(request.name, id);
const keyOf = (place: number) => `marked-key-${place}-of-the-vendor`;
const noLimit = 1e6;
const quotas = {
  alibaba: { policyRoutesPerConnection: noLimit, policyRoutesPerGateway: noLimit },
  tencent: { policiesPerConnection: noLimit, remoteNetworksPerPolicy: noLimit },
};

type Answer = Record<string, unknown>;
/** The part of a description that is of the connection. */
type Described = Record<string, unknown>;

const vendors = {
  alibaba: {
    open: createAlibaba,
    requests: alibabaRequests,
    changes: alibabaChanges,
    example: createRequestSchema.parse(alibabaRequest),
    fields: Object.keys(alibaba.described),
  },
  tencent: {
    open: createTencent,
    requests: tencentRequests,
    changes: tencentChanges,
    example: createRequestSchema.parse(tencentRequest),
    fields: Object.keys(tencent.described),
  },
};

/** What no document has, also behind the names that one has, and as JSON in a text. */
const names = z.object({ ...alibaba.described, ...tencent.described });
const inner = [
  "TunnelOptions",
  "Role",
  "IkePfs",
  "IkeLifetime",
  "Key",
  "Value",
  "LocalCidrBlock",
  "RemoteCidrBlock",
  "LocalAsn",
];
const rows = dictionary(constantFrom(...inner, ...Object.keys(names.shape)), anything());
const junk = oneof(
  anything(),
  rows,
  rows.map((row) => [row]),
  rows.map((row) => ({ TunnelOptions: [row], Tag: [row] })),
  string().map((text) => `{"${text}`),
);

/** Creates a connection in a fresh cloud and waits until it is ready. */
async function create(vendor: ProviderName, request: CreateRequest) {
  let now = 0;
  const inVirtualTime = { now: () => now, random: () => 0.5 };
  const cloud = vendor === "alibaba" ? new AlibabaCloud(inVirtualTime) : new TencentCloud(inVirtualTime);
  cloud.configure({ quotas: { connectionsPerGateway: noLimit, connectionsPerRegion: noLimit, ...quotas[vendor] } });
  const call: CallProvider = async (action, sent) => {
    const { region } = request;
    // Slower than any limit of the vendors.
    now += 1000;
    const parameters =
      vendor === "alibaba"
        ? Object.fromEntries(new URLSearchParams(OpenApiUtil.toForm({ RegionId: region, ...sent })))
        : (JSON.parse(JSON.stringify(sent)) as Answer);
    const answer = cloud.handle({ action, region, parameters });
    return structuredClone(receive(vendor, { kind: "answer", answer }, sent));
  };
  const provider = vendors[vendor].open(call);
  const effective = applyDefaults(request);
  const { facts } = await provider.preflight(effective, id.slice(0, 12));
  const planned = provider.planCreate(effective, { name: nameOf(request), token: "a-token" }, facts);
  const { connectionId = "" } = await provider.create(
    planned,
    request.tunnels.map((_, place) => keyOf(place)),
  );
  now += 3_600_000;
  return { call, connectionId };
}

type Created = Awaited<ReturnType<typeof create>>;

/** What the provider reports of it, where the vendor answers with something else in place of what it has. */
async function report(
  vendor: ProviderName,
  { call, connectionId }: Created,
  request: CreateRequest,
  change: (described: Described) => unknown = () => undefined,
): Promise<ReportedParameters> {
  const changed: CallProvider = async (action, parameters) => {
    const answer = await call(action, parameters);
    if (action === "DescribeVpnConnection") change(answer);
    if (action === "DescribeVpnConnections") change((answer["VpnConnectionSet"] as Described[])[0] ?? {});
    return answer;
  };
  const provider: Provider = vendors[vendor].open(changed);
  const found = await provider.provisioning({ connectionId, vpnGatewayId: request.vpnGatewayId });
  if (found.state !== "ready") throw new Error(`it is ${found.state}`);
  // No more and no less than its schema has.
  expect(reportedParameters.parse(found.reported)).toEqual(found.reported);
  return found.reported;
}

function differencesOf(request: CreateRequest, reported: ReportedParameters): string[] {
  const effective = applyDefaults(request);
  return findReportedDifferences(effective, nameOf(request), fitReport(effective, reported));
}

const always = (property: IAsyncPropertyWithHooks<[CreateRequest]>, runs = numRuns) =>
  assert(property, { numRuns: runs });

describe.each(["alibaba", "tencent"] as const)("what is reported of any connection at %s", (vendor) => {
  const { requests, changes, example: request, fields } = vendors[vendor];
  const created = create(vendor, request);

  it("is what was asked for, in the form in which it was, and nothing of a key", () =>
    always(
      asyncProperty(requests, async (request) => {
        const reported = await report(vendor, await create(vendor, request), request);
        expect(differencesOf(request, reported)).toEqual([]);
        const effective = applyDefaults(request);
        const { routing, tunnels } = fitReport(effective, reported);
        const { localCidrs, remoteCidrs, pairs, mode } = effective.routing;
        expect(routing).toEqual(pairs ? { mode, pairs } : localCidrs ? { mode, localCidrs, remoteCidrs } : { mode });
        expect(tunnels?.map(({ customerGatewayId }) => customerGatewayId)).toEqual(
          request.tunnels.map(({ customerGatewayId }) => customerGatewayId),
        );
        expect(JSON.stringify(reported)).not.toMatch(/marked-key|CERTIFICATE/);
      }),
    ));

  it("differs in exactly what the vendor has with another value", () =>
    always(
      asyncProperty(requests, async (request) => {
        const created = await create(vendor, request);
        const effective = { ...applyDefaults(request), name: nameOf(request) };
        for (const { pointer, change } of changes(effective)) {
          expect([pointer, resolvePointer(effective, pointer)]).not.toEqual([pointer, undefined]);
          const reported = await report(vendor, created, request, change);
          expect([pointer, ...differencesOf(request, reported)]).toEqual([pointer, pointer]);
        }
      }),
      // Each tries every change.
      Math.min(numRuns, 250),
    ));

  it("can be anything at all, and stops nothing", () =>
    assert(
      asyncProperty(dictionary(constantFrom(...fields), junk, { noNullPrototype: true }), async (described) => {
        const reported = await report(vendor, await created, request, (answer) => Object.assign(answer, described));
        expect(differencesOf(request, reported)).toEqual(expect.any(Array));
      }),
      { numRuns },
    ));
});
