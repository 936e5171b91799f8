import { expect, it } from "vitest";
import * as z from "zod";
import { applyDefaults, type EffectiveRequest } from "../../../functions/domain/request/apply-defaults.ts";
import { type CreateRequest, createRequestSchema } from "../../../functions/domain/request/create-request.ts";
import * as alibaba from "../../../functions/providers/alibaba/mapping.ts";
import * as tencent from "../../../functions/providers/tencent/mapping.ts";
import { edit } from "../../generators/json-edit.ts";
import {
  validAlibabaRequest,
  validDualTunnelRequest,
  validPairsRequest,
  validTencentRequest,
} from "../../support/create-requests.ts";

/** Members that are for the broker, or that reach a vendor in another way. */
const brokersOwn = [
  "allowDuplicate",
  "allowWeakCryptography",
  "callback/url",
  "clientToken",
  // A part of the connection's name, which is made apart.
  "name",
  "provider",
  "queueTimeoutSeconds",
  "timeoutSeconds",
  // Sealed apart, and put in place of the mask when the create is sent.
  "tunnels/preSharedKey",
];

interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
}

/** The paths of a schema's members, down to plain values; a list's items stand under the list's own name. */
function membersOf({ $defs = {}, ...whole }: JsonSchema): string[] {
  const visit = ({ properties, items, $ref }: JsonSchema, path: string): string[] => {
    if ($ref) return visit($defs[$ref.replace("#/$defs/", "")] ?? {}, path);
    if (items) return visit(items, path);
    if (!properties) return [path];
    return Object.entries(properties).flatMap(([name, member]) => visit(member, path ? `${path}/${name}` : name));
  };
  return visit(whole, "");
}

/** The value, noting the path of each member that is read. */
function watch<Value>(value: Value, read: Set<string>, path = ""): Value {
  if (typeof value !== "object" || value === null) return value;
  return new Proxy(value, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof name === "symbol" || (Array.isArray(target) && !/^\d+$/.test(name))) return member;
      const at = Array.isArray(target) ? path : path ? `${path}/${name}` : name;
      read.add(at);
      return watch(member, read, at);
    },
  });
}

function readBy(requests: unknown[], toParameters: (request: EffectiveRequest) => unknown): Set<string> {
  const read = new Set<string>();
  for (const request of requests) toParameters(watch(applyDefaults(request as CreateRequest), read));
  return read;
}

const bgp = { localAsn: 65_530, tunnelCidr: "169.254.10.0/30", localIp: "169.254.10.1", remoteIp: "169.254.10.2" };
const healthCheck = { enabled: true, sourceIp: "10.0.0.1", targetIp: "10.0.0.2", intervalSeconds: 3, retries: 3 };

it("no member of a request is dropped: a vendor is sent it, or it is the broker's own", () => {
  const atAlibaba = readBy(
    [
      edit(validAlibabaRequest(), { "/routing": { mode: "bgp" }, "/tunnels/0/bgp": bgp, "/healthCheck": healthCheck }),
      validAlibabaRequest(),
      validDualTunnelRequest(),
    ],
    (request) => alibaba.toCreateRequest(request, { name: "name", token: "token" }),
  );
  const atTencent = readBy(
    [
      edit(validTencentRequest(), { "/routing": { mode: "bgp" }, "/tunnels/0/bgp": bgp, "/healthCheck": healthCheck }),
      validPairsRequest(),
    ],
    (request) => tencent.toCreateRequest(request, { name: "name" }, {}),
  );
  const members = membersOf(z.toJSONSchema(createRequestSchema, { io: "input" }) as JsonSchema);
  expect(members.length).toBeGreaterThan(40);
  expect(members.filter((path) => !atAlibaba.has(path) && !atTencent.has(path)).toSorted()).toEqual(brokersOwn);
});
