import { expect, it } from "vitest";
import { readOptions } from "../../../local/command-line.ts";

const bare = { command: "npm start", purpose: "Starts it.", options: {} };
const keeping = { command: "npm run demo", purpose: "Shows it.", options: { "--keep": "leaves it up" } };

it("answers the options that were given", () => {
  expect(readOptions([], bare)).toEqual({ options: new Set() });
  expect(readOptions(["--keep"], keeping)).toEqual({ options: new Set(["--keep"]) });
});

it.each(["--nope", "--keep=1", "-k", "keep", "", "toString"])(
  "refuses what is not known, with the usage: '%s'",
  (word) => {
    const text = "Word 2 after -- is no option.\nUsage: npm run demo -- [--keep]\n";
    expect(readOptions(["--keep", word], keeping)).toEqual({ text, exitCode: 2 });
  },
);

it.each(["--help", "-h"])("tells what there is, whatever else is said: %s", (word) => {
  const usage = "Usage: npm run demo -- [--keep]\n  --keep  leaves it up\n";
  expect(readOptions(["--nope", word], keeping)).toEqual({ text: `Shows it.\n${usage}`, exitCode: 0 });
  expect(readOptions([word], bare)).toMatchObject({ text: expect.stringContaining("takes no options") as string });
});
