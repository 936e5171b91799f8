import type { Clock } from "../clock.ts";

/** How many requests wait for their gateway, or have its turn: as far as this process has accepted them. */
export interface GatewayQueues {
  ahead(gateway: string, turnSeconds: number): number;
  /** One more was accepted here. */
  add(gateway: string, turnSeconds: number): void;
}

const maxGateways = 10_000;

/**
 * Reckons instead of reading, because accepting is one write and one start: what was accepted here takes its usual turn,
 * one after the other. What other processes accepted is not seen; TakeTurn, which reads the queue, tells that.
 */
export function createGatewayQueues(clock: Clock): GatewayQueues {
  /** When each gateway should be free, in epoch milliseconds. */
  const freeAt = new Map<string, number>();
  const waiting = (gateway: string) => Math.max(0, (freeAt.get(gateway) ?? 0) - clock.now().getTime());

  return {
    ahead: (gateway, turnSeconds) => Math.ceil(waiting(gateway) / (turnSeconds * 1000)),

    add(gateway, turnSeconds) {
      if (freeAt.size >= maxGateways && !freeAt.has(gateway)) freeAt.clear();
      freeAt.set(gateway, clock.now().getTime() + waiting(gateway) + turnSeconds * 1000);
    },
  };
}
