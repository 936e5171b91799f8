import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { samples } from "../../../../local/demo/samples.ts";
import { edit, everyPointer } from "../../../generators/json-edit.ts";
import { validAlibabaRequest, validRequests } from "../../../support/create-requests.ts";
import { flaw, flawsOf, parseCreateRequest } from "../../../support/flaws.ts";

const shape = fc.constantFrom(...Object.values(validRequests));

describe("the body of a create request", () => {
  it.each(samples)("accepts the sample of $provider as it is", (sample) => {
    expect(parseCreateRequest(sample, { allowLoopbackCallbacks: false })).toEqual({ request: sample });
  });

  it("leaves nothing filled in, and nothing changed", () => {
    for (const make of Object.values(validRequests)) {
      expect(parseCreateRequest(make(), { allowLoopbackCallbacks: false })).toEqual({ request: make() });
    }
  });

  it.each([null, [], "text", 1, true])("takes %j for no request at all, and says so once", (body) => {
    expect(flawsOf(body)).toEqual([flaw("", "must be an object")]);
  });

  it("points at each missing member itself", () => {
    const members = ["/provider", "/region", "/name", "/vpnGatewayId", "/routing", "/tunnels"];
    expect(flawsOf({})).toEqual(members.map((pointer) => flaw(pointer, "is required")));
  });

  it("tells mistakes of every kind at once, none twice", () => {
    const body = edit(validAlibabaRequest(), {
      "/region": undefined,
      "/surprise": 1,
      "/vpcId": "vpc-1",
      "/name": "",
      "/routing/localCidrs/0": "10.10.1.1/24",
      "/routing/remoteCidrs": ["10.10.2.0/25", "10.20.0.0/16", "10.20.0.0/16"],
      "/tunnels/0/role": "backup",
      "/tunnels/0/ike/encryption": "des",
      "/tunnels/0/ike/lifetimeSeconds": 90_000,
      "/tunnels/0/dpd/action": "clear",
      "/tunnels/0/bgp": { tunnelCidr: "169.254.0.0/30", localIp: "169.254.0.1" },
      "/timeoutSeconds": 59,
      "/callback/url": "http://hooks.example.com",
    });
    const flaws = flawsOf(body);
    expect(flaws.map(({ pointer }) => pointer).toSorted()).toEqual([
      "/callback/url",
      "/name",
      "/region",
      "/routing/localCidrs/0",
      "/routing/remoteCidrs/0",
      "/routing/remoteCidrs/2",
      "/surprise",
      "/timeoutSeconds",
      "/tunnels/0/bgp/tunnelCidr",
      "/tunnels/0/dpd/action",
      "/tunnels/0/ike/encryption",
      "/tunnels/0/ike/lifetimeSeconds",
      "/tunnels/0/role",
      "/vpcId",
    ]);
  });

  it.each([
    [99, 99],
    [100, 100],
    [101, 100],
    [3000, 100],
  ])("tells of %i flaws %i", (count, told) => {
    const unknown = Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, index]));
    const pointers = flawsOf({ ...validAlibabaRequest(), ...unknown }).map(({ pointer }) => pointer);
    expect(pointers).toEqual(Array.from({ length: told }, (_, index) => `/x${index}`));
  });

  it("counts flaws at one place once, also when they are of many kinds", () => {
    const ranges = Array.from({ length: 50 }, () => "10.0.0.1/24");
    const pairs = ranges.map((local) => ({ local, remotes: ranges }));
    const flaws = flawsOf(edit(validAlibabaRequest(), { "/routing/pairs": pairs, "/region": 1, "/surprise": 1 }));
    expect(flaws).toHaveLength(100);
    expect(new Set(flaws.map(({ pointer }) => pointer)).size).toBe(100);
  });

  it("suggests the network where host bits are set", () => {
    const body = edit(validAlibabaRequest(), { "/routing/localCidrs/1": "10.10.2.77/24" });
    expect(flawsOf(body)).toEqual([flaw("/routing/localCidrs/1", "did you mean 10.10.2.0/24?")]);
  });

  it("finds the same flaws whatever is put where, without failing, and none twice", () => {
    const change = fc.record({ place: fc.nat(), value: fc.jsonValue({ maxDepth: 2 }) });
    fc.assert(
      fc.property(shape, fc.array(change, { minLength: 1, maxLength: 4 }), (make, changes) => {
        let body: unknown = make();
        for (const { place, value } of changes) {
          const pointers = everyPointer(body).slice(1);
          const pointer = pointers[place % pointers.length];
          if (pointer !== undefined) body = edit(body, { [pointer]: value });
        }
        const flaws = flawsOf(body).map(({ pointer, detail }) => `${pointer} ${detail}`);
        expect(new Set(flaws).size).toBe(flaws.length);
        expect(flawsOf(structuredClone(body))).toEqual(flawsOf(body));
      }),
      { numRuns: 300 },
    );
  });

  it("never tells a pre-shared key, however wrong it or the rest is", () => {
    const wrap = fc.constantFrom(
      (key: string): unknown => key,
      (key: string) => [key],
      (key: string) => ({ value: key }),
      (key: string) => `${key} with spaces`,
      (key: string) => key.repeat(20),
    );
    const marker = fc
      .string({ minLength: 12, maxLength: 40, unit: fc.constantFrom("A", "z", "0", "_", " ", "\\", '"', "ü") })
      .map((tail) => `MARK${tail}`);
    fc.assert(
      fc.property(shape, marker, wrap, fc.boolean(), (make, key, wrapped, broken) => {
        const body = edit(make(), {
          "/tunnels/0/preSharedKey": wrapped(key),
          ...(broken ? { "/region": 1, "/routing/mode": "x", "/tunnels/0/surprise": 1 } : {}),
        });
        expect(JSON.stringify(flawsOf(body))).not.toContain("MARK");
      }),
      { numRuns: 300 },
    );
  });
});
