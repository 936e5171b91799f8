import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { capabilities, type Setting } from "../../../../functions/domain/provider/capabilities.ts";
import { applyDefaults } from "../../../../functions/domain/request/apply-defaults.ts";
import type { CreateRequest } from "../../../../functions/domain/request/create-request.ts";
import {
  dhGroups,
  encryptions,
  integrities,
  negotiations,
  type ProviderName,
  providers,
} from "../../../../functions/domain/values.ts";
import { edit, everyPointer } from "../../../generators/json-edit.ts";
import { flawsOf } from "../../../support/flaws.ts";

/** A request that any vendor takes, with every object that a setting may stand in; weak choices are permitted. */
const make = (provider: ProviderName): CreateRequest => ({
  provider,
  region: "cn-shanghai",
  name: "any",
  vpnGatewayId: "vpn-1",
  routing: { mode: "bgp" },
  tunnels: [
    {
      customerGatewayId: "cgw-1",
      ike: {},
      ipsec: {},
      dpd: {},
      bgp: { tunnelCidr: "169.254.10.0/30", localIp: "169.254.10.1" },
    },
  ],
  healthCheck: { enabled: false },
  allowWeakCryptography: true,
});

const certificate = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----";
const { oneof, constantFrom, integer, boolean } = fc;
const values: Record<Setting, fc.Arbitrary<unknown>> = {
  vpcId: constantFrom("vpc-1", "vpc-2"),
  autoConfigureRoutes: boolean(),
  "healthCheck/timeoutMilliseconds": integer({ min: 10, max: 5000 }),
  // A single tunnel is no backup anywhere.
  "tunnels/role": constantFrom("primary"),
  "tunnels/ipsec/lifetimeKilobytes": integer({ min: 2560, max: 4_294_967_295 }),
  "tunnels/dpd/timeoutSeconds": integer({ min: 30, max: 60 }),
  "tunnels/dpd/action": constantFrom("clear", "restart"),
  "tunnels/natTraversal": boolean(),
  "tunnels/bgp/localAsn": integer({ min: 1, max: 4_294_967_295 }),
  "tunnels/remoteCaCertificate": constantFrom(certificate),
};
const settings = Object.keys(values) as Setting[];
const toPointer = (setting: Setting) => `/${setting.replace("tunnels/", "tunnels/0/")}`;

describe.each(providers)("what the row of %s says", (provider) => {
  const row = capabilities[provider];
  const pointersOf = (body: unknown) => flawsOf(body).map(({ pointer }) => pointer);

  it("is the starting point of a request without a flaw", () => {
    expect(flawsOf(make(provider))).toEqual([]);
  });

  it("of a setting decides whether it is refused, whatever else is given", () => {
    const given = fc.record(values, { requiredKeys: [] });
    fc.assert(
      fc.property(given, (chosen) => {
        const entries = Object.entries(chosen) as [Setting, unknown][];
        const body = edit(
          make(provider),
          Object.fromEntries(entries.map(([setting, value]) => [toPointer(setting), value])),
        );
        const lacking = entries.filter(([setting, value]) => {
          const support = row.settings[setting];
          return support === false || (support !== true && support.always !== value);
        });
        expect(pointersOf(body).toSorted()).toEqual(lacking.map(([setting]) => toPointer(setting)).toSorted());
      }),
    );
  });

  it("of a value decides whether it is refused", () => {
    const choice = <Value>(pointer: string, all: readonly Value[], offered: readonly Value[]) =>
      constantFrom(...all).map((value) => ({ pointer, value, offered: offered.includes(value) }));
    const choices = oneof(
      ...(["ike", "ipsec"] as const).flatMap((phase) => [
        choice(`/tunnels/0/${phase}/encryption`, encryptions, row.encryptions),
        choice(`/tunnels/0/${phase}/integrity`, integrities, row.integrities[phase]),
      ]),
      choice("/tunnels/0/ike/dhGroup", dhGroups, row.dhGroups),
      choice("/tunnels/0/ipsec/pfsGroup", ["none", ...dhGroups], ["none", ...row.dhGroups]),
      choice("/negotiation", negotiations, row.negotiations),
    );
    fc.assert(
      fc.property(choices, ({ pointer, value, offered }) => {
        expect(pointersOf(edit(make(provider), { [pointer]: value }))).toEqual(offered ? [] : [pointer]);
      }),
      { numRuns: 300 },
    );
  });

  it("gives defaults to settings that the vendor has, and to no other", () => {
    const effective = applyDefaults(make(provider));
    const pointers = new Set(everyPointer(effective));
    const filled = settings.filter((setting) => pointers.has(toPointer(setting)));
    expect(filled.filter((setting) => row.settings[setting] !== true)).toEqual([]);
    const { autoConfigureRoutes, natTraversal, ipsec, dpd } = row.defaults;
    expect(effective).toMatchObject({
      ...(autoConfigureRoutes === undefined ? {} : { autoConfigureRoutes }),
      tunnels: [{ ipsec, dpd, ...(natTraversal === undefined ? {} : { natTraversal }) }],
    });
  });
});
