import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type AlibabaSdk from "@alicloud/vpc20160428";
import { describe, expect, it } from "vitest";
import { applyDefaults } from "../../../functions/domain/request/apply-defaults.ts";
import type { CreateRequest } from "../../../functions/domain/request/create-request.ts";
import * as alibaba from "../../../functions/providers/alibaba/mapping.ts";
import * as tencent from "../../../functions/providers/tencent/mapping.ts";
import { edit } from "../../generators/json-edit.ts";
import {
  validAlibabaRequest,
  validDualTunnelRequest,
  validPairsRequest,
  validTencentRequest,
} from "../../support/create-requests.ts";
import { flawsOf } from "../../support/flaws.ts";

const require = createRequire(import.meta.url);

/** Members that are objects in JSON text; which they have, only the document tells (its section on each parameter). */
const inJsonText = {
  IkeConfig: [
    "Psk",
    "IkeVersion",
    "IkeMode",
    "IkeEncAlg",
    "IkeAuthAlg",
    "IkePfs",
    "IkeLifetime",
    "LocalId",
    "RemoteId",
  ],
  IpsecConfig: ["IpsecEncAlg", "IpsecAuthAlg", "IpsecPfs", "IpsecLifetime"],
  HealthCheckConfig: ["enable", "dip", "sip", "interval", "retry"],
  BgpConfig: ["EnableBgp", "LocalAsn", "TunnelCidr", "LocalBgpIp"],
};

interface Model {
  names(): Record<string, string>;
  types(): Record<string, unknown>;
}

/** The paths of a model of Alibaba's SDK, down to plain values; a list's items stand under the list's own name. */
function alibabaPaths(model: Model, prefix = ""): string[] {
  const types = model.types();
  return Object.entries(model.names()).flatMap(([member, wireName]) => {
    const path = `${prefix}${wireName}`;
    const type = types[member];
    const item = typeof type === "object" && type !== null && "itemType" in type ? type.itemType : type;
    return typeof item === "function" ? alibabaPaths(item as unknown as Model, `${path}.`) : [path];
  });
}

/** The paths of an interface in the type declarations of Tencent's SDK. */
function tencentPaths(declarations: string, name: string, prefix = ""): string[] {
  const body = new RegExp(`^export interface ${name} \\{$(.*?)^\\}$`, "ms").exec(declarations)?.[1];
  if (body === undefined) throw new Error(`the SDK declares no ${name}`);
  const lines = body.replaceAll(/\/\*.*?\*\//gs, "").split("\n");
  return lines
    .filter((line) => line.trim() !== "")
    .flatMap((line) => {
      const [, member, item, plain] = /^\s*(\w+)\??: (?:Array<(\w+)>|(\w+));$/.exec(line) ?? [];
      const type = item ?? plain;
      if (type === undefined) throw new Error(`${name} has a member of an unknown form: ${line.trim()}`);
      const path = `${prefix}${member}`;
      return /^[A-Z]/.test(type) ? tencentPaths(declarations, type, `${path}.`) : [path];
    });
}

/** The paths of what was produced, with the members of JSON texts. */
function producedPaths(value: unknown, prefix = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => producedPaths(item, prefix));
  if (typeof value === "object" && value !== null) {
    const dot = prefix === "" ? "" : ".";
    return Object.entries(value).flatMap(([member, inner]) => {
      const text = member in inJsonText && typeof inner === "string";
      return producedPaths(text ? JSON.parse(inner) : inner, `${prefix}${dot}${member}`);
    });
  }
  return [prefix];
}

function everythingProduced(
  requests: unknown[],
  toParameters: (request: ReturnType<typeof applyDefaults>) => Record<string, unknown>,
): string[] {
  return [
    ...new Set(requests.flatMap((request) => producedPaths(toParameters(applyDefaults(request as CreateRequest))))),
  ];
}

const { CreateVpnConnectionRequest } = require("@alicloud/vpc20160428") as typeof AlibabaSdk & {
  CreateVpnConnectionRequest: Model;
};
const identity = { name: "name", token: "token" };
const certificate = validAlibabaRequest().tunnels[0]?.remoteCaCertificate;

const alibabaRequests = [
  validAlibabaRequest(),
  edit(validDualTunnelRequest(), {
    "/tunnels/0/ike": { localId: "47.0.0.1", remoteId: "vpn.example.com" },
    "/tunnels/0/remoteCaCertificate": certificate,
  }),
  edit(validAlibabaRequest(), {
    "/routing": { mode: "bgp" },
    "/tunnels/0/bgp": { localAsn: 65_530, tunnelCidr: "169.254.10.0/30", localIp: "169.254.10.1" },
  }),
];
const tencentRequests = [
  validTencentRequest(),
  validPairsRequest(),
  edit(validTencentRequest(), { "/tunnels/0/ike": { localId: "1.2.3.4", remoteId: "5.6.7.8" } }),
  edit(validTencentRequest(), { "/tunnels/0/ike": { localId: "vpn.example.com", remoteId: "peer.example.com" } }),
];

const providers = [
  {
    provider: "Alibaba Cloud",
    requests: alibabaRequests,
    known: alibabaPaths(CreateVpnConnectionRequest).flatMap((path) =>
      path in inJsonText ? inJsonText[path as keyof typeof inJsonText].map((member) => `${path}.${member}`) : [path],
    ),
    produced: everythingProduced(alibabaRequests, (request) => alibaba.toCreateRequest(request, identity).parameters),
    excused: {
      DryRun: "is for a rehearsal, not for a create",
      OwnerAccount: "legacy: another account's resources",
      OwnerId: "legacy: another account's resources",
      ResourceOwnerAccount: "legacy: another account's resources",
      ResourceOwnerId: "legacy: another account's resources",
    },
  },
  {
    provider: "Tencent Cloud",
    requests: tencentRequests,
    known: tencentPaths(
      readFileSync(
        require.resolve("tencentcloud-sdk-nodejs/tencentcloud/services/vpc/v20170312/vpc_models.d.ts"),
        "utf8",
      ),
      "CreateVpnConnectionRequest",
    ),
    produced: everythingProduced(
      tencentRequests,
      (request) => tencent.toCreateRequest(request, identity, {}).parameters,
    ),
    excused: {
      "Route.DestinationCidrBlock": "deprecated by the SDK, and left out by the contract",
      "Route.Priority": "deprecated by the SDK, and left out by the contract",
      "Route.Description": "deprecated by the SDK, and left out by the contract",
      "IPSECOptionsSpecification.IntegrityAlgorithm": "has fewer values than IntegrityAlgorith, which is sent",
    },
  },
];

describe.each(providers)("CreateVpnConnection of $provider", ({ requests, known, produced, excused }) => {
  it("is asked for by valid requests", () => {
    expect(requests.map((request) => flawsOf(request))).toEqual(requests.map(() => []));
  });

  it("has no parameter that no request reaches, but those with a reason", () => {
    expect(known.length).toBeGreaterThan(40);
    expect(known.filter((path) => !produced.includes(path)).toSorted()).toEqual(Object.keys(excused).toSorted());
  });

  it("is sent no parameter that it does not have", () => {
    expect(produced.filter((path) => !known.includes(path))).toEqual([]);
  });
});
