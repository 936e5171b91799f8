import { describe, expect, it } from "vitest";
import { createGatewayQueues } from "../../../../functions/domain/connections/gateway-queues.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";

describe("the queues that this process knows of", () => {
  it("are as long as what was accepted here and cannot have had its turn yet", () => {
    const clock = createFakeClock();
    const queues = createGatewayQueues(clock);
    expect(queues.ahead("one", 60)).toBe(0);
    for (let n = 0; n < 3; n += 1) queues.add("one", 60);
    expect([queues.ahead("one", 60), queues.ahead("other", 60)]).toEqual([3, 0]);
    clock.advance(60_000);
    expect(queues.ahead("one", 60)).toBe(2);
    clock.advance(1_000_000);
    expect(queues.ahead("one", 60)).toBe(0);
    queues.add("one", 60);
    expect(queues.ahead("one", 60)).toBe(1);
  });

  it("are forgotten rather than kept without bound", () => {
    const queues = createGatewayQueues(createFakeClock());
    for (let n = 0; n <= 10_000; n += 1) queues.add(String(n), 60);
    expect([queues.ahead("0", 60), queues.ahead("10000", 60)]).toEqual([0, 1]);
  });
});
