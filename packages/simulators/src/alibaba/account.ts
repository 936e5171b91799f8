import * as z from "zod";
import type { TokenRecord } from "../client-tokens.ts";
import { VendorProblem } from "../rules.ts";
import { commonSettings } from "../settings.ts";
import { type CloudOptions, SimulatedCloud } from "../simulated-cloud.ts";
import type { VendorAnswer } from "../vendor-call.ts";
import { errorAnswer, problemMessage } from "./errors.ts";
import { type AlibabaEstate, defaultEstate } from "./estate.ts";
import {
  type Connection,
  type CustomerGateway,
  customerGatewaySchema,
  type Gateway,
  gatewaySchema,
  negotiationSchema,
} from "./resources.ts";

/** What keeps a gateway from taking another create, change or delete. */
interface Work {
  readonly until: number;
  readonly by: "create" | "change";
}

interface Tables {
  readonly connections: Map<string, Connection>;
  readonly changes: Map<string, number>;
  /** By gateway id. */
  readonly work: Map<string, Work>;
  /** By region, action and token. */
  readonly tokens: Map<string, TokenRecord>;
}

const minute = 60_000;
/** Source: the quota page of VPN Gateway, for each of these reads. */
const describeLimit = { calls: 600, perMilliseconds: minute };

/** A simulated Alibaba account: its resources and the questions that the actions ask about them. */
export abstract class AlibabaAccount extends SimulatedCloud<Gateway, CustomerGateway, Tables> {
  constructor(options: CloudOptions<AlibabaEstate>) {
    super(
      {
        gateway: { idField: "VpnGatewayId", schema: gatewaySchema },
        customerGateway: { idField: "CustomerGatewayId", schema: customerGatewaySchema },
        emptyTables: () => ({ connections: new Map(), changes: new Map(), work: new Map(), tokens: new Map() }),
        estate: defaultEstate,
        settings: {
          ...commonSettings,
          quotas: {
            connectionsPerGateway: 100,
            connectionsPerRegion: 1_000,
            policyRoutesPerGateway: 500,
            policyRoutesPerConnection: 100,
            destinationRoutesPerGateway: 500,
          },
          rateLimits: {
            DescribeVpnGateway: describeLimit,
            DescribeVpnConnection: describeLimit,
            DescribeVpnConnections: describeLimit,
          },
        },
      },
      options,
    );
  }

  failure(code: string, status?: number, message?: string): VendorAnswer {
    return errorAnswer(this.requestId(), code, status, message);
  }

  throttled(waitMilliseconds = 1_000): VendorAnswer {
    const headers = { "x-acs-retry-after": String(waitMilliseconds) };
    return { ...this.failure("Throttling.User"), headers };
  }

  denied(): VendorAnswer {
    return this.failure("Forbidden.RAM", 403);
  }

  withoutConnectionId(answer: VendorAnswer): VendorAnswer {
    if (answer.code !== undefined) return answer;
    return { ...answer, body: { ...(answer.body as object), VpnConnectionId: "" } };
  }

  putTunnels(connectionId: string, fields: unknown): object | undefined {
    const connection = this.connections().find((candidate) => candidate.VpnConnectionId === connectionId);
    if (!connection) return undefined;
    const schema = z.strictObject({ tunnels: z.array(negotiationSchema).length(connection.tunnels.length) });
    const negotiated = schema.parse(fields);
    connection.tunnels = connection.tunnels.map((tunnel, index) => {
      const negotiation = negotiated.tunnels[index];
      return negotiation ? { ...tunnel, negotiation } : tunnel;
    });
    this.touch();
    return negotiated;
  }

  /** A request id in upper case, as this vendor writes them. */
  requestId(): string {
    return this.ids.uuid().toUpperCase();
  }

  /** The gateway, or the documented not-found problem; another region's gateway does not exist here. */
  gatewayIn(region: string, id: string): Gateway {
    const gateway = this.gateways.get(id);
    if (gateway && isIn(region, gateway)) return gateway;
    throw new VendorProblem({ code: "InvalidVpnGatewayInstanceId.NotFound" });
  }

  /** The customer gateway, or the documented not-found problem. */
  customerGatewayIn(region: string, id: string): CustomerGateway {
    const customerGateway = this.customerGateways.get(id);
    if (customerGateway && isIn(region, customerGateway)) return customerGateway;
    throw new VendorProblem({ code: "InvalidCustomerGatewayInstanceId.NotFound" });
  }

  /** The connection, visible or not, or the documented not-found problem. */
  connectionIn(region: string, id: string): Connection {
    const connection = this.connections().find((candidate) => candidate.VpnConnectionId === id);
    if (connection && isIn(region, connection)) return connection;
    throw new VendorProblem({ code: "InvalidVpnConnectionInstanceId.NotFound" });
  }

  /** Every connection that exists now, in the order of creation. */
  connections(): Connection[] {
    const now = this.now();
    return [...this.tables.connections.values()].filter(({ goneAt }) => (goneAt ?? Infinity) > now);
  }

  /** The connections that describe calls show now. */
  visibleConnections(): Connection[] {
    const shows = this.nextCopy();
    return this.connections().filter(({ CreateTime, visibleAt }) => shows(CreateTime, visibleAt));
  }

  /** The status that DescribeVpnGateway shows: `updating` while a create, change or delete runs. */
  gatewayStatus(gateway: Gateway): string {
    return this.isBusyWithOthers(gateway.VpnGatewayId) || this.#workOn(gateway) ? "updating" : gateway.Status;
  }

  /** Refuses a second operation on a gateway whose first one still runs. */
  requireIdle(gateway: Gateway): void {
    const work = this.#workOn(gateway);
    if (this.isBusyWithOthers(gateway.VpnGatewayId) || work?.by === "change")
      throw new VendorProblem({ code: "VpnTask.CONFLICT" });
    if (work || gateway.Status !== "active") {
      throw new VendorProblem({ code: "VpnGateway.Configuring" });
    }
  }

  /** Starts background work on a gateway and returns when it ends; drops what is gone by now. */
  startWork(gatewayId: string, by: Work["by"]): number {
    const until = this.now() + this.settings.provisioningMilliseconds;
    this.tables.work.set(gatewayId, { until, by });
    for (const [id, { goneAt }] of this.tables.connections) {
      if (goneAt !== undefined && goneAt <= this.now()) this.tables.connections.delete(id);
    }
    this.touch();
    return until;
  }

  #workOn(gateway: Gateway): Work | undefined {
    const work = this.tables.work.get(gateway.VpnGatewayId);
    return work && work.until > this.now() ? work : undefined;
  }

  protected describeProblem({ code, detail }: VendorProblem): string {
    return problemMessage(code, detail);
  }
}

function isIn(region: string, resource: { readonly RegionId: string }): boolean {
  return resource.RegionId === region || resource.RegionId === "*";
}
