import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findDuplicate } from "../../../../functions/domain/connections/find-duplicate.ts";
import { listRequests } from "../../../../functions/domain/connections/gateway-records.ts";
import { overlaps, parseNetwork } from "../../../../functions/domain/network/cidr.ts";
import type { Provider } from "../../../../functions/domain/provider/provider.ts";
import type { ConnectionRecord } from "../../../../functions/domain/record/connection-record.ts";
import type { CreateRequest } from "../../../../functions/domain/request/create-request.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import { createMemoryConnectionStore } from "../../../fakes/memory-connection-store.ts";
import { toText } from "../../../generators/arbitrary-networks.ts";
import { createAcceptedRecord } from "../../../support/accepting.ts";
import { validPairsRequest } from "../../../support/create-requests.ts";
import { openAttempt, settle, start } from "../../../support/stepping.ts";

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

describe("an earlier request", () => {
  const own = { id: "b".repeat(26), tenant: accepted.tenant };
  const first = { ...accepted, providerConnectionId: "vpnx-1", create: { ...openAttempt, state: "accepted" as const } };
  const second = { ...first, id: "c".repeat(26), providerConnectionId: "vpnx-2" };
  const inDoubt = { ...accepted, status: "creating" as const, create: openAttempt };

  async function find(
    earlier: readonly ConnectionRecord[],
    vendor: Partial<Provider>,
    waiting: readonly string[] = [],
  ) {
    const clock = createFakeClock(start);
    const known = new Map(earlier.map((record) => [record.id, record]));
    const made = [...known.keys()].filter((id) => !waiting.includes(id));
    const gateway = { made, waiting, isWhole: true, get: async (id: string) => known.get(id) };
    const found = await findDuplicate({ provider: vendor as Provider, clock }, gateway, request, own);
    return found && { id: found.record.id, isListed: found.isListed };
  }

  it("whose connection is not listed may have it until its window is over, by when the vendor was asked", async () => {
    const clock = createFakeClock(start);
    clock.advance(settle - 1);
    const late = async () => {
      clock.advance(10);
      return false;
    };
    const gateway = { made: [first.id], waiting: [], isWhole: true, get: async () => first };
    const ask = () =>
      findDuplicate({ provider: { exists: late } as Partial<Provider> as Provider, clock }, gateway, request, own);
    expect(await ask()).toEqual({ record: first, isListed: false });
    expect(await ask()).toBeUndefined();
  });

  it("whose connection is listed goes before one whose is not", async () => {
    const exists = async (id: string) => id === "vpnx-2";
    expect(await find([first, second], { exists })).toEqual({ id: second.id, isListed: true });
  });

  it("of whose create nothing is known yet is looked for by its name", async () => {
    expect(await find([inDoubt], { find: async () => ["vpnx-3"] })).toEqual({ id: inDoubt.id, isListed: true });
  });

  it("that is run again and waits before this one may have a connection", async () => {
    const vendor = { find: async () => ["vpnx-3"] };
    expect(await find([inDoubt], vendor, [inDoubt.id, own.id])).toEqual({ id: inDoubt.id, isListed: true });
    expect(await find([inDoubt], vendor, [own.id, inDoubt.id])).toBeUndefined();
  });

  it("with this one's customer gateway at its second tunnel connects the same", async () => {
    const [tunnel] = accepted.request.tunnels;
    const tunnels = [{ ...tunnel, customerGatewayId: "cgw-other" }, tunnel] as typeof accepted.request.tunnels;
    const dual = { ...first, request: { ...accepted.request, tunnels } };
    expect(await find([dual], { exists: async () => true })).toEqual({ id: dual.id, isListed: true });
  });
});
