import { DomainError } from "../errors.ts";
import type { CreateRequest } from "../request/create-request.ts";
import { providerIdPattern, providers, regionPattern } from "../values.ts";

type Gateways = Pick<CreateRequest, "provider" | "region" | "vpnGatewayId" | "tunnels">;

/** `provider/region/gateway`, each part with `*` for any characters, three of them at most; or `*` for every gateway. */
export const gatewayPattern =
  /^(\*|(?=[^/]{1,20}\/)[a-z]*(\*[a-z]*){0,3}\/(?=[^/]{1,64}\/)[a-z0-9-]*(\*[a-z0-9-]*){0,3}\/(?=[^/]{1,64}$)[A-Za-z0-9-]*(\*[A-Za-z0-9-]*){0,3})$/;

/** Stand for `*` where it is asked whether a part can match anything at all: what a name can begin with, go on with and end in. */
const fills = ["", "a", "aa", "-a", "a-", "a-a", "aa-", "aa-a", "-"];

/** Why no request can ever name a gateway that a pattern of the right form covers; undefined for one that can match. */
export function flawOfPattern(pattern: string): string | undefined {
  if (pattern === "*") return undefined;
  const [provider = "", region = "", id = ""] = pattern.split("/");
  if (!providers.some((name) => matches(provider, name))) {
    return `names no vendor of the broker's: ${providers.join(" or ")}`;
  }
  if (!isPossible(region, regionPattern)) return "can match no region such as cn-shanghai";
  return isPossible(id, providerIdPattern) ? undefined : "can match no gateway's id";
}

/** Whether some text that the glob matches has this form. */
function isPossible(glob: string, form: RegExp): boolean {
  const [first = "", ...rest] = glob.split(/\*+/);
  const texts = rest.reduce((heads, part) => heads.flatMap((head) => fills.map((fill) => head + fill + part)), [first]);
  return texts.some((text) => form.test(text));
}

/** Whether the pattern covers the gateway. */
export function covers(
  pattern: string,
  { provider, region, id }: { provider: string; region: string; id: string },
): boolean {
  if (pattern === "*") return true;
  const parts = pattern.split("/");
  return [provider, region, id].every((value, index) => matches(parts[index] ?? "", value));
}

function matches(glob: string, value: string): boolean {
  const expression = glob.replaceAll(/[^*\w]/g, String.raw`\$&`).replaceAll("*", ".*");
  return new RegExp(`^${expression}$`).test(value);
}

/** Whether each gateway of the request is named by a pattern without a wildcard: somebody meant this very one. */
export function namesGateways(patterns: readonly string[], request: Gateways): boolean {
  const { provider, region, vpnGatewayId, tunnels } = request;
  const ids = [vpnGatewayId, ...tunnels.map(({ customerGatewayId }) => customerGatewayId)];
  return ids.every((id) => patterns.includes(`${provider}/${region}/${id}`));
}

/** Why a request is none of this tenant's to make: a gateway of it, a customer gateway too, that no pattern covers. */
export function refusalOfGateways(patterns: readonly string[], request: Gateways): DomainError | undefined {
  const { provider, region } = request;
  const named = [
    { id: request.vpnGatewayId, pointer: "/vpnGatewayId" },
    ...request.tunnels.map(({ customerGatewayId: id }, index) => ({
      id,
      pointer: `/tunnels/${index}/customerGatewayId`,
    })),
  ];
  const foreign = named.filter(({ id }) => !patterns.some((pattern) => covers(pattern, { provider, region, id })));
  if (foreign.length === 0) return undefined;
  const detail = "is not among the gateways that this tenant may touch";
  const flaws = foreign.map(({ pointer }) => ({ pointer, detail }));
  return new DomainError("forbidden", "a gateway is not this tenant's to use; ask an operator to allow it", flaws);
}

/** Throws that refusal. */
export function requireGateways(patterns: readonly string[], request: Gateways): void {
  const refusal = refusalOfGateways(patterns, request);
  if (refusal) throw refusal;
}
