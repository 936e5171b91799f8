import { audit, type AuditLog } from "../domain/audit.ts";
import type { Clock } from "../domain/clock.ts";
import { DomainError } from "../domain/errors.ts";
import type { Opener, TenantStore } from "../domain/ports.ts";
import { createExample, type ExampleInput, type ExampleSent } from "../domain/record/example-connection.ts";
import { openWebhookSecrets } from "../domain/tenants/webhook-secrets.ts";
import type { SendWebhook } from "./send.ts";
import { signWebhook, toWebhook } from "./sign.ts";

export interface ExampleDeps {
  tenants: Pick<TenantStore, "get">;
  opener: Opener;
  send: SendWebhook;
  audit: AuditLog;
  clock: Clock;
  createRequestId: () => string;
}

/**
 * Sends one webhook about a connection that does not exist, signed like a real one, once. Throws `conflict` when there is
 * nowhere to send it or nothing to sign it with.
 */
export async function sendExample(deps: ExampleDeps, { actor, status, url }: ExampleInput): Promise<ExampleSent> {
  const tenant = await deps.tenants.get(actor.tenant);
  const target = url ?? tenant?.webhookUrl;
  if (!target) throw new DomainError("conflict", "this tenant has no webhook endpoint; name a url");
  const started = deps.clock.now();
  const secrets = await openWebhookSecrets(deps.opener, tenant, started).catch(() => undefined);
  if (!tenant || !secrets) {
    throw new DomainError("conflict", "this tenant has no webhook secret that opens; ask an operator to make one");
  }
  // Of a URL only this: the rest can be a secret.
  const details = { origin: new URL(target).origin };
  await audit(deps, { action: "webhook.example", tenant: tenant.name, by: actor, details });
  const id = `msg_example_${deps.createRequestId()}`;
  const webhook = { ...toWebhook(createExample(actor, started, status)), id };
  const { outcome, statusCode } = await deps.send(target, signWebhook(secrets, webhook, started), webhook.body);
  const durationMilliseconds = deps.clock.now().getTime() - started.getTime();
  return { deliveryId: id, outcome, durationMilliseconds, ...(statusCode === undefined ? {} : { statusCode }) };
}
