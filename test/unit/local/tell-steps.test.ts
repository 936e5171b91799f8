import type { WriteStream } from "node:tty";
import { expect, it } from "vitest";
import { tellSteps } from "../../../local/tell-steps.ts";

it.each([
  { isTTY: true, where: "to a person at a terminal", said: ["Opening the table …\n"] },
  { isTTY: false, where: "to a program nothing", said: [] },
])("tells each step as it begins, $where", ({ isTTY, said }) => {
  const written: string[] = [];
  const output = { isTTY, write: (text: string) => written.push(text) > 0 };
  tellSteps(output as unknown as WriteStream)("Opening the table");
  expect(written).toEqual(said);
});
