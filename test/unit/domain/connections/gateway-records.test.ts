import { describe, expect, it } from "vitest";
import { listRequests } from "../../../../functions/domain/connections/gateway-records.ts";
import { type ConnectionStore, gatewayRows } from "../../../../functions/domain/ports.ts";
import { validAlibabaRequest } from "../../../support/create-requests.ts";

const listing = (listGateway: ConnectionStore["listGateway"]) => ({ listGateway }) as ConnectionStore;

describe("the requests of a gateway", () => {
  it("that made a connection are all there, also more than may wait", async () => {
    const ids = Array.from({ length: gatewayRows + 1 }, (_, index) => `request-${index}`);
    const store = listing(async (_, kind) => (kind === "made" ? ids : []));
    expect((await listRequests({ store }, validAlibabaRequest())).made).toEqual(ids);
  });

  it("have one that is run again between the two looks", async () => {
    let isRunAgain = false;
    const store = listing(async (_, kind) => {
      const ids = (kind === "waiting") === isRunAgain ? ["again"] : [];
      isRunAgain = true;
      return ids;
    });
    const { made, waiting } = await listRequests({ store }, validAlibabaRequest());
    expect([...made, ...waiting]).toContain("again");
  });

  it("have those who had their turn lately, though no index shows them yet", async () => {
    const store = listing(async () => []);
    const turns = { holders: async () => ["late#1", "earlier#2#1#0"] };
    expect((await listRequests({ store, turns }, validAlibabaRequest())).made).toEqual(["late", "earlier"]);
  });
});
