import { describe, type Row } from "./row.ts";
import type { Violated } from "./violation.ts";

export interface SentWebhook {
  webhookId: string;
  body: string;
  /** The callback's side has answered that it is down. */
  isDown: boolean;
}

interface WebhookDeps {
  now: () => number;
  violated: Violated;
  /** When something that delays went wrong for a request last. */
  lastHarmAt: (id: string) => number;
}

/** Seconds within which a webhook is sent after its time has come. */
const soon = 60;

/** Whoever asked for it is told of each end, under one name, in time, and until it has heard. */
export class Webhooks {
  readonly #deps: WebhookDeps;
  /** By run, what it was told under which name. */
  readonly #sent = new Map<string, { id: string; webhookId: string; type: string; at: number }>();
  /** The runs whose end has arrived where it was sent. */
  readonly #received = new Set<string>();

  constructor(deps: WebhookDeps) {
    this.#deps = deps;
  }

  noteSent(
    { id, generation }: { id: string; generation: number },
    { webhookId, body, isDown }: SentWebhook,
    row: Row | undefined,
  ): void {
    const { violated, now, lastHarmAt } = this.#deps;
    const { type } = JSON.parse(body) as { type: string };
    const run = `${id} ${generation}`;
    for (const [other, known] of this.#sent) {
      const isSame = other === run;
      const isLike = known.webhookId === webhookId;
      if (known.id !== id || (isSame === isLike && (!isSame || known.type === type))) continue;
      violated("one ending per generation", `webhook ${webhookId} ${type} after ${known.webhookId} ${known.type}`);
    }
    const { completedAt = "", nextAttemptAt = "" } = row ?? {};
    const before = this.#sent.get(run);
    const due = Date.parse(before ? nextAttemptAt : completedAt);
    const isTroubled = lastHarmAt(id) > (before?.at ?? due) - soon * 1000;
    const delay = (now() - due) / 1000;
    if (!isTroubled && delay > soon) violated("an end is told", `${id}: ${delay} s after it`);
    this.#sent.set(run, { id, webhookId, type, at: now() });
    if (!isDown) this.#received.add(run);
  }

  /** Everything has come to rest: those who wanted to hear of this end have heard of it. */
  finish(row: Row): void {
    if (!this.#received.has(`${row.id} ${row.generation}`)) this.#deps.violated("an end is told", describe(row));
  }
}
