import { expect, it } from "vitest";
import { showConnection } from "../../../../../packages/cli/src/show/show-connection.ts";
import { connectionWith } from "../../dashboard/connection.ts";

const look = { isTerminal: false, hasColors: false, columns: 80, now: new Date("2026-11-20T09:00:00.000Z") };
const { reported, request } = connectionWith({});

it("a request shows what the vendor has with another value, each in a line", () => {
  const parameters = {
    routing: { localCidrs: ["10.1.0.0/24", "10.9.0.0/24"], pairs: [] },
    tunnels: [{ ike: { lifetimeSeconds: 60 } }],
    tags: { "a/b": "other" },
  };
  const differences = ["/tunnels/0/ike/lifetimeSeconds", "/tags/a~1b", "/routing/localCidrs", "/routing/remoteCidrs"];
  const shown = showConnection(
    connectionWith({
      request: { ...request, tags: { "a/b": "one" } },
      reported: { at: "2026-11-20T08:30:51.000Z", parameters, differences },
    }),
    look,
  );
  expect(shown.split("\n").filter((line) => line.startsWith("differs"))).toEqual([
    "differs\ttunnels.0.ike.lifetimeSeconds: 28800 was asked for, the vendor has 60",
    "differs\ttags.a/b: one was asked for, the vendor has other",
    "differs\trouting.localCidrs: 10.1.0.0/24 was asked for, the vendor has 10.1.0.0/24, 10.9.0.0/24",
    "differs\trouting.remoteCidrs: 10.2.0.0/24 was asked for, the vendor has others",
  ]);
});

it("a request says nothing of what is as it was asked for", () => {
  expect(reported?.differences).toEqual([]);
  expect(showConnection(connectionWith({}), look)).not.toMatch(/^differs/m);
});
