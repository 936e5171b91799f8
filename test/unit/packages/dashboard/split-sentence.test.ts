import { describe, expect, it } from "vitest";
import { exampleId } from "../../../../functions/contract/examples.ts";
import { splitSentence } from "../../../../packages/dashboard/src/time/split-sentence.ts";

describe("a sentence of the API's", () => {
  it("has its times and the requests that it names apart", () => {
    expect(splitSentence(`Look at ${exampleId} (creating), since 2026-11-27T00:46:38.547Z.`)).toEqual([
      { kind: "words", text: "Look at " },
      { kind: "request", text: exampleId },
      { kind: "words", text: " (creating), since " },
      { kind: "time", text: "2026-11-27T00:46:38.547Z" },
      { kind: "words", text: "." },
    ]);
  });

  it.each([`msg_${exampleId}_1`, `${exampleId}a`, `name-${exampleId}`, exampleId.slice(1), ""])(
    "names no request by %j",
    (text) => {
      expect(splitSentence(text).filter(({ kind }) => kind === "request")).toEqual([]);
    },
  );
});
