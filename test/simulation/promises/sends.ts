import type { Tenant } from "../../../functions/domain/tenants/tenant.ts";
import { allows } from "../tenants.ts";
import type { SentCreate } from "../vendor-calls.ts";
import type { Made } from "../vendor.ts";
import { deadlineOf, describe, mayBeThere, type Row } from "./row.ts";
import type { Violated } from "./violation.ts";

interface SendDeps {
  now: () => number;
  violated: Violated;
  rowOf: (id: string) => Row | undefined;
  holderOf: (gateway: string) => { id: string; times: number } | undefined;
  /** Milliseconds: a function that began in time lives so long, and its clock may be behind. */
  latestAfterDeadline: number;
  /** What the tenant was at any time since an invocation that sends now can have begun. */
  tenantLately: () => readonly Tenant[];
  /** What is at the vendors. */
  all: () => readonly Made[];
  isUnderWay: (made: Made) => boolean;
}

/**
 * Seconds for each create of one run, at most: an unclear answer costs two minutes, and a repeat under the same token half
 * a minute once there were some.
 */
const secondsPerCreate = 25;
const mostAtOnce = 10;

/** Every create that leaves: permitted, in its turn, in time, and alone. */
export class Sends {
  readonly #deps: SendDeps;
  readonly #sent: SentCreate[] = [];
  readonly #perRun = new Map<string, number>();
  /** Tokens that a connection was made under. */
  readonly #spent = new Set<string>();

  constructor(deps: SendDeps) {
    this.#deps = deps;
  }

  noteRecord(row: Row, before: Row | undefined): void {
    if (before && row.timesGivenBack > before.timesGivenBack) this.#noteGivenBack(row);
  }

  /** Only what nothing can be at the vendor of gives its turn back. */
  #noteGivenBack(row: Row): void {
    const isPossible = !mayBeThere(row);
    const underWay = this.#sent.some((sent) => sent.id === row.id && !sent.arrived && !sent.lost);
    if (isPossible && !underWay) return;
    this.#deps.violated("a turn is kept for what may be there", describe(row));
  }

  /** A create leaves: nobody else's may be under way to the same gateway. */
  noteSent(sent: SentCreate): void {
    this.#requirePermission(sent);
    this.#requireFew(sent);
    if (this.#isSpent(sent)) return;
    this.#requireOpen(sent);
    this.#requireTime(sent);
    this.#requireTurn(sent);
    this.#requireIdle(sent);
    this.#sent.push(sent);
  }

  noteArrived(sent: SentCreate, made: Made | undefined): void {
    sent.arrived = true;
    if (made && sent.token !== "") this.#spent.add(sent.token);
  }

  /** A token whose first create went through is answered with that one's result: nothing happens at the gateway. */
  #isSpent({ token }: SentCreate): boolean {
    return token !== "" && this.#spent.has(token);
  }

  #requireFew({ id, sender }: SentCreate): void {
    const run = `${id}#${this.#deps.rowOf(id)?.generation}`;
    const count = (this.#perRun.get(run) ?? 0) + 1;
    this.#perRun.set(run, count);
    const most = mostAtOnce + (this.#deps.rowOf(id)?.timeoutSeconds ?? 0) / secondsPerCreate;
    if (count > most) this.#deps.violated("creates are few", `${sender.name} sends the ${count}. of its run`);
  }

  get mostInOneRun(): number {
    return Math.max(0, ...this.#perRun.values());
  }

  #requireOpen({ id, sender }: SentCreate): void {
    const row = this.#deps.rowOf(id);
    if (row?.status !== "canceled" && row?.status !== "failed") return;
    this.#deps.violated("no create after the end", `${sender.name} sends: ${describe(row)}`);
  }

  /** Whoever sends began to do so before its time was over, by its own clock. */
  #requireTime({ id, sender }: SentCreate): void {
    const row = this.#deps.rowOf(id);
    const latest = row ? deadlineOf(row) + this.#deps.latestAfterDeadline : Infinity;
    if (this.#deps.now() <= latest) return;
    this.#deps.violated("no create long after the deadline", `${sender.name} sends: ${row ? describe(row) : id}`);
  }

  #requireTurn({ id, sender, gateway }: SentCreate): void {
    const holder = this.#deps.holderOf(gateway);
    const times = this.#deps.rowOf(id)?.timesGivenBack;
    if (holder?.id === id && holder.times === times) return;
    const who = holder ? `${holder.id}, for the ${holder.times + 1}. time,` : "nobody";
    this.#deps.violated("a create has the turn", `${sender.name} sends while ${who} has ${gateway}`);
  }

  #requireIdle(sent: SentCreate): void {
    const { id, sender, gateway, vendor, token } = sent;
    for (const other of this.#sent) {
      if (other.gateway !== gateway || other.arrived || other.lost || this.#isSpent(other)) continue;
      const harmless = other.id === id && vendor === "alibaba" && other.token === token;
      if (harmless) continue;
      this.#deps.violated(
        "one create at a time",
        `${sender.name} sends while that of ${other.sender.name} is under way`,
      );
    }
    if (vendor !== "alibaba") return;
    const working = this.#deps
      .all()
      .find((made) => made.by.gateway === gateway && made.by.id !== id && this.#deps.isUnderWay(made));
    if (!working || working.isResidue) return;
    this.#deps.violated("no create while the gateway works", `${sender.name} sends while ${working.id} is being made`);
  }

  /** Whoever sends has asked whether it may, and it is no longer ago than it lives that it might. */
  #requirePermission({ id, sender: { name, lastTenant }, gateway }: SentCreate): void {
    const { violated, rowOf, tenantLately } = this.#deps;
    const { credentials } = rowOf(id) ?? {};
    const about = { gateway, credentials };
    if (!lastTenant) violated("a create is permitted", `${name} has not asked whether it may send`);
    else if (!allows(lastTenant, about)) violated("a create is permitted", `${name} has read that it may not send`);
    else if (!tenantLately().some((lately) => allows(lately, about))) {
      violated("a create is permitted", `${name} sends long after it may not`);
    }
  }
}
