import { createRequire } from "node:module";
import type OpenApiModule from "@alicloud/openapi-core";
import { assert, property, sample } from "fast-check";
import { describe, expect, it } from "vitest";
import { toProviderConnectionName } from "../../../functions/domain/record/ids.ts";
import { applyDefaults } from "../../../functions/domain/request/apply-defaults.ts";
import type { CreateRequest } from "../../../functions/domain/request/create-request.ts";
import * as alibaba from "../../../functions/providers/alibaba/mapping.ts";
import * as tencent from "../../../functions/providers/tencent/mapping.ts";
import { AlibabaCloud } from "../../../packages/simulators/src/alibaba/cloud.ts";
import { TencentCloud } from "../../../packages/simulators/src/tencent/cloud.ts";
import { alibabaRequests, tencentRequests } from "../../generators/arbitrary-requests.ts";
import { breakages } from "../../generators/breakages.ts";
import { decodeAlibaba, decodeTencent, pairsOf } from "../../generators/decode-parameters.ts";
import { everyPointer, resolvePointer } from "../../generators/json-edit.ts";
import { flawsOf } from "../../support/flaws.ts";

// Required, because the runner and Node disagree on what a default import of this package is.
const { OpenApiUtil } = createRequire(import.meta.url)("@alicloud/openapi-core") as typeof OpenApiModule;

/** Enough for every member to come up; CI makes 1,000. */
const numRuns = Number(process.env["MAPPING_REQUESTS"] ?? 100);
const id = "abcdefghijklmnopqrstuvwxyz";
const identity = (request: CreateRequest) => ({ name: toProviderConnectionName(request.name, id), token: "a-token" });
const keysOf = (request: CreateRequest) => request.tunnels.map(({ preSharedKey = "made-by-us" }) => preSharedKey);
/** Quotas are the account's, not the request's. */
const nothingFull = { connectionsPerGateway: 1e6, connectionsPerRegion: 1e6 };
const inVirtualTime = { now: () => 0, random: () => 0.5 };

/** Sends a create to a fresh cloud in the form in which the vendor's SDK would, and answers what arrived. */
const create = {
  alibaba(request: CreateRequest) {
    const cloud = new AlibabaCloud(inVirtualTime);
    cloud.configure({ quotas: { ...nothingFull, policyRoutesPerConnection: 1e6, policyRoutesPerGateway: 1e6 } });
    const { parameters: planned } = alibaba.toCreateRequest(applyDefaults(request), identity(request));
    const sent = { RegionId: request.region, ...alibaba.withKeys(planned, keysOf(request)) };
    const parameters = Object.fromEntries(new URLSearchParams(OpenApiUtil.toForm(sent)));
    const answer = cloud.handle({ action: "CreateVpnConnection", region: request.region, parameters });
    return { answer, arrived: decodeAlibaba(parameters), facts: {} };
  },
  tencent(request: CreateRequest) {
    const cloud = new TencentCloud(inVirtualTime);
    cloud.configure({ quotas: { ...nothingFull, policiesPerConnection: 1e6, remoteNetworksPerPolicy: 1e6 } });
    const facts = {
      localAddress: cloud.gateways.get(request.vpnGatewayId)?.PublicIpAddress ?? "",
      remoteAddress: cloud.customerGateways.get(request.tunnels[0]?.customerGatewayId ?? "")?.IpAddress ?? "",
    };
    const { parameters: planned } = tencent.toCreateRequest(applyDefaults(request), identity(request), facts);
    const sent = tencent.withKeys(planned, keysOf(request));
    const parameters = JSON.parse(JSON.stringify(sent)) as Record<string, unknown>;
    const answer = cloud.handle({ action: "CreateVpnConnection", region: request.region, parameters });
    return { answer, arrived: decodeTencent(parameters, request.region), facts };
  },
};

/** Members that are the broker's own, that the vendor derives, or that say what it does anyway. */
const neverSent = {
  alibaba: /^\/(provider|clientToken|allow\w+|timeoutSeconds|queueTimeoutSeconds|callback)\b|\/bgp\/remoteIp$/,
  tencent:
    /^\/(provider|clientToken|allow\w+|timeoutSeconds|queueTimeoutSeconds|callback|autoConfigureRoutes)\b|\/(role|natTraversal)$/,
};

/** The leaves of a request that the vendor must hear of; networks are compared as pairs instead. */
function sentLeaves(request: CreateRequest): string[] {
  const soleRole = request.tunnels.length === 1 ? "/tunnels/0/role" : undefined;
  return leaves(request).filter(
    (pointer) =>
      pointer !== soleRole &&
      resolvePointer(request, pointer) !== "vendor-default" &&
      !neverSent[request.provider].test(pointer) &&
      !/^\/routing\/.+\//.test(pointer),
  );
}

function leaves(value: unknown): string[] {
  return everyPointer(value).filter((pointer) => pointer !== "" && typeof resolvePointer(value, pointer) !== "object");
}

/** The request with all that the broker adds to it before it calls the vendor. */
function complete(request: CreateRequest, facts: { localAddress?: string; remoteAddress?: string }): unknown {
  const { tunnels, ...rest } = applyDefaults(request);
  const addresses = { localId: facts.localAddress, remoteId: facts.remoteAddress };
  return {
    ...rest,
    name: identity(request).name,
    tunnels: tunnels.map((tunnel, index) => ({
      ...tunnel,
      preSharedKey: keysOf(request)[index],
      ike: { ...addresses, ...tunnel.ike },
    })),
  };
}

const providers = [
  { provider: "alibaba", requests: alibabaRequests },
  { provider: "tencent", requests: tencentRequests },
] as const;

describe.each(providers)("any valid request to $provider", ({ provider, requests }) => {
  const always = (holds: (request: CreateRequest) => void) =>
    assert(
      property(requests, (request) => {
        holds(request);
      }),
      { numRuns },
    );

  it("is accepted by the broker", () => {
    always((request) => expect(flawsOf(request)).toEqual([]));
  });

  it("is accepted by the vendor", () => {
    always((request) => expect(create[provider](request).answer).not.toHaveProperty("code"));
  });

  it("arrives there whole: every field that was given has its value, every pair of networks is there", () => {
    always((request) => {
      const { arrived } = create[provider](request);
      const named = { ...request, name: identity(request).name };
      const heard = (pointer: string): unknown => [pointer, resolvePointer(arrived.request, pointer)];
      // An ASN may have been written in two halves.
      const asNumbers = { ...named, tunnels: applyDefaults(request).tunnels };
      const said = (pointer: string): unknown => [
        pointer,
        resolvePointer(pointer.endsWith("/localAsn") ? asNumbers : named, pointer),
      ];
      expect(sentLeaves(request).map(heard)).toEqual(sentLeaves(request).map(said));
      expect(arrived.pairs).toEqual(pairsOf(request));
    });
  });

  it("arrives with nothing that was neither given nor a default", () => {
    always((request) => {
      const { arrived, facts } = create[provider](request);
      const all = complete(request, facts);
      for (const pointer of leaves(arrived.request)) {
        expect([pointer, resolvePointer(arrived.request, pointer)]).toEqual([pointer, resolvePointer(all, pointer)]);
      }
    });
  });
});

/** Rules and vendors that have something to say about one another. */
const cases = providers.flatMap(({ provider, requests }) => {
  const some = sample(requests, { numRuns: 300, seed: 1 });
  const fitting = breakages.filter(({ fits }) => some.some(fits));
  return fitting.map((breakage) => ({ ...breakage, provider, requests }));
});

describe("a request that breaks one rule", () => {
  it("can be made for every rule", () => {
    expect(breakages.filter(({ name }) => !cases.some((made) => made.name === name))).toEqual([]);
  });

  it.each(cases)("is refused at $provider, there and nowhere else: $name", ({ requests, fits, make, pointer }) => {
    assert(
      property(requests.filter(fits), (request) => {
        const pointers = new Set(flawsOf(make(request)).map((flaw) => flaw.pointer));
        expect([...pointers]).toEqual([pointer(request)]);
      }),
      { numRuns: 10 },
    );
  });
});
