import { DomainError } from "../domain/errors.ts";

type Next<Input, Output> = (input: Input) => Promise<Output>;

/**
 * A middleware of an AWS client: lets so many calls through at once, the rest in order of arrival. Before too many wait,
 * throws `unavailable`, which the API answers with 503 and `Retry-After`, and a workflow tries again.
 */
export function limitCalls({ maxCalls, maxWaiting }: { maxCalls: number; maxWaiting: number }) {
  let underWay = 0;
  const waiting: (() => void)[] = [];

  async function enter(): Promise<void> {
    if (underWay < maxCalls) {
      underWay += 1;
      return;
    }
    if (waiting.length >= maxWaiting) {
      throw new DomainError("unavailable", "too many requests at once; nothing was lost, send it again", [], 2);
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  /** Whoever is next takes the place that is given up. */
  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else underWay -= 1;
  }

  return <Input, Output>(next: Next<Input, Output>): Next<Input, Output> =>
    async (input) => {
      await enter();
      try {
        return await next(input);
      } finally {
        leave();
      }
    };
}
