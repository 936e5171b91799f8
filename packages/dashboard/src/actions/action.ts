import { type Client, type Connection, type Delivery, isFinal } from "@vpn-broker/client";

export const actionNames = ["cancel", "redrive", "resend"] as const;
export type ActionName = (typeof actionNames)[number];

/** More are not touched at a time: nobody reads a longer preview. */
export const maxTargets = 100;

/** Why an action does not fit a request. */
export type Misfit = "ended" | "sent" | "not-ended-badly" | "unfinished" | "no-webhook";

/** What an action would touch. */
export interface Target {
  connection: Connection;
  /** Of a resend: the webhook of the present end. */
  delivery?: Delivery;
}

/** Undefined where the action fits; the API has the last word all the same. */
export function findMisfit(action: ActionName, { connection }: Pick<Target, "connection">): Misfit | undefined {
  const { status, attempts } = connection;
  switch (action) {
    case "cancel":
      if (isFinal(connection)) return "ended";
      return status === "provisioning" || (status === "creating" && attempts > 0) ? "sent" : undefined;
    case "redrive":
      return status === "failed" || status === "unknown" ? undefined : "not-ended-badly";
    case "resend":
      return isFinal(connection) ? undefined : "unfinished";
  }
}

/**
 * Whether it is done to one of several unless somebody says otherwise: a webhook that arrived is not sent again, and neither what
 * ends the same way until something is corrected is run again, nor what a person should look for at the vendor first.
 */
export function isPromising(action: ActionName, { connection: { status, error }, delivery }: Target): boolean {
  if (action === "resend") return delivery?.state !== "delivered";
  return action !== "redrive" || (status !== "unknown" && error?.retryable !== false);
}

/** Those that are chosen to begin with: the only one, those of several that promise something, or all that failed where none does. */
export function chooseAmong(action: ActionName, targets: readonly Target[]): readonly Target[] {
  if (targets.length === 1) return targets;
  const promising = targets.filter((target) => isPromising(action, target));
  if (action !== "redrive" || promising.length > 0) return promising;
  return targets.filter(({ connection }) => connection.status !== "unknown");
}

/** The request with what the preview has to show. */
export async function toTarget(client: Client, action: ActionName, connection: Connection): Promise<Target> {
  if (action !== "resend" || findMisfit(action, { connection })) return { connection };
  // The newest is that of the present end; those of earlier runs are not sent any more.
  const [delivery] = await client.deliveries(connection.id);
  return delivery ? { connection, delivery } : { connection };
}

/** Does it to one request, as it was when it was shown. Throws what the API says. */
export async function perform(
  client: Client,
  action: ActionName,
  { target: { connection, delivery }, reason }: { target: Target; reason: string },
): Promise<void> {
  const { id, revision: ifMatch } = connection;
  switch (action) {
    case "cancel":
      await client.cancel(id, { reason }, { ifMatch });
      return;
    case "redrive":
      await client.redrive(id, { reason }, { ifMatch });
      return;
    case "resend":
      if (!delivery) throw new TypeError("a resend needs a delivery");
      await client.resend(id, delivery.id, { reason });
  }
}
