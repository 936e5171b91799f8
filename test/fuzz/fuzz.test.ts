import { expect, it } from "vitest";
import { fuzzBroker } from "./fuzz-broker.ts";
import { missingAnswers } from "./missing-answers.ts";

const seed = Number(process.env["FUZZ_SEED"] ?? 20_260_101);
const count = Number(process.env["FUZZ_REQUESTS"] ?? 20_000);

console.log(`FUZZ_SEED=${seed} FUZZ_REQUESTS=${count}`);

it("whatever is sent is answered as the schemas say, and leaves only what it was told to", async () => {
  const { failure, seen, ...left } = await fuzzBroker(seed, count);
  expect(failure ?? "").toBe("");
  expect(left).toEqual({ unpromised: [], unfinished: [], logged: [] });
  // Fewer do not come everywhere.
  if (count >= 20_000) expect(missingAnswers(seen)).toEqual([]);
}, 1_200_000);
