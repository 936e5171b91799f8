import type { TenantStore } from "../../functions/domain/ports.ts";
import type { Tenant } from "../../functions/domain/tenants/tenant.ts";
import { functionTimeouts } from "./assumptions.ts";
import { type Chaos, nothing } from "./faults.ts";
import { type Invocation, named } from "./invocation.ts";
import type { Gateway } from "./plans.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Intervention } from "./world.ts";

/** Milliseconds: an invocation that sends now began since then. */
const lifeOfSubmit = (functionTimeouts["Submit"] ?? 0) * 1000;

/** What the tenant was from when on. */
interface Version {
  at: number;
  tenant: Tenant;
}

/** The one tenant of a schedule, as operators change it. */
export class Tenants {
  readonly #versions: Version[];
  readonly #first: Tenant;
  readonly #deps: { scheduler: Scheduler; chaos: Chaos; gateways: readonly Gateway[] };

  constructor(deps: { scheduler: Scheduler; chaos: Chaos; gateways: readonly Gateway[] }, tenant: Tenant) {
    this.#deps = deps;
    this.#first = { ...tenant, gateways: patternsOf(deps.gateways) };
    this.#versions = [{ at: -Infinity, tenant: this.#first }];
  }

  get current(): Tenant {
    const { tenant } = this.#versions.at(-1) ?? {};
    if (!tenant) throw new Error("there is no tenant");
    return tenant;
  }

  /** What the tenant was at any time since an invocation that sends now can have begun. */
  get lately(): Tenant[] {
    const since = this.#deps.scheduler.now - lifeOfSubmit;
    return this.#versions
      .filter((_, index, all) => (all[index + 1]?.at ?? Infinity) >= since)
      .map(({ tenant }) => tenant);
  }

  intervene({ what }: Intervention): void {
    const { suspended: _suspended, ...rest } = this.current;
    const at = new Date(this.#deps.scheduler.now).toISOString();
    if (what === "suspend") this.#change({ ...rest, suspended: { at, reason: "its key has leaked" } });
    else if (what === "take a gateway") {
      this.#change({ ...rest, gateways: patternsOf(this.#deps.gateways.slice(1)) });
    } else this.#change({ ...rest, credentials: { alibaba: "others", tencent: "others" } });
  }

  undo(): void {
    this.#change(this.#first);
  }

  /** A consistent read by one invocation, which knows afterwards what it has read. */
  storeFor(invocation: Invocation): Pick<TenantStore, "get"> {
    const { chaos } = this.#deps;
    const label = "read the tenant";
    return {
      get: async () => {
        const { pace } = invocation;
        const slow = chaos.strike("slow", invocation, label, (random) => ({
          there: random.integer(1, 5000),
          back: random.integer(1, 5000),
        }));
        const times = {
          effectAfter: pace.integer(1, 6) + (slow?.there ?? 0),
          answerAfter: pace.integer(1, 6) + (slow?.back ?? 0),
        };
        if (chaos.strike("tenant", invocation, label, nothing)) {
          invocation.suffer("tenant unread");
          return invocation.call(label, { ...times, failure: () => named("InternalServerError") });
        }
        const tenant = await invocation.call(label, { ...times, effect: () => this.current });
        invocation.lastTenant = tenant;
        return tenant;
      },
    };
  }

  #change(tenant: Tenant): void {
    this.#versions.push({ at: this.#deps.scheduler.now, tenant });
  }
}

function patternsOf(gateways: readonly Gateway[]): string[] {
  return ["*/*/cgw-*", ...gateways.map(({ provider, id }) => `${provider}/*/${id}`)];
}

interface Use {
  gateway: string;
  credentials?: string | undefined;
}

/** Whether an operator lets this be sent, told in other words than the broker's. */
export function allows(tenant: Tenant, use: Use): boolean {
  return !tenant.suspended && has(tenant, use);
}

/** Whether the gateway is the tenant's, and the credentials are those that it has. */
export function has(tenant: Tenant, { gateway, credentials }: Use): boolean {
  const [provider = "", , id = ""] = gateway.split("#");
  const isListed = tenant.gateways.some((pattern) => pattern === `${provider}/*/${id}`);
  return isListed && new Map(Object.entries(tenant.credentials)).get(provider) === credentials;
}
