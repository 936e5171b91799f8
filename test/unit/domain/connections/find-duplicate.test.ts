import * as fc from "fast-check";
import { expect, it } from "vitest";
import { findDuplicate } from "../../../../functions/domain/connections/find-duplicate.ts";
import { listRequests } from "../../../../functions/domain/connections/gateway-records.ts";
import { overlaps, parseNetwork } from "../../../../functions/domain/network/cidr.ts";
import type { Provider } from "../../../../functions/domain/provider/provider.ts";
import type { CreateRequest } from "../../../../functions/domain/request/create-request.ts";
import { createMemoryConnectionStore } from "../../../fakes/memory-connection-store.ts";
import { toText } from "../../../generators/arbitrary-networks.ts";
import { createAcceptedRecord } from "../../../support/accepting.ts";
import { validPairsRequest } from "../../../support/create-requests.ts";

type Routing = CreateRequest["routing"];

// Few blocks, so that networks overlap often; some where an address has its first bit set, or the first with it begins.
const network = fc
  .tuple(
    fc.constantFrom(0x0a00_0000, 0x7fff_8000, 0xffff_0000),
    fc.integer({ min: 0, max: 0xffff }),
    fc.integer({ min: 14, max: 24 }),
  )
  .map(([block, host, prefix]) => {
    const address = block + host;
    return `${toText(address - (address % 2 ** (32 - prefix)))}/${prefix}`;
  });
const networks = fc.array(network, { minLength: 1, maxLength: 3 });
const lists: fc.Arbitrary<Routing> = fc.record({
  mode: fc.constant("policy" as const),
  localCidrs: networks,
  remoteCidrs: networks,
});
const pairs: fc.Arbitrary<Routing> = fc.record({
  mode: fc.constant("policy" as const),
  pairs: fc.array(fc.record({ local: network, remotes: networks }), { minLength: 1, maxLength: 3 }),
});
const everything: fc.Arbitrary<Routing> = fc.constant({ mode: "bgp" });

/** What the tunnel carries, a local and a remote network at a time. */
function selectorsOf(routing: Routing): { local: string; remote: string }[] {
  if (routing.mode !== "policy") return [{ local: "0.0.0.0/0", remote: "0.0.0.0/0" }];
  const { localCidrs = [], remoteCidrs = [] } = routing;
  const all = routing.pairs ?? localCidrs.map((local) => ({ local, remotes: remoteCidrs }));
  return all.flatMap(({ local, remotes }) => remotes.map((remote) => ({ local, remote })));
}

function overlap(a: string, b: string): boolean {
  const [one, other] = [parseNetwork(a), parseNetwork(b)];
  if (!one || !other) throw new Error("not a network");
  return overlaps(one, other);
}

const request = validPairsRequest();
const accepted = await createAcceptedRecord(request);
const provider = { exists: async () => true } as Partial<Provider> as Provider;

/** Whether a connection with the one routing is found when another is asked for, between the same gateways. */
async function isDuplicate(earlier: Routing, later: Routing, patch: Partial<CreateRequest> = {}): Promise<boolean> {
  const record = {
    ...accepted,
    status: "succeeded" as const,
    providerConnectionId: "vpnx-1",
    request: { ...accepted.request, routing: earlier },
  };
  const deps = { provider, clock: { now: () => new Date() } };
  const asked = { ...request, routing: later, ...patch };
  const gateway = await listRequests({ store: createMemoryConnectionStore(record) }, asked);
  const found = await findDuplicate(deps, gateway, asked, { id: "b".repeat(26), tenant: record.tenant });
  expect([undefined, record.id]).toContain(found?.record.id);
  return found !== undefined;
}

it.each([
  ["lists and lists", lists, lists],
  ["pairs and pairs", pairs, pairs],
  ["lists and pairs", lists, pairs],
  ["pairs and lists", pairs, lists],
] as const)("%s are a duplicate as a comparison of selector by selector says", async (_, earlier, later) => {
  const seen = new Set<boolean>();
  await fc.assert(
    fc.asyncProperty(earlier, later, async (a, b) => {
      const expected = selectorsOf(a).some((one) =>
        selectorsOf(b).some((other) => overlap(one.local, other.local) && overlap(one.remote, other.remote)),
      );
      seen.add(expected);
      expect(await isDuplicate(a, b)).toBe(expected);
    }),
    { numRuns: 300 },
  );
  expect(seen.size).toBe(2);
});

it("what is not routed by policy is a duplicate of everything, and everything of it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(lists, pairs, everything), everything, async (some, all) => {
      expect([await isDuplicate(some, all), await isDuplicate(all, some)]).toEqual([true, true]);
    }),
  );
});

it("nothing is a duplicate of what connects another gateway", async () => {
  const elsewhere = [
    { vpnGatewayId: "vpngw-other" },
    { region: "ap-other" },
    { tunnels: [{ customerGatewayId: "c" }] },
  ];
  for (const patch of elsewhere) expect(await isDuplicate(request.routing, request.routing, patch)).toBe(false);
  expect(await isDuplicate(request.routing, request.routing)).toBe(true);
});
