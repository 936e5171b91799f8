import { functionSeconds } from "../../functions/domain/limits.ts";
import type { TenantStore } from "../../functions/domain/ports.ts";
import type { Tenant } from "../../functions/domain/tenants/tenant.ts";
import type { Chaos } from "./chaos.ts";
import { type Invocation, named } from "./invocation.ts";
import type { Random } from "./random.ts";
import type { Gateway } from "./requests.ts";
import type { Safeguard } from "./safeguards.ts";
import type { Scheduler } from "./scheduler.ts";

/** What an operator does to the tenant, and takes back. */
export interface Intervention {
  what: "suspend" | "take a gateway" | "change credentials";
  /** Milliseconds after the start. */
  at: number;
  /** Absent = never. */
  undoneAt?: number;
}

/** In one schedule of seven. */
export function drawIntervention(random: Random): Intervention | undefined {
  if (!random.chance(0.15)) return undefined;
  const at = random.integer(0, random.pick([5000, 60_000, 300_000]));
  return {
    what: random.pick(["suspend", "take a gateway", "change credentials"] as const),
    at,
    ...(random.chance(0.5) ? { undoneAt: at + random.integer(1000, 200_000) } : {}),
  };
}

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
    const since = this.#deps.scheduler.now - functionSeconds.submit * 1000;
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
  storeFor(invocation: Invocation, off: Safeguard | undefined): Pick<TenantStore, "get"> {
    const { chaos } = this.#deps;
    return {
      get: async () => {
        const slow = chaos.strikes("slow");
        const times = {
          effectAfter: chaos.random.integer(1, slow ? 5000 : 6),
          answerAfter: chaos.random.integer(1, 6),
        };
        if (chaos.strikes("aws")) {
          return invocation.call("read the tenant", { ...times, failure: () => named("InternalServerError") });
        }
        const tenant = await invocation.call("read the tenant", { ...times, effect: () => this.current });
        invocation.lastTenant = tenant;
        return structuredClone(off === "permission" ? this.#first : tenant);
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

/** Whether an operator lets this be sent, told in other words than the broker's. */
export function allows(
  tenant: Tenant,
  { gateway, credentials }: { gateway: string; credentials?: string | undefined },
): boolean {
  const [provider = "", , id = ""] = gateway.split("#");
  const listed = tenant.gateways.some((pattern) => pattern === `${provider}/*/${id}`);
  return !tenant.suspended && listed && new Map(Object.entries(tenant.credentials)).get(provider) === credentials;
}
