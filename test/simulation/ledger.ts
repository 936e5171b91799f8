import { unmarshall } from "@aws-sdk/util-dynamodb";
import { deadlineOf } from "../../functions/domain/record/deadlines.ts";
import { isFinal, type Status } from "../../functions/domain/record/status.ts";
import type { Tenant } from "../../functions/domain/tenants/tenant.ts";
import type { ProviderName } from "../../functions/domain/values.ts";
import type { Item } from "./expressions.ts";
import type { Invocation } from "./invocation.ts";
import { allows } from "./tenants.ts";
import type { RealConnection } from "./vendor.ts";
import { type Invariant, Violation } from "./violation.ts";

/** One create on its way to the vendor. */
export interface SentCreate {
  id: string;
  sender: string;
  /** As the sender last read it. */
  tenant: Tenant | undefined;
  vendor: ProviderName;
  gateway: string;
  name: string;
  token: string;
  arrived: boolean;
  /** It never arrives. */
  lost: boolean;
  /** The vendor has a connection for it. */
  made: boolean;
}

/** What the ledger knows of a record: the little that the invariants are about. */
export interface Row {
  id: string;
  name: string;
  provider: string;
  /** As its turn is named by. */
  gateway: string;
  status: Status;
  statusReason: string;
  generation: number;
  revision: number;
  version: number;
  attemptState?: string;
  connectionId?: string;
  errorCode?: string;
  /** Of the vendor, by reference. */
  credentials?: string;
  createdAt: string;
  /** How often its run gave its turn back. */
  timesGivenBack: number;
  timeoutSeconds: number;
  updatedAt: string;
  queueDeadlineAt: string;
  deadlineAt?: string;
  completedAt?: string;
  /** Whether the sweeper still looks at it. */
  open: boolean;
}

interface LedgerDeps {
  now: () => number;
  indexLags: boolean;
  /** Off where the turn itself is switched off. */
  requireTurn: boolean;
  /** What the tenant was at any time since an invocation that sends now can have begun. */
  tenantLately: () => readonly Tenant[];
  /** What must never be written down. */
  secret: string;
  onViolation: (violation: Violation) => void;
  /** Hears of each record that has just ended. */
  onEnded: (row: Row) => void;
}

/** Milliseconds: a record is quiet for five minutes before the sweeper looks, and it looks every five minutes. */
const patience = 1_800_000;

interface FirstSend {
  id: string;
  order: string;
  queueReadAt: number;
}

/** Watches everything that happens and compares it with the promises, as it happens and at the end. */
export class Ledger {
  readonly rows = new Map<string, Row>();
  /** How often each kind of fault came. */
  readonly troubles: Record<string, number> = {};
  readonly #deps: LedgerDeps;
  readonly #secrets: string[];
  readonly #firstWrites = new Map<string, number>();
  readonly #queueReads = new Map<string, number>();
  /** Who has each gateway's turn, and how often it had given it back before. */
  readonly #holders = new Map<string, { id: string; times: number; since: number }>();
  /** The longest that a turn was held before it was given back, in milliseconds. */
  longestHold = 0;
  readonly #sent: SentCreate[] = [];
  readonly #firstSends = new Map<string, FirstSend[]>();
  readonly #redriven = new Set<string>();
  readonly #troubled = new Set<string>();
  readonly #refusable = new Set<string>();
  readonly #accepted = new Set<string>();
  readonly #webhooks = new Map<string, string>();
  #intervened = false;
  /** How many ends were written, and how many each bucket has counted. */
  #ended = 0;
  readonly #counted = new Map<string, number>();
  #named: (name: string) => RealConnection[] = () => [];

  constructor(deps: LedgerDeps) {
    this.#deps = deps;
    this.#secrets = [deps.secret, ...base64Of(deps.secret)];
  }

  /** Where to see what really is at the vendors. */
  watch(named: (name: string) => RealConnection[]): void {
    this.#named = named;
  }

  /** The vendor or the broker may well refuse this one: another wants the same. */
  permitRefusal(id: string): void {
    this.#refusable.add(id);
  }

  /** An operator has taken something away: from now on requests may end for that. */
  noteIntervention(what: string): void {
    this.#intervened = true;
    this.noteTrouble("", `operator: ${what}`);
  }

  noteTrouble(id: string, kind: string): void {
    this.#troubled.add(id);
    this.troubles[kind] = (this.troubles[kind] ?? 0) + 1;
  }

  noteWrite(item: Item, previous: Item | undefined, writer: Invocation): void {
    this.#keepSecret("the table", () => JSON.stringify(item));
    const pk = item["pk"]?.S ?? "";
    if (pk.startsWith("turn#")) {
      // A holder is named by its id, and its run after a #.
      const [holder = "", , times = "0"] = (item["holder"]?.S ?? "").split("#");
      this.#holders.set(pk.slice("turn#".length), { id: holder, times: Number(times), since: this.#deps.now() });
      this.#queueReads.set(holder, writer.lastQueueRead);
      return;
    }
    if (pk.startsWith("stats#*#")) this.#requireCounted(item);
    if (pk.startsWith("stats#")) return;
    const row = toRow(item);
    const before = this.rows.get(row.id);
    this.rows.set(row.id, row);
    if (!before) this.#firstWrites.set(row.id, this.#deps.now());
    writer.say(() => describe(row));
    if (previous && before) {
      this.#noteGivenBack(before, row);
      this.#compare(before, row);
      this.#requireTime(before, row);
    }
    if (row.status === "succeeded" && before?.status !== "succeeded") this.#requireConnection(row);
    if (isFinal(row.status) && !(before && isFinal(before.status))) {
      this.#ended += 1;
      this.#deps.onEnded(row);
    }
  }

  /** No end is counted twice. */
  #requireCounted(item: Item): void {
    const { counts } = unmarshall(item)["bucket"] as { counts: Record<string, number> };
    this.#counted.set(
      item["pk"]?.S ?? "",
      Object.values(counts).reduce((sum, count) => sum + count, 0),
    );
    const counted = [...this.#counted.values()].reduce((sum, count) => sum + count, 0);
    if (counted > this.#ended) this.#violated("an end is counted once at most", `${counted} of ${this.#ended}`);
  }

  /** Only what nothing can be at the vendor of gives its turn back. */
  #noteGivenBack(before: Row, row: Row): void {
    if (row.timesGivenBack <= before.timesGivenBack) return;
    this.noteTrouble(row.id, "turn given back");
    const { id, since = this.#deps.now() } = this.#holders.get(row.gateway) ?? {};
    if (id === row.id) this.longestHold = Math.max(this.longestHold, this.#deps.now() - since);
    const isPossible = row.connectionId === undefined && [undefined, "refused", "void"].includes(row.attemptState);
    const underWay = this.#sent.some((sent) => sent.id === row.id && !sent.arrived && !sent.lost);
    if (isPossible && !underWay) return;
    this.#violated("a turn is kept for what may be there", describe(row));
  }

  #compare(before: Row, row: Row): void {
    const changed = (["status", "statusReason", "connectionId", "errorCode", "generation"] as const).filter(
      (field) => before[field] !== row[field],
    );
    if (row.createdAt !== before.createdAt) this.#violated("one record per token", `${row.id} was made anew`);
    if (row.version !== before.version + 1)
      this.#violated("revisions grow", `version ${before.version} → ${row.version}`);
    if (row.revision < before.revision || (changed.length > 0 && row.revision === before.revision)) {
      const what = `${row.id}: revision ${before.revision} → ${row.revision} with ${changed.join(", ")}`;
      this.#violated("revisions grow", what);
    }
    if (row.generation < before.generation) {
      this.#violated("revisions grow", `${row.id}: generation ${before.generation} → ${row.generation}`);
    }
    if (!isFinal(before.status)) return;
    if (row.status === before.status && row.generation === before.generation) return;
    if (row.generation === before.generation) {
      this.#violated("one ending per generation", `${row.id}: ${before.status} → ${row.status}`);
    }
    if (!isFinal(row.status)) this.#redriven.add(row.id);
  }

  /** Its own time is all there once it has the turn, or needs none, and only a redrive gives it anew. */
  #requireTime(before: Row, row: Row): void {
    if (row.deadlineAt === before.deadlineAt) return;
    const redriven = isFinal(before.status) && !isFinal(row.status) && row.deadlineAt === undefined;
    const whole = Date.parse(row.deadlineAt ?? "") - Date.parse(row.updatedAt) === row.timeoutSeconds * 1000;
    const hasTurn =
      !this.#deps.requireTurn || row.connectionId !== undefined || this.#holders.get(row.gateway)?.id === row.id;
    if (redriven || (before.deadlineAt === undefined && whole && hasTurn)) return;
    this.#violated("time begins with the turn", `${row.id}: ${before.deadlineAt} → ${row.deadlineAt}`);
  }

  #requireConnection({ id, name, connectionId }: Row): void {
    const found = this.#named(name);
    if (found.some((connection) => connection.id === connectionId)) return;
    this.#violated("success names its connection", `${id} names ${connectionId}; the vendor has ${listed(found)}`);
  }

  /** A create leaves: nobody else's may be under way to the same gateway. */
  noteSent(sent: SentCreate): void {
    this.#requirePermission(sent);
    // A token whose first create went through is answered with that one's result: nothing happens at the gateway.
    const isReplay = sent.token !== "" && this.#sent.some(({ token, made }) => made && token === sent.token);
    if (isReplay) return;
    const holder = this.#holders.get(sent.gateway);
    const times = this.rows.get(sent.id)?.timesGivenBack;
    if (this.#deps.requireTurn && (holder?.id !== sent.id || holder.times !== times)) {
      const who = holder ? `${holder.id}, for the ${holder.times + 1}. time,` : "nobody";
      this.#violated("a create has the turn", `${sent.sender} sends while ${who} has ${sent.gateway}`);
    }
    for (const other of this.#sent) {
      if (other.gateway !== sent.gateway || other.arrived || other.lost) continue;
      const harmless = other.id === sent.id && sent.vendor === "alibaba" && other.token === sent.token;
      if (harmless) continue;
      this.#violated("one create at a time", `${sent.sender} sends while that of ${other.sender} is under way`);
    }
    this.#requireOrder(sent);
    this.#sent.push(sent);
  }

  /** Whoever sends has asked whether it may, and it is no longer ago than it lives that it might. */
  #requirePermission({ id, sender, tenant, gateway }: SentCreate): void {
    const { credentials } = this.rows.get(id) ?? {};
    const about = { gateway, credentials };
    if (!tenant) this.#violated("a create is permitted", `${sender} has not asked whether it may send`);
    else if (!allows(tenant, about)) this.#violated("a create is permitted", `${sender} has read that it may not send`);
    else if (!this.#deps.tenantLately().some((lately) => allows(lately, about))) {
      this.#violated("a create is permitted", `${sender} sends long after it may not`);
    }
  }

  #requireOrder({ id, gateway }: SentCreate): void {
    const earlier = this.#firstSends.get(gateway) ?? [];
    const row = this.rows.get(id);
    if (!row || earlier.some((send) => send.id === id)) return;
    const order = `${row.createdAt}#${id}`;
    const wronged = earlier.find(
      (send) =>
        send.order > order && !this.#redriven.has(send.id) && send.queueReadAt >= (this.#firstWrites.get(id) ?? 0),
    );
    // Who gave its turn back goes after those who waited then.
    if (wronged && !this.#redriven.has(id) && row.timesGivenBack === 0 && !this.#deps.indexLags) {
      this.#violated("in order of arrival", `${id} came before ${wronged.id}, which was sent first`);
    }
    this.#firstSends.set(gateway, [...earlier, { id, order, queueReadAt: this.#queueReads.get(id) ?? 0 }]);
  }

  /** A create has taken effect, or was turned down: what the vendor has of it now. */
  noteArrived(sent: SentCreate, found: readonly RealConnection[]): void {
    sent.arrived = true;
    sent.made = found.length > 0;
    if (found.length > 1) this.#violated("one connection per request", `${sent.name}: ${listed(found)}`);
  }

  noteAccepted(id: string, replayed: boolean): void {
    if (replayed) return;
    if (this.#accepted.has(id)) this.#violated("one record per token", `${id} was accepted twice`);
    this.#accepted.add(id);
  }

  noteExecution(id: string, generation: number, input: string): void {
    this.#keepSecret("a workflow's input", () => input);
    const row = this.rows.get(id);
    if (!row || generation > row.generation) {
      this.#violated("one record per token", `run ${generation} of ${id} was started without a record of it`);
    }
  }

  noteWebhook(id: string, generation: number, webhookId: string, body: string): void {
    this.#keepSecret("a webhook", () => body);
    const { type } = JSON.parse(body) as { type: string };
    for (const [other, known] of this.#webhooks) {
      const [otherId, otherGeneration] = other.split(" ");
      if (otherId !== id) continue;
      const same = Number(otherGeneration) === generation;
      if (same !== (known.split(" ")[0] === webhookId) || (same && known !== `${webhookId} ${type}`)) {
        this.#violated("one ending per generation", `webhook ${webhookId} ${type} after ${known}`);
      }
    }
    this.#webhooks.set(`${id} ${generation}`, `${webhookId} ${type}`);
  }

  noteLog(line: object): void {
    this.#keepSecret("the log", () => JSON.stringify(line));
  }

  /** Code that fails by mistake, not by design. */
  noteThrown(who: string, error: unknown): void {
    if (!(error instanceof Error)) return this.#violated("nothing breaks", `${who} threw no error`);
    if (["TypeError", "ReferenceError", "RangeError", "AssertionError"].includes(error.name)) {
      this.#violated("nothing breaks", `${who}: ${error.stack ?? error.message}`);
    }
  }

  /** Once the faults are over, a request has its time and then a while to be ended by the sweeper. */
  requireProgress(faultsUntil: number): void {
    for (const row of this.rows.values()) {
      const latest = Math.max(deadlineOf(row).at.getTime(), faultsUntil) + patience;
      if (!isFinal(row.status) && this.#deps.now() > latest) this.#violated("nothing is stuck", describe(row));
    }
  }

  /** Everything has come to rest. */
  finish(): void {
    for (const row of this.rows.values()) {
      const found = this.#named(row.name);
      if (!isFinal(row.status)) this.#violated("nothing is stuck", describe(row));
      else if (row.open) this.#violated("nothing is left undone", describe(row));
      if (found.length > 1) this.#violated("one connection per request", `${row.id}: ${listed(found)}`);
      if (row.status === "succeeded") this.#requireConnection(row);
      const residue = row.attemptState === "failed";
      if (["failed", "canceled"].includes(row.status) && found.length > 0 && !residue) {
        this.#violated("a failed request has no connection", `${describe(row)}: ${listed(found)}`);
      }
      const mayBeRefused = this.#refusable.has(row.id) || (this.#intervened && row.errorCode === "provider_auth");
      if (refusals.has(row.errorCode ?? "") && !mayBeRefused) {
        this.#violated("a refusal needs a reason", describe(row));
      }
      if (row.status === "unknown") this.#requireReason(row);
    }
  }

  #requireReason(row: Row): void {
    const late =
      row.errorCode === "deadline_exceeded" && Date.parse(row.completedAt ?? "") >= deadlineOf(row).at.getTime();
    if (!late && !this.#troubled.has(row.id)) this.#violated("unknown needs a reason", describe(row));
  }

  #keepSecret(where: string, text: () => string): void {
    const written = text();
    if (this.#secrets.some((secret) => written.includes(secret))) {
      this.#violated("keys stay secret", `a pre-shared key is in ${where}`);
    }
  }

  #violated(invariant: Invariant, detail: string): void {
    this.#deps.onViolation(new Violation(invariant, detail));
  }
}

/** Endings that a sound request never has, whatever breaks. */
const refusals = new Set([
  "provider_validation",
  "provider_auth",
  "provider_quota",
  "provider_not_found",
  "semantic_duplicate",
]);

function describe({ id, status, generation, revision, connectionId, statusReason, attemptState }: Row): string {
  const short = `${id.slice(0, 6)} is ${status} (${statusReason}), generation ${generation}, revision ${revision}`;
  return `${short}${attemptState ? `, attempt ${attemptState}` : ""}${connectionId ? `, ${connectionId}` : ""}`;
}

const listed = (found: readonly RealConnection[]) => found.map(({ id }) => id).join(" and ") || "none";

/** The record of an item, read where it lies. */
function toRow(item: Item): Row {
  const data = item["data"]?.M ?? {};
  const text = (name: string) => data[name]?.S;
  const number = (name: string) => Number(data[name]?.N);
  const id = text("id") ?? "";
  const request = data["request"]?.M ?? {};
  return {
    id,
    name: `${request["name"]?.S ?? ""}-${id.slice(0, 12)}`,
    provider: request["provider"]?.S ?? "",
    gateway: ["provider", "region", "vpnGatewayId"].map((member) => request[member]?.S).join("#"),
    status: (text("status") ?? "accepted") as Status,
    statusReason: text("statusReason") ?? "",
    generation: number("generation"),
    revision: number("revision"),
    version: number("version"),
    createdAt: text("createdAt") ?? "",
    timesGivenBack: Number(data["givenBack"]?.M?.["times"]?.N ?? 0),
    timeoutSeconds: Number(request["timeoutSeconds"]?.N),
    updatedAt: text("updatedAt") ?? "",
    queueDeadlineAt: text("queueDeadlineAt") ?? "",
    open: item["gsi2pk"] !== undefined,
    ...optional("attemptState", data["create"]?.M?.["state"]?.S),
    ...optional("connectionId", text("providerConnectionId")),
    ...optional("credentials", text("credentials")),
    ...optional("errorCode", data["error"]?.M?.["code"]?.S),
    ...optional("deadlineAt", text("deadlineAt")),
    ...optional("completedAt", text("completedAt")),
  };
}

function optional<Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>> {
  return (value === undefined ? {} : { [name]: value }) as Partial<Record<Name, string>>;
}

/** The middle of what a text becomes in base64, whatever stands before it. */
function base64Of(secret: string): string[] {
  return ["", "-", "--"].map((before, offset) => {
    const encoded = Buffer.from(`${before}${secret}`).toString("base64").replace(/=+$/, "");
    return encoded.slice(offset === 0 ? 0 : 4, -2);
  });
}
