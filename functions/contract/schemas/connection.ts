import * as z from "zod";
import { errorClasses } from "../../domain/provider/provider-error.ts";
import { type TunnelState, tunnelStates } from "../../domain/provider/provider.ts";
import { reportedParameters } from "../../domain/provider/reported.ts";
import { statuses } from "../../domain/record/status.ts";
import type { ConnectionResource, toReceipt } from "../../domain/record/to-resource.ts";
import type { EffectiveRequest } from "../../domain/request/apply-defaults.ts";
import { createRequestSchema } from "../../domain/request/create-request.ts";
import { providers } from "../../domain/values.ts";
import { tenantName } from "./fields.ts";
import { requestError } from "./request-error.ts";
import { schemaOf } from "./schema-of.ts";
import { connectionId, count, pageOf, sentence, time } from "./values.ts";

const { clientToken, tunnels, ...given } = createRequestSchema.shape;
const { preSharedKey: _key, ...tunnel } = tunnels.element.shape;
const [dpd, unset] = tunnel.dpd.unwrap().options;
/** In a resource an ASN is a number, however it was written. */
const [number] = tunnel.bgp.unwrap().shape.localAsn.unwrap().options;

const effectiveTunnel = z
  .strictObject({
    ...tunnel,
    ike: tunnel.ike
      .unwrap()
      .required({
        version: true,
        mode: true,
        encryption: true,
        integrity: true,
        dhGroup: true,
        lifetimeSeconds: true,
      })
      .meta({ id: "EffectiveIkeSettings" }),
    ipsec: tunnel.ipsec
      .unwrap()
      .required({ encryption: true, integrity: true, pfsGroup: true, lifetimeSeconds: true })
      .meta({ id: "EffectiveIpsecSettings" }),
    dpd: z.union([dpd.required({ enabled: true }).meta({ id: "EffectiveDpdSettings" }), unset]),
    bgp: tunnel.bgp
      .unwrap()
      .extend({ localAsn: number.exactOptional() })
      .meta({ id: "EffectiveBgpSettings" })
      .exactOptional(),
  })
  .meta({ id: "EffectiveTunnel" });

/** A create request with every default filled in, and no key. */
const effectiveRequest = schemaOf<EffectiveRequest>()(
  z.strictObject({
    ...given,
    tunnels: z.array(effectiveTunnel).min(1).max(2),
    negotiation: given.negotiation.unwrap(),
    allowWeakCryptography: given.allowWeakCryptography.unwrap(),
    allowDuplicate: given.allowDuplicate.unwrap(),
    timeoutSeconds: given.timeoutSeconds.unwrap(),
    queueTimeoutSeconds: given.queueTimeoutSeconds.unwrap(),
  }),
).meta({ id: "EffectiveRequest" });

export const tunnelState = z.enum(tunnelStates);

export const status = z.enum(statuses).meta({ id: "Status" });

const queue = z.strictObject({ position: z.int().min(1), ahead: count }).meta({ id: "Queue" });

/** The vendor's last answer, while it stands in the way. */
const providerProblem = z
  .strictObject({
    action: sentence,
    class: z.enum(errorClasses),
    code: sentence.exactOptional(),
    advice: sentence,
    requestId: sentence.exactOptional(),
    since: time,
    count: z.int().min(1),
  })
  .meta({ id: "ProviderProblem" });

const tunnelStatus = schemaOf<TunnelState>()(z.strictObject({ state: tunnelState, reason: sentence })).meta({
  id: "TunnelStatus",
});

/** What the vendor shows of a connection that is ready. */
const reported = z
  .strictObject({ at: time, parameters: reportedParameters, differences: z.array(z.string()) })
  .meta({ id: "Reported" });

export const connection = schemaOf<ConnectionResource>()(
  z.strictObject({
    id: connectionId,
    tenant: tenantName.exactOptional(),
    clientToken: clientToken.unwrap(),
    provider: z.enum(providers),
    region: given.region,
    name: given.name,
    vpnGatewayId: given.vpnGatewayId,
    status,
    queue: queue.exactOptional(),
    statusReason: sentence,
    request: effectiveRequest,
    providerConnectionId: sentence.exactOptional(),
    providerConnectionName: sentence,
    providerProblem: providerProblem.exactOptional(),
    tunnels: z.array(tunnelStatus),
    reported: reported.exactOptional(),
    error: requestError.exactOptional(),
    warnings: z.array(sentence),
    attempts: count,
    revision: z.int().min(1),
    createdAt: time,
    updatedAt: time,
    completedAt: time.exactOptional(),
    estimatedCompletionAt: time.exactOptional(),
  }),
).meta({ id: "Connection" });

/** To a key that may change and not read. */
const receipt = schemaOf<ReturnType<typeof toReceipt>>()(
  connection.pick({ id: true, clientToken: true, status: true, revision: true }),
).meta({
  id: "ConnectionReceipt",
});

export const changedConnection = z.union([connection, receipt]);

export const connectionPage = pageOf(connection).meta({ id: "ConnectionPage" });
