import { attentionReasons } from "../../domain/connections/attention-reasons.ts";
import { problemCodes, requestErrorCodes } from "../../domain/errors.ts";
import { errorClasses } from "../../domain/provider/provider-error.ts";
import { tunnelStates } from "../../domain/provider/provider.ts";
import { deliveryStates } from "../../domain/record/connection-record.ts";
import { outcomeStatuses, statuses } from "../../domain/record/status.ts";
import { vendorDefault } from "../../domain/request/create-request.ts";
import { scopes } from "../../domain/tenants/tenant.ts";
import {
  dhGroups,
  encryptions,
  ikeModes,
  ikeVersions,
  integrities,
  negotiations,
  providers,
  routingModes,
  tunnelRoles,
} from "../../domain/values.ts";
import { retries } from "../error-meaning.ts";

interface ValueList {
  values: readonly (string | number)[];
  description: string;
  /** What generated clients call each value, where its own text makes no good name. */
  names?: readonly string[];
}

/** Closed lists of values by the name that they have wherever they stand, so that clients get one type for each. */
export const valueLists: Readonly<Record<string, ValueList>> = {
  Provider: { values: providers, description: "A vendor: Alibaba Cloud or Tencent Cloud." },
  Status: {
    values: statuses,
    description:
      "How far a request is. `succeeded`, `failed`, `canceled` and `unknown` are final; `unknown`: whether there is a connection could not be decided safely, and a person must look.",
  },
  OutcomeStatus: { values: outcomeStatuses, description: "How a request ended." },
  RequestErrorCode: { values: requestErrorCodes, description: "Why a request did not succeed; see `/docs/errors`." },
  ProblemCode: { values: problemCodes, description: "The code of a problem document; see `/docs/errors`." },
  ProviderErrorClass: { values: errorClasses, description: "What kind of answer of the vendor it is." },
  TunnelState: { values: tunnelStates, description: "How far a tunnel has negotiated." },
  DeliveryState: { values: deliveryStates, description: "Whether a webhook is still being sent." },
  AttentionReason: { values: attentionReasons, description: "Why a person should look." },
  Scope: {
    values: scopes,
    description: "What an API key may do.",
    names: scopes.map((scope) => scope.replace(":", "_").toUpperCase()),
  },
  Retry: {
    values: retries,
    description:
      "Whether the same may be sent again as it is: `safe` may succeed, `useless` ends the same way until something is changed, `check-first` only after a look at the vendor.",
  },
  Encryption: { values: encryptions, description: "An encryption algorithm." },
  Integrity: { values: integrities, description: "An integrity (authentication) algorithm." },
  DhGroup: {
    values: dhGroups,
    description: "A Diffie-Hellman group by its IANA number.",
    names: dhGroups.map((group) => `GROUP_${group}`),
  },
  IkeVersion: { values: ikeVersions, description: "A version of IKE." },
  IkeMode: { values: ikeModes, description: "A mode of IKE version 1." },
  Negotiation: { values: negotiations, description: "When negotiation begins." },
  RoutingMode: { values: routingModes, description: "How traffic finds the tunnel." },
  VendorDefault: {
    values: [vendorDefault],
    description: "Nothing is sent, for gateways too old for the parameter: the vendor's own value counts.",
  },
  NoGroup: { values: ["none"], description: "No perfect forward secrecy." },
  TunnelRole: { values: tunnelRoles, description: "Which of two tunnels." },
};
