import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createDocument } from "../../../scripts/openapi/create-document.ts";

it("openapi.json is what the contract's declarations give", () => {
  const committed = readFileSync(new URL("../../../openapi.json", import.meta.url), "utf8");
  const wanted = "run npm run openapi, and look at what it changes";
  expect(JSON.parse(JSON.stringify(createDocument())), wanted).toEqual(JSON.parse(committed));
});
