import { afterAll, beforeAll, beforeEach } from "vitest";
import { endWatches } from "./end-watches.ts";
import { startTestStack, type TestStack } from "./local-stack.ts";

/**
 * One broker for a test file, its simulated clouds emptied and its watches over tunnels ended before each test; ask for
 * it inside a test.
 */
export function useTestStack(environment: Record<string, string> = {}): () => TestStack {
  let stack: TestStack | undefined;
  beforeAll(async () => {
    stack = await startTestStack(environment);
  });
  beforeEach(async () => {
    if (!stack) return;
    await endWatches(stack.endpoints.stepFunctions);
    await stack.control("alibaba", "POST", "/reset");
    await stack.control("tencent", "POST", "/reset");
  });
  afterAll(() => stack?.close());
  return () => {
    if (!stack) throw new Error("the stack is up inside a test only");
    return stack;
  };
}
