import { audit, type AuditLog } from "../domain/audit.ts";
import type { Clock } from "../domain/clock.ts";
import { DomainError } from "../domain/errors.ts";
import type { Opener, TenantStore } from "../domain/ports.ts";
import { keySubject, type QuotaDeps, takeRate, toQuota, toRefusal } from "../domain/quotas.ts";
import { createExample, type ExampleInput, type ExampleSent } from "../domain/record/example-connection.ts";
import { openWebhookSecrets } from "../domain/tenants/webhook-secrets.ts";
import { askReceiver, toHostSubject } from "./ask-receiver.ts";
import type { SendWebhook } from "./send.ts";
import { signWebhook, toWebhook } from "./sign.ts";

export interface ExampleDeps extends QuotaDeps {
  tenants: Pick<TenantStore, "get">;
  opener: Opener;
  send: SendWebhook;
  audit: AuditLog;
  clock: Clock;
  createRequestId: () => string;
}

/**
 * Sends one webhook about a connection that does not exist, signed like a real one, once. Throws `conflict` when there is
 * nowhere to send it or nothing to sign it with, `rate_limited` beyond what its key, its tenant and its host may have.
 */
export async function sendExample(deps: ExampleDeps, { actor, status, url }: ExampleInput): Promise<ExampleSent> {
  await takeRate(deps, "exampleRate", keySubject(actor));
  const tenant = await deps.tenants.get(actor.tenant);
  const target = url ?? tenant?.webhookUrl;
  if (!target) throw new DomainError("conflict", "this tenant has no webhook endpoint; name a url");
  const started = deps.clock.now();
  const secrets = await openWebhookSecrets(deps.opener, tenant, started).catch(() => undefined);
  if (!tenant || !secrets) {
    throw new DomainError("conflict", "this tenant has no webhook secret that opens; ask an operator to make one");
  }
  const id = `msg_example_${deps.createRequestId()}`;
  const webhook = { ...toWebhook(createExample(actor, started, status)), id };
  const toHost = toQuota("examplesToHost", `${tenant.name}#${toHostSubject(target)}`);
  const places = { quotas: [toQuota("examples", tenant.name), toHost], slow: "examplesToHost" } as const;
  const asked = await askReceiver(deps, places, async () => {
    // Of a URL only this: the rest can be a secret.
    const details = { origin: new URL(target).origin };
    await audit(deps, { action: "webhook.example", tenant: tenant.name, by: actor, details });
    return deps.send(target, signWebhook(secrets, webhook, started), webhook.body);
  });
  if ("quota" in asked) throw toRefusal(asked);
  const { outcome, statusCode } = asked.sent;
  const { durationMilliseconds } = asked;
  return { deliveryId: id, outcome, durationMilliseconds, ...(statusCode === undefined ? {} : { statusCode }) };
}
