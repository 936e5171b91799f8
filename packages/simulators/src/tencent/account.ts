import { VendorProblem } from "../rules.ts";
import { commonSettings } from "../settings.ts";
import { type CloudOptions, SimulatedCloud } from "../simulated-cloud.ts";
import type { VendorAnswer } from "../vendor-call.ts";
import { errorAnswer, problemMessage } from "./errors.ts";
import { defaultEstate, type TencentEstate } from "./estate.ts";
import {
  type Connection,
  type CustomerGateway,
  customerGatewaySchema,
  type Gateway,
  gatewaySchema,
  negotiationSchema,
  type Task,
} from "./resources.ts";

interface Tables {
  readonly connections: Map<string, Connection>;
  /** By task id, which is the RequestId of the call that started it. */
  readonly tasks: Map<string, Task>;
  readonly changes: Map<string, number>;
}

const second = 1_000;

/** A simulated Tencent account: its resources and the questions that the actions ask about them. */
export abstract class TencentAccount extends SimulatedCloud<Gateway, CustomerGateway, Tables> {
  constructor(options: CloudOptions<TencentEstate>) {
    super(
      {
        gateway: { idField: "VpnGatewayId", schema: gatewaySchema },
        customerGateway: { idField: "CustomerGatewayId", schema: customerGatewaySchema },
        emptyTables: () => ({ connections: new Map(), changes: new Map(), tasks: new Map() }),
        estate: defaultEstate,
        settings: {
          ...commonSettings,
          quotas: {
            connectionsPerGateway: 100,
            connectionsPerCustomerGateway: 1_000,
            connectionsPerRegion: 1_000,
            policiesPerConnection: 10,
            remoteNetworksPerPolicy: 50,
            tagsPerConnection: 50,
            /** 0 lets one gateway work on any number of tasks at once; nothing else is documented. */
            tasksPerGateway: 0,
          },
          rateLimits: {
            CreateVpnConnection: { calls: 100, perMilliseconds: second },
            DeleteVpnConnection: { calls: 100, perMilliseconds: second },
            DescribeVpcLimits: { calls: 20, perMilliseconds: second },
            DescribeVpcTaskResult: { calls: 20, perMilliseconds: second },
            DescribeVpnConnections: { calls: 100, perMilliseconds: second },
            DescribeCustomerGateways: { calls: 100, perMilliseconds: second },
            DescribeVpnGateways: { calls: 300, perMilliseconds: second },
          },
        },
      },
      options,
    );
  }

  failure(code: string, status?: number, message?: string): VendorAnswer {
    return errorAnswer(this.ids.uuid(), code, status, message);
  }

  throttled(): VendorAnswer {
    return this.failure("RequestLimitExceeded");
  }

  denied(): VendorAnswer {
    return this.failure("UnauthorizedOperation");
  }

  withoutConnectionId(answer: VendorAnswer): VendorAnswer {
    if (answer.code !== undefined) return answer;
    const { Response } = answer.body as { Response: { VpnConnection?: object } };
    const VpnConnection = { ...Response.VpnConnection, VpnConnectionId: "" };
    return { ...answer, body: { Response: { ...Response, VpnConnection } } };
  }

  putTunnels(connectionId: string, fields: unknown): object | undefined {
    const connection = this.connections().find((candidate) => candidate.VpnConnectionId === connectionId);
    if (!connection) return undefined;
    connection.negotiation = negotiationSchema.parse(fields);
    this.touch();
    return connection.negotiation;
  }

  /** The gateway, or the documented not-found problem; another region's gateway does not exist here. */
  gatewayIn(region: string, id: string): Gateway {
    return this.asOfNow(found(region, this.gateways.get(id), id));
  }

  /** The gateway in its present state: `PENDING` while it works on somebody else's change. */
  asOfNow(gateway: Gateway): Gateway {
    return this.isBusyWithOthers(gateway.VpnGatewayId) ? { ...gateway, State: "PENDING" } : gateway;
  }

  /** The customer gateway, or the documented not-found problem. */
  customerGatewayIn(region: string, id: string): CustomerGateway {
    return found(region, this.customerGateways.get(id), id);
  }

  /** The connection, visible or not, or the documented not-found problem. */
  connectionIn(region: string, id: string): Connection {
    const connection = this.connections().find((candidate) => candidate.VpnConnectionId === id);
    return found(region, connection, id);
  }

  /** Every connection that exists now, in the order of creation. */
  connections(): Connection[] {
    const now = this.now();
    return [...this.tables.connections.values()].filter(({ goneAt }) => (goneAt ?? Infinity) > now);
  }

  /** The connections that describe calls show now. */
  visibleConnections(region: string): Connection[] {
    const shows = this.nextCopy();
    return this.connections().filter(
      (connection) => isIn(region, connection) && shows(connection.createdAt, connection.visibleAt),
    );
  }

  /** The state that DescribeVpnConnections shows. */
  connectionState({ leaving, settledAt }: Connection): string {
    if (leaving === "deleted") return "DELETING";
    return this.now() < settledAt ? "PENDING" : "AVAILABLE";
  }

  /** Refuses one task too many on a gateway, when the settings limit them. */
  requireIdle(gatewayId: string): void {
    const limit = this.settings.quotas["tasksPerGateway"] ?? 0;
    const running = this.connections().filter(
      (connection) => connection.VpnGatewayId === gatewayId && this.connectionState(connection) !== "AVAILABLE",
    );
    if (limit > 0 && running.length >= limit) {
      throw new VendorProblem({ code: "UnsupportedOperation.MutexOperationTaskRunning" });
    }
  }

  /** Starts a task and returns when it ends; drops connections that are gone by now. */
  startTask(taskId: string, resourceId: string, result: Task["result"]): number {
    const endsAt = this.now() + this.settings.provisioningMilliseconds;
    this.tables.tasks.set(taskId, { taskId, endsAt, result, resourceId });
    for (const [id, { goneAt }] of this.tables.connections) {
      if (goneAt !== undefined && goneAt <= this.now()) this.tables.connections.delete(id);
    }
    this.touch();
    return endsAt;
  }

  protected describeProblem({ code, detail }: VendorProblem): string {
    return problemMessage(code, detail);
  }
}

/** True when a resource is in the region; `*` is in each. */
export function isIn(region: string, resource: { readonly Region: string }): boolean {
  return resource.Region === region || resource.Region === "*";
}

function found<Resource extends { readonly Region: string }>(
  region: string,
  resource: Resource | undefined,
  id: string,
): Resource {
  if (resource && isIn(region, resource)) return resource;
  throw new VendorProblem({ code: "ResourceNotFound", detail: id });
}
