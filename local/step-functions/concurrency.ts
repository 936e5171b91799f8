import { type LambdaFunction, StepFunctionsError } from "./engine.ts";

/** Lets so many invocations of a function run at once and turns the rest away, as Lambda's reserved concurrency does. */
export function limitConcurrency(most: number, call: LambdaFunction): LambdaFunction {
  let running = 0;
  return async (input) => {
    if (running >= most)
      throw new StepFunctionsError("Lambda.TooManyRequestsException", "the function is at its limit");
    running += 1;
    try {
      return await call(input);
    } finally {
      running -= 1;
    }
  };
}
