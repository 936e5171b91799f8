import type { Item } from "../expressions.ts";

export type Status =
  | "accepted"
  | "queued"
  | "creating"
  | "provisioning"
  | "succeeded"
  | "failed"
  | "canceled"
  | "unknown";

/** What is known of a record: the little that the promises are about, read where it lies in its item. */
export interface Row {
  id: string;
  provider: string;
  /** As its turn is named by. */
  gateway: string;
  status: Status;
  statusReason: string;
  generation: number;
  revision: number;
  version: number;
  attemptState?: string;
  /** Which attempt it is, and how often it was sent; zero before the first. */
  number: number;
  sends: number;
  /** How many creates were written down as about to leave, in all runs. */
  attempts: number;
  connectionId?: string;
  errorCode?: string;
  errorMessage?: string;
  providerCode?: string;
  lastLook?: string;
  /** How often its delivery was begun anew. */
  restarts: number;
  /** When its webhook is sent again. */
  nextAttemptAt?: string;
  /** The vendor asked not to be asked before. */
  notBefore?: string;
  /** The vendor's action that stands in its way, and what it was answered with. */
  problem?: string;
  problemClass?: string;
  problemCode?: string;
  /** How often in a row. */
  problemCount: number;
  /** The vendor's job for its connection. */
  taskId?: string;
  /** What it was refused for in this run, though it may not have ended yet. */
  refusalCode?: string;
  /** The vendor's code that it was refused with; absent where nobody asked the vendor. */
  refusedWith?: string;
  /** The attempt as it lies there. */
  create: Item;
  /** Of the vendor, by reference. */
  credentials?: string;
  createdAt: string;
  /** How often its run gave its turn back, how often in a row that was on its gateway, and until when nobody takes it. */
  timesGivenBack: number;
  failures: number;
  pausedUntil?: string;
  /** From when on it waits for its gateway. */
  queuedAt: string;
  timeoutSeconds: number;
  updatedAt: string;
  queueDeadlineAt: string;
  deadlineAt?: string;
  completedAt?: string;
  /** Whether the sweeper still looks at it. */
  open: boolean;
  /** Whether a newer version of the code has written it before. */
  ofNewer: boolean;
  /** How many pre-shared keys are still sealed in it. */
  keys: number;
}

export function isFinal(status: Status): boolean {
  return ["succeeded", "failed", "canceled", "unknown"].includes(status);
}

/** How the writing of a record is called on the tape. */
export const writingOf = (id: string) => `PutItem ${id.slice(0, 6)}`;

/** Whether something of it can be at the vendor, as far as its record says. */
export function mayBeThere({ status, connectionId, attemptState = "void" }: Row): boolean {
  return status === "succeeded" || connectionId !== undefined || !["refused", "void"].includes(attemptState);
}

/** Milliseconds since the epoch at which it is given up: the time until its turn, then its own. */
export function deadlineOf({ deadlineAt, queueDeadlineAt }: Row): number {
  return Date.parse(deadlineAt ?? queueDeadlineAt);
}

/** What is written once is read again and again. */
const known = new WeakMap<Item, Row>();

/** The record of an item. */
export function toRow(item: Item): Row {
  const row = known.get(item) ?? read(item);
  known.set(item, row);
  return row;
}

function read(item: Item): Row {
  const data = item["data"]?.M ?? {};
  const text = (name: string) => data[name]?.S;
  const number = (name: string) => Number(data[name]?.N);
  const request = data["request"]?.M ?? {};
  const error = data["error"]?.M ?? {};
  const refusal = data["refusal"]?.M ?? {};
  const create = data["create"]?.M ?? {};
  const givenBack = data["givenBack"]?.M ?? {};
  const problem = data["providerProblem"]?.M ?? {};
  return {
    id: text("id") ?? "",
    provider: request["provider"]?.S ?? "",
    gateway: ["provider", "region", "vpnGatewayId"].map((member) => request[member]?.S).join("#"),
    status: (text("status") ?? "accepted") as Status,
    statusReason: text("statusReason") ?? "",
    generation: number("generation"),
    revision: number("revision"),
    version: number("version"),
    createdAt: text("createdAt") ?? "",
    number: Number(create["number"]?.N ?? 0),
    sends: Number(create["sends"]?.N ?? 0),
    attempts: number("attempts"),
    timesGivenBack: Number(givenBack["times"]?.N ?? 0),
    queuedAt: givenBack["queuedAt"]?.S ?? text("createdAt") ?? "",
    failures: Number(givenBack["failures"]?.N ?? 0),
    timeoutSeconds: Number(request["timeoutSeconds"]?.N),
    updatedAt: text("updatedAt") ?? "",
    queueDeadlineAt: text("queueDeadlineAt") ?? "",
    open: item["gsi2pk"] !== undefined,
    ofNewer: data["ofNewer"] !== undefined,
    keys: (data["sealedKeys"]?.L ?? []).filter(({ S }) => S !== "").length,
    ...optional("attemptState", create["state"]?.S),
    ...optional("pausedUntil", givenBack["pausedUntil"]?.S),
    ...optional("connectionId", text("providerConnectionId")),
    ...optional("credentials", text("credentials")),
    create,
    restarts: Number(data["delivery"]?.M?.["restarts"]?.N ?? 0),
    ...optional("nextAttemptAt", data["delivery"]?.M?.["nextAttemptAt"]?.S),
    ...optional("notBefore", text("providerNotBefore")),
    ...optional("problem", problem["action"]?.S),
    ...optional("problemClass", problem["class"]?.S),
    ...optional("problemCode", problem["code"]?.S),
    problemCount: Number(problem["count"]?.N ?? 0),
    ...optional("taskId", text("providerTaskId")),
    ...optional("refusalCode", refusal["code"]?.S),
    ...optional("refusedWith", refusal["providerCode"]?.S),
    ...optional("lastLook", text("lastLook")),
    ...optional("errorCode", error["code"]?.S),
    ...optional("errorMessage", error["message"]?.S),
    ...optional("providerCode", error["providerCode"]?.S),
    ...optional("deadlineAt", text("deadlineAt")),
    ...optional("completedAt", text("completedAt")),
  };
}

function optional<Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>> {
  return (value === undefined ? {} : { [name]: value }) as Partial<Record<Name, string>>;
}

export function describe({ id, status, generation, revision, connectionId, statusReason, attemptState }: Row): string {
  const short = `${id.slice(0, 6)} is ${status} (${statusReason}), generation ${generation}, revision ${revision}`;
  return `${short}${attemptState ? `, attempt ${attemptState}` : ""}${connectionId ? `, ${connectionId}` : ""}`;
}
