import * as z from "zod";

/** The gateways and customer gateways that exist before the first call. */
export interface Estate<GatewayInput, CustomerGatewayInput> {
  readonly gateways: readonly GatewayInput[];
  readonly customerGateways: readonly CustomerGatewayInput[];
}

/** One kind of resource that the control API can make: how it is checked and what it is known by. */
interface Kind<Resource> {
  readonly idField: keyof Resource & string;
  readonly schema: z.ZodType<Resource>;
}

/** What a vendor tells the shared part about its resources. */
export interface Blueprint<Gateway, CustomerGateway, Tables> {
  readonly gateway: Kind<Gateway>;
  readonly customerGateway: Kind<CustomerGateway>;
  /** The vendor's own tables (connections, tokens, tasks …) of an empty cloud, each a Map of JSON values. */
  readonly emptyTables: () => Tables;
}

/** All that a cloud must not forget when its process is killed. */
export class CloudStore<Gateway extends object, CustomerGateway extends object, Tables extends object> {
  readonly #blueprint: Blueprint<Gateway, CustomerGateway, Tables>;
  readonly #estate: Estate<unknown, unknown>;
  #gateways = new Map<string, Gateway>();
  #customerGateways = new Map<string, CustomerGateway>();
  #tables: Tables;
  #revision = 0;

  constructor(blueprint: Blueprint<Gateway, CustomerGateway, Tables>, estate: Estate<unknown, unknown>) {
    this.#blueprint = blueprint;
    this.#estate = estate;
    this.#tables = blueprint.emptyTables();
    this.#fill(estate);
  }

  /** Grows with every change. */
  get revision(): number {
    return this.#revision;
  }

  get gateways(): ReadonlyMap<string, Gateway> {
    return this.#gateways;
  }

  get customerGateways(): ReadonlyMap<string, CustomerGateway> {
    return this.#customerGateways;
  }

  /** The vendor's own tables; whoever changes one calls {@link touch}. */
  get tables(): Tables {
    return this.#tables;
  }

  touch(): void {
    this.#revision += 1;
  }

  putGateway(id: string, fields: unknown): Gateway {
    const gateway = put(this.#gateways, this.#blueprint.gateway, id, fields);
    this.touch();
    return gateway;
  }

  putCustomerGateway(id: string, fields: unknown): CustomerGateway {
    const customerGateway = put(this.#customerGateways, this.#blueprint.customerGateway, id, fields);
    this.touch();
    return customerGateway;
  }

  removeGateway(id: string): boolean {
    this.touch();
    return this.#gateways.delete(id);
  }

  removeCustomerGateway(id: string): boolean {
    this.touch();
    return this.#customerGateways.delete(id);
  }

  /** A copy of everything as JSON values. */
  snapshot(): Snapshot {
    const tables = Object.entries(this.#tables as Record<string, Map<string, unknown>>);
    const snapshot: Snapshot = {
      gateways: [...this.#gateways.values()],
      customerGateways: [...this.#customerGateways.values()],
      tables: Object.fromEntries(tables.map(([name, table]) => [name, [...table]] as const)),
    };
    return structuredClone(snapshot);
  }

  /** Takes over a copy of a snapshot; throws, changing nothing, when it is none of this vendor's. */
  restore(snapshot: unknown): void {
    const { tables, ...estate } = snapshotSchema.parse(structuredClone(snapshot));
    const names = Object.keys(this.#blueprint.emptyTables());
    this.#fill(estate);
    this.#tables = Object.fromEntries(names.map((name) => [name, new Map(tables[name])])) as Tables;
  }

  /** Back to the first estate. */
  reset(): void {
    this.#fill(this.#estate);
    this.#tables = this.#blueprint.emptyTables();
    this.touch();
  }

  #fill({ gateways, customerGateways }: Estate<unknown, unknown>): void {
    const filled = [
      index(gateways, this.#blueprint.gateway),
      index(customerGateways, this.#blueprint.customerGateway),
    ] as const;
    [this.#gateways, this.#customerGateways] = filled;
  }
}

const snapshotSchema = z.strictObject({
  gateways: z.array(z.unknown()),
  customerGateways: z.array(z.unknown()),
  tables: z.record(z.string(), z.array(z.tuple([z.string(), z.unknown()]))),
});

type Snapshot = z.infer<typeof snapshotSchema>;

const fieldsSchema = z.record(z.string(), z.unknown());

function put<Resource extends object>(
  resources: Map<string, Resource>,
  { idField, schema }: Kind<Resource>,
  id: string,
  fields: unknown,
): Resource {
  const changed = { ...resources.get(id), ...fieldsSchema.parse(fields), [idField]: id };
  const resource = schema.parse(changed);
  resources.set(id, resource);
  return resource;
}

function index<Resource extends object>(
  inputs: readonly unknown[],
  { idField, schema }: Kind<Resource>,
): Map<string, Resource> {
  const resources = inputs.map((input) => schema.parse(input));
  return new Map(resources.map((resource) => [String(resource[idField]), resource]));
}
