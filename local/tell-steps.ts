import type { WriteStream } from "node:tty";

/** Tells the person at the terminal what takes the time; says nothing where the output is read by a program. */
export function tellSteps(output: WriteStream): (step: string) => void {
  return (step) => {
    if (output.isTTY) output.write(`${step} …\n`);
  };
}
