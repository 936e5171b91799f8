import { describe, expect, it } from "vitest";
import type { oas31 } from "zod-openapi";
import { applyDefaults } from "../../../functions/domain/request/apply-defaults.ts";
import type { CreateRequest, TunnelRequest } from "../../../functions/domain/request/create-request.ts";
import { toCreateRequest as toAlibaba } from "../../../functions/providers/alibaba/mapping.ts";
import { toCreateRequest as toTencent } from "../../../functions/providers/tencent/mapping.ts";
import { createDocument } from "../../../scripts/openapi/create-document.ts";
import {
  validAlibabaRequest,
  validDualTunnelRequest,
  validPairsRequest,
  validTencentRequest,
} from "../../support/create-requests.ts";

const schemas = Object.values(createDocument().components?.schemas ?? {}) as oas31.SchemaObject[];
const members = schemas.flatMap(({ properties }) => Object.values(properties ?? {})) as Record<string, unknown>[];
const told = (vendor: "alibaba" | "tencent") =>
  new Set(members.flatMap((member) => (member[`x-${vendor}`] as string[] | undefined) ?? []));

/** Every name in a vendor's parameters, also in the objects that are sent as texts. */
function namesIn(value: unknown, at = ""): string[] {
  if (typeof value === "string" && value.startsWith("{")) return namesIn(JSON.parse(value), at);
  if (Array.isArray(value)) return value.flatMap((item) => namesIn(item, `${at}[]`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .flatMap(([name, inner]) => {
      const place = at ? `${at}.${name}` : name;
      return [place, ...namesIn(inner, place)];
    });
}

const sent = (toCreate: typeof toAlibaba | typeof toTencent, requests: CreateRequest[]) =>
  new Set(
    requests.flatMap((request) => {
      const identity = { name: "name", token: "token" };
      return namesIn(toCreate(applyDefaults(request), identity, { localAddress: "1.1.1.1" }).parameters);
    }),
  );

const withTunnels = (request: CreateRequest, more: Partial<TunnelRequest>): CreateRequest => ({
  ...request,
  tunnels: request.tunnels.map((tunnel) => ({ ...tunnel, ...more })),
});
const { bgp: _bgp, role: _role, ...full } = { bgp: undefined, ...validAlibabaRequest().tunnels[0] } as TunnelRequest;
const bgp = { localAsn: 65_530, tunnelCidr: "169.254.10.0/30", localIp: "169.254.10.1" };

describe("what the document says that members are called", () => {
  it("at Alibaba Cloud is what is sent there", () => {
    const names = sent(toAlibaba, [
      validAlibabaRequest(),
      withTunnels(validAlibabaRequest(), { bgp }),
      withTunnels(validDualTunnelRequest(), full),
    ]);
    // Made by the broker, or told by the members that they are parts of.
    const own = ["ClientToken", "EnableTunnelsBgp", "BgpConfig.EnableBgp", "Tags[].Key", "Tags[].Value"];
    expect([...names].filter((name) => !own.includes(name)).toSorted()).toEqual([...told("alibaba")].toSorted());
  });

  it("at Tencent Cloud is what is sent there", () => {
    const names = sent(toTencent, [
      withTunnels(validTencentRequest(), {
        ike: { ...validTencentRequest().tunnels[0]?.ike, localId: "1.2.3.4", remoteId: "peer" },
      }),
      withTunnels(validTencentRequest(), {
        ike: { ...validTencentRequest().tunnels[0]?.ike, localId: "here", remoteId: "1.2.3.4" },
      }),
      validPairsRequest(),
    ]);
    const own = ["HealthCheckConfig.ProbeType", "Tags[].Key", "Tags[].Value"];
    // The region is a header there.
    expect([...names, "Region"].filter((name) => !own.includes(name)).toSorted()).toEqual(
      [...told("tencent")].toSorted(),
    );
  });
});
