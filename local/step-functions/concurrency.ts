import { StepFunctionsError } from "./engine.ts";

/** Lets so many invocations of a function run at once and turns the rest away, as Lambda's reserved concurrency does. */
export function limitConcurrency<Input extends unknown[], Output>(
  most: number,
  call: (...input: Input) => Output | Promise<Output>,
): (...input: Input) => Promise<Output> {
  let running = 0;
  return async (...input) => {
    if (running >= most)
      throw new StepFunctionsError("Lambda.TooManyRequestsException", "the function is at its limit");
    running += 1;
    try {
      return await call(...input);
    } finally {
      running -= 1;
    }
  };
}
