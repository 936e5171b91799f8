import { describe, expect, it } from "vitest";
import { ProviderError } from "../../../functions/domain/provider/provider-error.ts";
import type { CallProvider, Provider } from "../../../functions/domain/provider/provider.ts";
import { applyDefaults } from "../../../functions/domain/request/apply-defaults.ts";
import type { CreateRequest } from "../../../functions/domain/request/create-request.ts";
import { createProvider as createAlibaba } from "../../../functions/providers/alibaba/provider.ts";
import { createProvider as createTencent } from "../../../functions/providers/tencent/provider.ts";
import { edit, everyPointer, resolvePointer } from "../../generators/json-edit.ts";
import { alibabaRequest, tencentRequest } from "../../support/requests.ts";

type Answers = Readonly<Record<string, object>>;

/** What a reader makes of answers in which every field that it looks at has a value that counts. */
interface Reader {
  name: string;
  provider: (call: CallProvider) => Provider;
  answers: Answers;
  decide: (provider: Provider) => Promise<unknown>;
  /** Pointers into `answers` of what a decision needs; a container without content of its own is named as well. */
  required?: string[];
  /** Of these a number is as good as a text. */
  labels?: string[];
}

const operationId = "h5v46f5k43my";
const name = `office-${operationId}`;
const bgp = (request: CreateRequest): CreateRequest => ({ ...request, routing: { mode: "bgp" } });
const gcm = (request: CreateRequest): CreateRequest => ({
  ...request,
  tunnels: request.tunnels.map((tunnel) => ({ ...tunnel, ike: { encryption: "aes128gcm" } })),
});
const dual: CreateRequest = {
  ...alibabaRequest,
  tunnels: (["primary", "backup"] as const).map((role) => ({ role, customerGatewayId: "cgw-1" })),
};

/** What preflight says of requests that meet each of the checks. */
const preflights =
  (...requests: CreateRequest[]) =>
  (provider: Provider) =>
    Promise.all(requests.map((request) => provider.preflight(applyDefaults(request), operationId)));

const create = (provider: Provider) =>
  provider.create({ action: "CreateVpnConnection", parameters: { IkeConfig: "{}" } }, ["key"]);
const find = (provider: Provider) => provider.find({ operationId, vpnGatewayId: "gateway", customerGatewayId: "cgw" });
const look = (count: number) => (provider: Provider) => provider.tunnelStates("1", count);
const provisioning = (provider: Provider) =>
  provider.provisioning({ connectionId: "1", taskId: "2", vpnGatewayId: "gateway" });

const alibabaGateway = {
  Status: "active",
  BusinessStatus: "FinancialLocked",
  IpsecVpn: "disable",
  EnableBgp: true,
  VpnType: "NationalStandard",
  InternetIp: "203.0.113.1",
  DisasterRecoveryInternetIp: "203.0.113.2",
  DisasterRecoveryVSwitchId: "vsw-1",
};
const [tencentGatewayId, tencentCustomerId] = [
  tencentRequest.vpnGatewayId,
  tencentRequest.tunnels[0]?.customerGatewayId,
];
const tencentGateway = {
  VpnGatewayId: tencentGatewayId,
  VpcId: "vpc-other",
  Type: "IPSEC",
  State: "PENDING",
  RestrictState: "PROTECTIVELY_ISOLATED",
  Version: "3.0",
  BgpAsn: 64_512,
  PublicIpAddress: "203.0.113.1",
};

const neighbour = {
  VpnConnectionId: "31",
  VpnConnectionName: "branch",
  CustomerGatewayId: "cgw-other",
  SecurityPolicyDatabaseSet: [{ LocalCidrBlock: "0.0.0.0/0", RemoteCidrBlock: ["0.0.0.0/0"] }],
  BgpConfig: { TunnelCidr: "169.254.128.0/30", RemoteBgpAsn: "64512" },
  HealthCheckLocalIp: "169.254.200.1",
  HealthCheckRemoteIp: "169.254.200.2",
};
const probing: CreateRequest = {
  ...tencentRequest,
  routing: { mode: "route" },
  healthCheck: { enabled: true, sourceIp: "169.254.200.1", targetIp: "169.254.200.2" },
};
const bgpPeer = (customerGatewayId: string): CreateRequest => ({
  ...tencentRequest,
  routing: { mode: "bgp" },
  tunnels: [{ customerGatewayId, bgp: { tunnelCidr: `169.254.${customerGatewayId.length}.0/30` } }],
});

/** What a dry run is told besides, with what it says that it could not look at. */
const survey =
  (request: CreateRequest, ...ahead: CreateRequest[]) =>
  (provider: Provider) =>
    provider.survey(
      applyDefaults(request),
      ahead.map((one) => ({ request: applyDefaults(one), operationId: "aaaaaaaaaaaa", called: "a request" })),
    );

const readers: Reader[] = [
  {
    name: "alibaba create",
    provider: createAlibaba,
    answers: { CreateVpnConnection: { VpnConnectionId: "12" } },
    decide: create,
    labels: ["/CreateVpnConnection/VpnConnectionId"],
  },
  {
    name: "alibaba preflight",
    provider: createAlibaba,
    answers: {
      DescribeVpnGateway: alibabaGateway,
      DescribeCustomerGateway: { IpAddress: "203.0.113.2", Asn: 65_000 },
    },
    decide: preflights(alibabaRequest, bgp(alibabaRequest), dual),
    required: ["/DescribeVpnGateway/Status"],
  },
  {
    name: "alibaba preflight of the first address",
    provider: createAlibaba,
    answers: {
      DescribeVpnGateway: { ...alibabaGateway, Status: "updating" },
      DescribeCustomerGateway: { IpAddress: "203.0.113.1", Asn: 0 },
    },
    decide: preflights(alibabaRequest, bgp(alibabaRequest)),
    required: ["/DescribeVpnGateway/Status"],
  },
  {
    name: "alibaba find",
    provider: createAlibaba,
    answers: {
      DescribeVpnConnections: {
        TotalCount: 1,
        VpnConnections: { VpnConnection: [{ VpnConnectionId: "12", Name: name }] },
      },
    },
    decide: find,
    required: ["", "/VpnConnection", "/VpnConnection/0", "/VpnConnection/0/VpnConnectionId"].map(
      (rest) => `/DescribeVpnConnections/VpnConnections${rest}`,
    ),
    labels: ["/DescribeVpnConnections/VpnConnections/VpnConnection/0/VpnConnectionId"],
  },
  {
    name: "alibaba exists",
    provider: createAlibaba,
    answers: { DescribeVpnConnection: { State: "active" } },
    decide: (provider) => provider.exists("1"),
  },
  {
    name: "alibaba provisioning",
    provider: createAlibaba,
    answers: { DescribeVpnGateway: alibabaGateway, DescribeVpnConnection: { State: "updating" } },
    decide: provisioning,
    required: ["/DescribeVpnGateway/Status"],
  },
  {
    name: "alibaba tunnel",
    provider: createAlibaba,
    answers: {
      DescribeVpnConnection: { Status: "ike_sa_established" },
      DiagnoseVpnConnections: {
        VpnConnections: [
          { FailedReasonCode: "PfsMismatch", MismatchLocalParam: "group14", MismatchRemoteParam: "group2" },
        ],
      },
    },
    decide: look(1),
  },
  {
    name: "alibaba tunnels",
    provider: createAlibaba,
    answers: {
      DescribeVpnConnection: {
        TunnelOptionsSpecification: {
          TunnelOptions: [
            { Role: "slave", Status: "ike_sa_established", TunnelId: "4" },
            { Role: "master", Status: "ike_sa_not_established", TunnelId: "3" },
          ],
        },
      },
      DiagnoseVpnConnections: {
        VpnConnections: [
          { TunnelId: "3", FailedReasonCode: "NoResponse" },
          { TunnelId: "4", FailedReasonCode: "PskMismatch" },
        ],
      },
    },
    decide: look(2),
    labels: [0, 1].flatMap((row) => [
      `/DescribeVpnConnection/TunnelOptionsSpecification/TunnelOptions/${row}/TunnelId`,
      `/DiagnoseVpnConnections/VpnConnections/${row}/TunnelId`,
    ]),
  },
  {
    name: "tencent create",
    provider: createTencent,
    answers: { CreateVpnConnection: { RequestId: "2", VpnConnection: { VpnConnectionId: "12" } } },
    decide: create,
    labels: ["/CreateVpnConnection/RequestId", "/CreateVpnConnection/VpnConnection/VpnConnectionId"],
  },
  ...[tencentGateway, { ...tencentGateway, State: "DELETING", Type: "SSL" }].map((gateway) => ({
    name: `tencent preflight of a gateway that is ${gateway.State}`,
    provider: createTencent,
    answers: {
      DescribeVpnGateways: { VpnGatewaySet: [gateway] },
      DescribeCustomerGateways: {
        CustomerGatewaySet: [{ CustomerGatewayId: tencentCustomerId, IpAddress: "203.0.113.1", BgpAsn: 64_512 }],
      },
      DescribeVpnConnections: { VpnConnectionSet: [neighbour] },
      DescribeVpcs: { VpcSet: [{ VpcId: tencentRequest.vpcId, CidrBlock: "10.0.0.0/8" }] },
    },
    decide: preflights(tencentRequest, bgp(tencentRequest), gcm(tencentRequest), probing),
    labels: ["/DescribeVpnConnections/VpnConnectionSet/0/VpnConnectionId"],
    required: [
      ...["", "/0"].map((rest) => `/DescribeVpnConnections/VpnConnectionSet${rest}`),
      ...["", "/0", "/0/VpnGatewayId"].map((rest) => `/DescribeVpnGateways/VpnGatewaySet${rest}`),
      ...["", "/0", "/0/CustomerGatewayId"].map((rest) => `/DescribeCustomerGateways/CustomerGatewaySet${rest}`),
    ],
  })),
  {
    name: "tencent survey",
    provider: createTencent,
    answers: {
      DescribeVpcLimits: { VpcLimitSet: [{ LimitType: "appid-max-vpn-connections", LimitValue: 7 }] },
      DescribeVpnConnections: { TotalCount: 7, VpnConnectionSet: [{ ...neighbour, VpnConnectionName: name }] },
      DescribeCustomerGateways: {
        CustomerGatewaySet: [
          { CustomerGatewayId: "cgw-12", BgpAsn: 64_600 },
          { CustomerGatewayId: "cgw-345", BgpAsn: 64_600 },
        ],
      },
    },
    decide: survey(bgpPeer("cgw-12"), bgpPeer("cgw-345")),
  },
  {
    name: "alibaba survey",
    provider: createAlibaba,
    answers: {
      DescribeVpnConnections: { VpnConnections: { VpnConnection: [{ VpnConnectionId: "12", Name: "branch" }] } },
    },
    decide: async (provider) => [await survey(alibabaRequest)(provider), await find(provider).catch(() => "unread")],
    labels: ["/DescribeVpnConnections/VpnConnections/VpnConnection/0/VpnConnectionId"],
  },
  {
    name: "tencent find",
    provider: createTencent,
    answers: {
      DescribeVpnConnections: { TotalCount: 1, VpnConnectionSet: [{ VpnConnectionId: "12", VpnConnectionName: name }] },
    },
    decide: find,
    required: ["", "/0", "/0/VpnConnectionId"].map((rest) => `/DescribeVpnConnections/VpnConnectionSet${rest}`),
    labels: ["/DescribeVpnConnections/VpnConnectionSet/0/VpnConnectionId"],
  },
  {
    name: "tencent exists",
    provider: createTencent,
    answers: { DescribeVpnConnections: { VpnConnectionSet: [{ VpnConnectionId: "1", State: "PENDING" }] } },
    decide: (provider) => provider.exists("1"),
    required: ["", "/0", "/0/VpnConnectionId"].map((rest) => `/DescribeVpnConnections/VpnConnectionSet${rest}`),
    labels: ["/DescribeVpnConnections/VpnConnectionSet/0/VpnConnectionId"],
  },
  ...["RUNNING", "FAILED", "SUCCESS"].map((Status) => ({
    name: `tencent provisioning while the task is ${Status}`,
    provider: createTencent,
    answers: {
      DescribeVpcTaskResult: { Status },
      DescribeVpnConnections: { VpnConnectionSet: [{ VpnConnectionId: "1", State: "AVAILABLE" }] },
    },
    decide: provisioning,
    ...(Status === "SUCCESS" && {
      required: ["", "/0", "/0/VpnConnectionId"].map((rest) => `/DescribeVpnConnections/VpnConnectionSet${rest}`),
    }),
  })),
  {
    name: "tencent tunnel",
    provider: createTencent,
    answers: {
      DescribeVpnConnections: {
        VpnConnectionSet: [
          { VpnConnectionId: "1", NetStatus: "AVAILABLE", EnableHealthCheck: true, HealthCheckStatus: "UNAVAILABLE" },
        ],
      },
    },
    decide: look(1),
    required: ["", "/0", "/0/VpnConnectionId"].map((rest) => `/DescribeVpnConnections/VpnConnectionSet${rest}`),
    labels: ["/DescribeVpnConnections/VpnConnectionSet/0/VpnConnectionId"],
  },
];

describe.each(readers)("$name", ({ provider, answers, decide, required = [], labels = [] }) => {
  const decideWith = (changes: Readonly<Record<string, unknown>>) => {
    const changed = edit(answers, changes) as Answers;
    return decide(provider(async (action) => (changed[action] ?? {}) as Record<string, unknown>));
  };
  const pointers = everyPointer(answers).filter((pointer) => pointer.split("/").length > 2);
  const optional = pointers.filter((pointer) => !required.includes(pointer));

  it("has every required field among the answers", () => {
    expect(required.filter((pointer) => !pointers.includes(pointer))).toEqual([]);
  });

  it.each(optional)("decides with %s missing, null and of a type that says nothing alike", async (pointer) => {
    const without = await decideWith({ [pointer]: undefined });
    for (const value of [null, ...meaningless(resolvePointer(answers, pointer), labels.includes(pointer))]) {
      expect([value, await decideWith({ [pointer]: value })]).toEqual([value, without]);
    }
  });

  it.each(pointers.filter((pointer) => alike(resolvePointer(answers, pointer), labels.includes(pointer)).length > 0))(
    "reads %s in other spellings",
    async (pointer) => {
      const whole = await decideWith({});
      for (const value of alike(resolvePointer(answers, pointer), labels.includes(pointer))) {
        expect([value, await decideWith({ [pointer]: value })]).toEqual([value, whole]);
      }
    },
  );

  it.each(required)("is a failure that names the call when %s cannot be read", async (pointer) => {
    const action = pointer.split("/")[1] ?? "";
    for (const value of [undefined, null, true, { ofAnother: "kind" }]) {
      // Of a list, a row that is not there is a shorter list.
      if (value === undefined && /\/\d+$/.test(pointer)) continue;
      const failure = await decideWith({ [pointer]: value, [`/${action}/RequestId`]: "r-1" }).catch(
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(ProviderError);
      const { message, facts } = failure as ProviderError;
      expect(message).toBe(`${action}: no readable answer (ambiguous)`);
      expect(facts).toMatchObject({ class: "ambiguous", action });
      expect(facts.advice).toContain(action);
    }
  });

  it("does not mind what it does not know", async () => {
    const stranger = Object.fromEntries(Object.keys(answers).map((action) => [`/${action}/Surprise`, { new: [null] }]));
    expect(await decideWith(stranger)).toEqual(await decideWith({}));
  });
});

/** Values of another type, which could be anything. */
function meaningless(value: unknown, isLabel: boolean): unknown[] {
  if (typeof value === "string") return isLabel ? [true, ""] : [7, true, ""];
  if (typeof value === "number") return ["many", true, ""];
  if (typeof value === "boolean") return [7, "maybe", ""];
  return [7, true, "text"];
}

/** The same value as it comes from a vendor that is not strict about types. */
function alike(value: unknown, isLabel: boolean): unknown[] {
  if (typeof value === "boolean") return [String(value), Number(value), String(Number(value))];
  if (typeof value === "number" || value === "3.0") return [value === "3.0" ? 3 : String(value)];
  return isLabel ? [Number(value)] : [];
}

it.each([[["updating"]], [{ is: "updating" }]])(
  "alibaba's connection is not ready with %j in its state's place",
  async (State) => {
    const answers: Answers = { DescribeVpnGateway: alibabaGateway, DescribeVpnConnection: { State } };
    const provider = createAlibaba(async (action) => ({ ...answers[action] }));
    await expect(provisioning(provider)).rejects.toMatchObject({
      facts: { class: "ambiguous", action: "DescribeVpnConnection" },
    });
  },
);

it.each([
  ["alibaba", createAlibaba, { VpnConnectionId: ["vco-1"] }],
  ["alibaba", createAlibaba, { VpnConnectionId: { id: "vco-1" } }],
  ["tencent", createTencent, { VpnConnection: { VpnConnectionId: ["vpnx-1"] } }],
  ["tencent", createTencent, { VpnConnection: ["vpnx-1"] }],
])(
  "%s did not accept a create for certain where something else stands in the id's place",
  async (_vendor, open, answer) => {
    await expect(create(open(async () => answer))).rejects.toMatchObject({
      facts: { class: "ambiguous", action: "CreateVpnConnection" },
    });
  },
);
