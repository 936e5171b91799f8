import { expect, it } from "vitest";
import { fuzzBroker } from "../fuzz/fuzz-broker.ts";

/** A small share of `npm run fuzz`, always the same one. */
it("150 generated requests are answered as the schemas say, and leave only what they were told to", async () => {
  const { failure, seen: _seen, ...left } = await fuzzBroker(1, 150);
  expect(failure ?? "").toBe("");
  expect(left).toEqual({ unpromised: [], unfinished: [], logged: [] });
});
