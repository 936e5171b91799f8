import { inFile, type Patch } from "../patch.ts";

/** What both vendors' readers have in common. */
const reading = [
  ...inFile("functions/domain/provider/find-connections.ts", [
    {
      id: "find-first-page-only",
      find: "if (rows.length === 0 || (rows.length < pageSize && seen >= total)) return [...found];",
      replace: "return [...found];",
      why: "a connection is found on any page",
    },
    {
      id: "find-short-page-is-the-last",
      find: "(rows.length < pageSize && seen >= total)",
      replace: "rows.length < pageSize",
      why: "a page that is short is not the end while the vendor counts more",
      unplayed: "the vendors' lists are whole and end",
    },
    {
      id: "find-name-letter-for-letter",
      find: "findOperationId(name) === operationId;",
      replace: "name.endsWith(`-${operationId}`);",
      why: "a connection is found though the vendor trims its name or changes its letters",
    },
    {
      id: "find-skips-rows-without-id",
      find: 'if (id === undefined && (isOurs || name === undefined)) throw fail("has a connection without an id");',
      replace: "",
      why: "a row that may be ours and cannot be read is not nothing",
      unplayed: "the vendors' lists are whole and end",
    },
    {
      id: "find-believes-an-endless-list",
      find: 'throw fail("does not end");',
      replace: "return [...found];",
      why: "a list that was not read to its end proves nothing",
      unplayed: "the vendors' lists are whole and end",
    },
    {
      id: "find-fails-for-good",
      find: 'class: "ambiguous",\n      action,',
      replace: 'class: "validation",\n      action,',
      why: "a list that cannot be read is read again",
    },
  ]),
  ...inFile("functions/domain/provider/provider-error.ts", [
    {
      id: "class-conflict-is-definite",
      find: 'new Set(["retry", "conflict", "ambiguous"])',
      replace: 'new Set(["retry", "ambiguous"])',
      why: "a gateway that is busy is waited for",
    },
    {
      id: "class-retry-is-definite",
      find: 'new Set(["retry", "conflict", "ambiguous"])',
      replace: 'new Set(["conflict", "ambiguous"])',
      why: "a call that was throttled is made again",
    },
    {
      id: "class-ambiguous-is-definite",
      find: 'new Set(["retry", "conflict", "ambiguous"])',
      replace: 'new Set(["retry", "conflict"])',
      why: "an answer that cannot be read ends no request",
    },
    {
      id: "class-quota-passes",
      find: 'new Set(["retry", "conflict", "ambiguous"])',
      replace: 'new Set(["retry", "conflict", "quota", "ambiguous"])',
      why: "a full quota ends the request: sending again cannot help",
    },
    {
      id: "class-auth-passes",
      find: 'new Set(["retry", "conflict", "ambiguous"])',
      replace: 'new Set(["retry", "conflict", "auth", "ambiguous"])',
      why: "a denied create ends the request: sending again cannot help",
    },
  ]),
  ...inFile("functions/domain/provider/provider-code.ts", [
    {
      id: "code-never-ours",
      find: "...(mayBeOurs(code, meaning) ? { mayBeOurs: true } : {}),",
      replace: "",
      why: "a refusal that an own connection would explain does not end as failed",
    },
    {
      id: "code-quota-is-not-ours",
      find: 'kind === "exists" || kind === "quota" ||',
      replace: 'kind === "exists" ||',
      why: "a quota may be full of an own connection",
    },
    {
      id: "code-overlap-is-not-ours",
      find: ' || (kind === "validation" && taken.test(code));',
      replace: ";",
      why: "an overlap may be with an own connection",
    },
    {
      id: "code-in-these-letters-only",
      find: "const exact = byLowerCaseCode.get(code.toLowerCase());",
      replace: "const exact = byLowerCaseCode.get(code);",
      why: "a code means the same in any letter case",
    },
  ]),
  ...inFile("functions/domain/provider/answer.ts", [
    {
      id: "answer-unreadable-is-a-refusal",
      find: 'class: "ambiguous",',
      replace: 'class: "validation",',
      why: "an answer that cannot be read says nothing of the effect",
    },
    {
      id: "answer-unreadable-is-without",
      find: "if (parsed.success) return parsed.data;",
      replace: 'if (parsed.success || action.startsWith("Create")) return parsed.data ?? ({} as z.infer<Schema>);',
      why: "an answer to a create that cannot be read was not accepted for certain",
    },
  ]),
  ...inFile("functions/domain/provider/read-answer.ts", [
    {
      id: "read-not-found-of-anything",
      find: 'absent[request.action]?.test(error.facts.providerCode ?? ""))',
      replace: 'error.facts.class === "not-found")',
      why: "only the code of a connection that is not there says that it is not there",
    },
    {
      id: "read-failed-is-not-there",
      find: 'if (error instanceof ProviderError && absent[request.action]?.test(error.facts.providerCode ?? ""))',
      replace: "if (error instanceof ProviderError)",
      why: "a read that failed says nothing of what is there",
    },
    {
      id: "read-absent-is-a-failure",
      find: 'if (error instanceof ProviderError && absent[request.action]?.test(error.facts.providerCode ?? ""))',
      replace: "",
      why: "a gateway that is not there is told as that",
    },
  ]),
  ...inFile("functions/domain/provider/optional-read.ts", [
    {
      id: "optional-read-is-needed",
      find: "if (!(error instanceof ProviderError)) throw error;",
      replace: "if (error) throw error;",
      why: "a read that only tells sooner what the create would tell stops nothing",
    },
  ]),
];

const alibaba = [
  ...inFile("functions/providers/alibaba/error-table.ts", [
    {
      id: "alibaba-throttling-is-a-refusal",
      find: '...ofClass("retry", {\n    Throttling:',
      replace: '...ofClass("validation", {\n    Throttling:',
      why: "a call that was throttled is made again",
    },
    {
      id: "alibaba-busy-is-a-refusal",
      find: '...ofClass("conflict", {\n    "VpnGateway.Configuring":',
      replace: '...ofClass("validation", {\n    "VpnGateway.Configuring":',
      why: "a gateway that is busy is waited for",
    },
    {
      id: "alibaba-in-progress-is-busy",
      find: '{ token: "in-progress" },',
      replace: "{},",
      why: "while the first call of a token runs only the same token is sent",
    },
    {
      id: "alibaba-quota-passes",
      find: '...ofClass("quota", {\n    "Resource.QuotaFull":',
      replace: '...ofClass("conflict", {\n    "Resource.QuotaFull":',
      why: "a full quota ends the request: sending again cannot help",
    },
    {
      id: "alibaba-exists-is-wrong",
      find: '...ofClass("exists", {',
      replace: '...ofClass("validation", {',
      why: "that it exists already is looked into",
    },
    {
      id: "alibaba-internal-error-is-a-refusal",
      find: '...ofClass("ambiguous", {\n    InternalError:',
      replace: '...ofClass("validation", {\n    InternalError:',
      why: "an internal error says nothing of the effect",
    },
    {
      id: "alibaba-internal-error-before-it-ran",
      find: '...ofClass("ambiguous", {\n    InternalError:',
      replace: '...ofClass("retry", {\n    InternalError:',
      why: "an internal error says nothing of the effect",
    },
    {
      id: "alibaba-failed-token-is-sent-again",
      find: '    { token: "failed" },\n  ),\n};',
      replace: "    {},\n  ),\n};",
      why: "a token whose call failed is not used again",
    },
    {
      id: "alibaba-denied-passes",
      find: '...ofClass("auth", {\n    Forbidden:',
      replace: '...ofClass("retry", {\n    Forbidden:',
      why: "a denied create ends the request: sending again cannot help",
    },
    {
      id: "alibaba-not-found-is-ambiguous",
      find: '...ofClass("not-found", {',
      replace: '...ofClass("ambiguous", {',
      why: "a gateway that is not there ends the request",
    },
  ]),
  ...inFile("functions/providers/alibaba/errors.ts", [
    {
      id: "alibaba-unknown-code-is-a-refusal",
      find: "createClassifier(providerErrors, families, lookFirst)",
      replace: "createClassifier(providerErrors, families, correct)",
      why: "only a refusal that is understood is a definite one",
    },
    {
      id: "alibaba-reset-never-arrived",
      find: 'new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"])',
      replace: 'new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN"])',
      why: "a connection that broke off says nothing of the effect",
    },
    {
      id: "alibaba-no-answer-never-arrived",
      find: "    return { ...checkRoute, ...notSent(outOfReach) };\n  }\n  return lookFirst;",
      replace: "    return { ...checkRoute, ...notSent(outOfReach) };\n  }\n  return checkRoute;",
      why: "a timeout proves nothing",
    },
    {
      id: "alibaba-refused-connection-is-unclear",
      find: "if (neverSent.has(String(thrown.code)) || neverSentMessage.test(message)) {",
      replace: "if (neverSentMessage.test(String(thrown.code))) {",
      why: "a call that was refused by the network costs no settle window",
    },
    {
      id: "alibaba-waits-in-milliseconds",
      find: "Math.ceil(retryAfter / 1000)",
      replace: "Math.ceil(retryAfter)",
      why: "a vendor is asked again when it said so",
    },
    {
      id: "alibaba-system-error-is-an-answer",
      find: 'if (typeof thrown.statusCode !== "number") {',
      replace: 'if (typeof thrown.statusCode !== "number" && thrown.code === undefined) {',
      why: "a system error is no answer of the vendor's",
    },
  ]),
  ...inFile("functions/providers/alibaba/provider.ts", [
    {
      id: "alibaba-has-no-token",
      find: "createIsIdempotent: true,",
      replace: "createIsIdempotent: false,",
      why: "a lost answer costs one repeat, and no settle window",
    },
    {
      id: "alibaba-ready-while-the-gateway-works",
      find: 'if (Status !== "active") return { state: "pending", detail: `the gateway is ${Status}` };',
      replace: "",
      why: "no create at a gateway while another connection is provisioned there",
    },
    {
      id: "alibaba-gone-is-pending",
      find: 'if (!found) return { state: "gone", detail: `the gateway is active',
      replace: 'if (!found) return { state: "pending", detail: `the gateway is active',
      why: "a connection that is gone ends the request, not its deadline",
    },
    {
      id: "alibaba-gateway-gone-is-pending",
      find: 'if (!known) return { state: "gone", detail: `the gateway ${vpnGatewayId} is not found`, gateway: true };',
      replace: 'if (!known) return { state: "pending", detail: `the gateway ${vpnGatewayId} is not found` };',
      why: "a gateway that is gone ends the request, not its deadline",
    },
    {
      id: "alibaba-connection-is-gone-with-anything",
      find: "DescribeVpnConnection: /^(invalid)?vpnconnection",
      replace: "DescribeVpnConnection: /^(invalid)?vpn(connection|gateway)",
      why: "what is said of another thing does not say that the connection is gone",
    },
    {
      id: "alibaba-any-state-is-ready",
      find: 'if (State === "active" || State === "attached") return',
      replace: 'if (State !== "") return',
      why: "a request succeeds when its connection is ready",
    },
    {
      id: "alibaba-state-of-anything",
      find: "const connection = z.object({ State: wordOrNothing,",
      replace: "const connection = z.object({ State: word,",
      why: "what cannot be read does not say that the connection is ready",
    },
    {
      id: "alibaba-busy-is-not-seen",
      find: 'const working = found.Status !== "active" && found.Status !== "deleting";',
      replace: "const working = false;",
      why: "nothing is sent to a gateway that is at work",
    },
    {
      id: "alibaba-reads-the-first-page-again",
      find: "vpnGatewayId, pageNumber: page, pageSize });",
      replace: "vpnGatewayId, pageNumber: 1, pageSize });",
      why: "a connection is found on any page",
    },
    {
      id: "alibaba-missing-gateway-is-right",
      find: 'if (!found) return { flaws: [missingGateway(request, "InvalidVpnGatewayInstanceId.NotFound")], facts: {} };',
      replace: "if (!found) return { flaws: [], facts: {} };",
      why: "what the vendor would refuse is refused before it is asked",
    },
    {
      id: "alibaba-loses-the-id",
      find: "return VpnConnectionId ? { connectionId: VpnConnectionId } : {};\n    },\n\n    exists",
      replace: "return {};\n    },\n\n    exists",
      why: "an accepted create needs no list to be known",
    },
  ]),
  ...inFile("functions/providers/alibaba/preflight.ts", [
    {
      id: "alibaba-disabled-is-right",
      find: "const checks: readonly Check[] = [usable, rightMode, rightType, rightRouting];",
      replace: "const checks: readonly Check[] = [rightMode, rightType, rightRouting];",
      why: "a gateway that takes no connection is not asked for one",
      unplayed: "every gateway is fit for use, or gone",
    },
    {
      id: "alibaba-any-number-of-tunnels",
      find: "if (dual === (tunnels.length === 2)) return [];",
      replace: "if (tunnels.length > 0) return [];",
      why: "a gateway is asked for as many tunnels as it has",
      unplayed: "every connection has one tunnel",
    },
  ]),
  ...inFile("functions/providers/alibaba/mapping.ts", [
    {
      id: "alibaba-sends-no-token",
      find: "    clientToken: token,\n",
      replace: "",
      why: "a repeat is answered with the first one's result",
    },
    {
      id: "alibaba-networks-changed-over",
      find: "localSubnet: local,\n    remoteSubnet: remote,",
      replace: "localSubnet: remote,\n    remoteSubnet: local,",
      why: "a connection is the one that was asked for",
    },
    {
      id: "alibaba-first-network-only",
      find: 'remote: remotes.join(",") };',
      replace: 'remote: remotes[0] ?? "" };',
      why: "a connection is the one that was asked for",
      unplayed: "every request has one network on each side",
    },
    {
      id: "alibaba-one-key-for-both",
      find: "Psk: keys[index]",
      replace: "Psk: keys[0]",
      why: "each tunnel has its own key",
      unplayed: "every connection has one tunnel",
    },
    {
      id: "alibaba-key-stays-masked",
      find: "Psk: keys[0] })",
      replace: "})",
      why: "a connection has the key that was asked for",
    },
    {
      id: "alibaba-waits-for-traffic",
      find: 'effectImmediately: request.negotiation === "immediate",',
      replace: 'effectImmediately: request.negotiation !== "immediate",',
      why: "a connection is the one that was asked for",
    },
  ]),
];

const tencent = [
  ...inFile("functions/providers/tencent/error-table.ts", [
    {
      id: "tencent-throttling-is-a-refusal",
      find: '...ofClass("retry", {\n    RequestLimitExceeded:',
      replace: '...ofClass("validation", {\n    RequestLimitExceeded:',
      why: "a call that was throttled is made again",
    },
    {
      id: "tencent-busy-is-a-refusal",
      find: '...ofClass("conflict", {\n    ResourceInUse:',
      replace: '...ofClass("validation", {\n    ResourceInUse:',
      why: "a gateway that is busy is waited for",
    },
    {
      id: "tencent-busy-never-ran",
      find: '...ofClass("conflict", {\n    ResourceInUse:',
      replace: '...ofClass("retry", {\n    ResourceInUse:',
      why: "a gateway that is busy is told as that",
    },
    {
      id: "tencent-quota-passes",
      find: '...ofClass("quota", {\n    LimitExceeded:',
      replace: '...ofClass("conflict", {\n    LimitExceeded:',
      why: "a full quota ends the request: sending again cannot help",
    },
    {
      id: "tencent-internal-error-is-a-refusal",
      find: '...ofClass("ambiguous", {\n    InternalError:',
      replace: '...ofClass("validation", {\n    InternalError:',
      why: "an internal error says nothing of the effect",
    },
    {
      id: "tencent-internal-error-before-it-ran",
      find: '...ofClass("ambiguous", {\n    InternalError:',
      replace: '...ofClass("retry", {\n    InternalError:',
      why: "an internal error says nothing of the effect",
    },
    {
      id: "tencent-not-found-is-ambiguous",
      find: '...ofClass("not-found", {',
      replace: '...ofClass("ambiguous", {',
      why: "a gateway that is not there ends the request",
    },
  ]),
  ...inFile("functions/providers/tencent/errors.ts", [
    {
      id: "tencent-unknown-code-is-a-refusal",
      find: "createClassifier(providerErrors, families, lookFirst)",
      replace: 'createClassifier(providerErrors, families, { ...lookFirst, class: "validation" })',
      why: "only a refusal that is understood is a definite one",
    },
    {
      id: "tencent-status-502-never-arrived",
      find: "if (thrown.httpCode !== undefined) return lookFirst;",
      replace: "if (thrown.httpCode !== undefined) return checkRoute;",
      why: "a gateway's word on the way proves nothing",
    },
    {
      id: "tencent-reset-never-arrived",
      find: "(connect ECONNREFUSED|getaddrinfo",
      replace: "(connect ECONNREFUSED|socket hang up|getaddrinfo",
      why: "a connection that broke off says nothing of the effect",
    },
    {
      id: "tencent-no-answer-never-arrived",
      find: "    return { ...checkRoute, ...notSent(outOfReach) };\n  }\n  return lookFirst;",
      replace: "    return { ...checkRoute, ...notSent(outOfReach) };\n  }\n  return checkRoute;",
      why: "a timeout proves nothing",
    },
    {
      id: "tencent-refused-connection-is-unclear",
      find: "if (neverSent.has(String(thrown.code)) || neverSentMessage.test(message)) {",
      replace: "if (neverSentMessage.test(String(thrown.code))) {",
      why: "a call that was refused by the network costs no settle window",
    },
  ]),
  ...inFile("functions/providers/tencent/provider.ts", [
    {
      id: "tencent-create-is-idempotent",
      find: "createIsIdempotent: false,",
      replace: "createIsIdempotent: true,",
      why: "a create is repeated only where the vendor has a token",
    },
    {
      id: "tencent-find-from-the-beginning",
      find: "Offset: seen,",
      replace: "Offset: 0,",
      why: "a connection is found on any page",
    },
    {
      id: "tencent-failed-task-is-pending",
      find: 'if (status === "FAILED") return { state: "failed", detail: "the task is FAILED" };',
      replace: "",
      why: "a task that failed ends the request with its reason",
    },
    {
      id: "tencent-running-task-is-nothing",
      find: 'const found = status === "RUNNING" ? undefined : await describe(connectionId);',
      replace: "const found = await describe(connectionId);",
      why: "a request succeeds when its connection is ready",
      equivalent: "a connection that is AVAILABLE is ready, whatever its task says: the read is only spared",
    },
    {
      id: "tencent-connection-is-gone-with-anything",
      find: "DescribeVpnConnections: /^resourcenotfound|^(invalid)?vpnconn",
      replace: "DescribeVpnConnections: /^resourcenotfound|^(invalid)?vpn(conn|gateway)",
      why: "what is said of another thing does not say that the connection is gone",
    },
    {
      id: "tencent-any-state-is-ready",
      find: 'if (found?.State === "AVAILABLE") return',
      replace: "if (found) return",
      why: "a request succeeds when its connection is ready",
    },
    {
      id: "tencent-unread-gateway-is-gone",
      find: "if (error instanceof ProviderError) return false;",
      replace: "if (error instanceof ProviderError) return true;",
      why: "a read that failed says nothing of what is there",
    },
    {
      id: "tencent-gone-is-pending",
      find: 'return { state: "gone", detail: `${but}${connectionId} is not found` };',
      replace: 'return { state: "pending", detail: `${but}${connectionId} is not found` };',
      why: "a connection that is gone ends the request, not its deadline",
    },
    {
      id: "tencent-own-tunnel-collides",
      find: "...checkTunnels(request, others, customer?.BgpAsn),",
      replace: "...checkTunnels(request, tunnels, customer?.BgpAsn),",
      why: "an own connection speaks against nothing",
    },
    {
      id: "tencent-busy-is-not-seen",
      find: '...(gateway?.State === "PENDING" ? { busy: "the gateway is PENDING" } : {}),',
      replace: "",
      why: "nothing is sent to a gateway that is at work",
    },
    {
      id: "tencent-loses-identities",
      find: "...(gateway?.PublicIpAddress ? { localAddress: gateway.PublicIpAddress } : {}),",
      replace: "",
      why: "a connection has its identities",
    },
    {
      id: "tencent-loses-the-id",
      find: "...(VpnConnection?.VpnConnectionId ? { connectionId: VpnConnection.VpnConnectionId } : {}),",
      replace: "",
      why: "an accepted create needs no list to be known",
    },
    {
      id: "tencent-denied-task-ends-it",
      find: 'if (error.facts.class !== "auth") throw error;',
      replace: 'if (error.facts.class === "auth") throw error;',
      why: "without the permission to read tasks the connection speaks alone",
    },
  ]),
  ...inFile("functions/providers/tencent/preflight.ts", [
    {
      id: "tencent-isolated-is-right",
      find: "const checks: readonly Check[] = [usable, rightVpc, rightVersion, rightRouting];",
      replace: "const checks: readonly Check[] = [rightVpc, rightVersion, rightRouting];",
      why: "a gateway that takes no connection is not asked for one",
      unplayed: "every gateway is fit for use, or gone",
    },
    {
      id: "tencent-missing-gateway-is-right",
      find: ": [missingGateway(request, notFound)]),",
      replace: ": []),",
      why: "what the vendor would refuse is refused before it is asked",
    },
  ]),
  ...inFile("functions/providers/tencent/check-estate.ts", [
    {
      id: "tencent-collides-on-one-side",
      find: "overlaps(other.local, local) && overlaps(other.network, remote.network)",
      replace: "overlaps(other.network, remote.network)",
      why: "networks collide when they overlap on both sides",
    },
    {
      id: "tencent-collides-with-nothing",
      find: "overlaps(other.local, local) && overlaps(other.network, remote.network)",
      replace: "other.network === remote.network",
      why: "what the vendor would refuse is refused before it is asked",
    },
  ]),
  ...inFile("functions/providers/tencent/read-estate.ts", [
    {
      id: "tencent-estate-first-page",
      find: "const maxPages = 20;",
      replace: "const maxPages = 1;",
      why: "what collides is seen on any page",
    },
  ]),
  ...inFile("functions/providers/tencent/mapping.ts", [
    {
      id: "tencent-networks-changed-over",
      find: "LocalCidrBlock: local,\n    RemoteCidrBlock: remotes,",
      replace: "LocalCidrBlock: remotes[0] ?? local,\n    RemoteCidrBlock: [local],",
      why: "a connection is the one that was asked for",
    },
    {
      id: "tencent-key-stays-masked",
      find: "return { ...parameters, PreShareKey: keys[0] };",
      replace: "return keys.length > 0 ? { ...parameters } : {};",
      why: "a connection has the key that was asked for",
    },
    {
      id: "tencent-lifetime-changed-over",
      find: "IKESaLifetimeSeconds: ike.lifetimeSeconds,",
      replace: "IKESaLifetimeSeconds: 86_400,",
      why: "a connection is the one that was asked for",
    },
  ]),
];

const permissions = inFile("functions/domain/tenants/may-be-sent.ts", [
  {
    id: "permission-of-the-suspended",
    find: "if (tenant.suspended) {",
    replace: "if (tenant.suspended && request.provider === undefined) {",
    why: "nothing is sent for a tenant that is suspended",
  },
  {
    id: "permission-at-any-gateway",
    find: "if (forbidden) {",
    replace: "if (forbidden && request.provider === undefined) {",
    why: "nothing is sent to a gateway that was taken away",
  },
  {
    id: "permission-with-any-credentials",
    find: "if (tenant.credentials[provider] === credentials) return undefined;",
    replace: "if (provider) return undefined;",
    why: "nothing is sent with credentials that were taken away",
  },
  {
    id: "permission-of-no-tenant",
    find: 'if (!tenant) return toError(`there is no tenant ${name} any more`, "Ask an operator.");',
    replace: "if (!tenant) return undefined;",
    why: "nothing is sent for a tenant that is gone",
    unplayed: "there is one tenant, and it stays",
  },
]);

export const patches: readonly Patch[] = [...reading, ...alibaba, ...tencent, ...permissions];
