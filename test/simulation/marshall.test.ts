import * as sdk from "@aws-sdk/util-dynamodb";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { marshall, unmarshall } from "./marshall.ts";

const key = fc.string({ minLength: 1 }).filter((name) => name !== "__proto__");
const { item } = fc.letrec<{ value: unknown; item: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value")),
    tie("item"),
  ),
  item: fc.dictionary(key, tie("value"), { noNullPrototype: true }),
}));

describe("the quick conversion of items", () => {
  it("makes what the SDK's makes, both ways, also where it has made it before", () => {
    fc.assert(
      fc.property(item, (value) => {
        const options = { removeUndefinedValues: true, convertClassInstanceToMap: true };
        const wire = sdk.marshall(structuredClone(value), options);
        expect(marshall(value)).toEqual(wire);
        expect(marshall(value)).toEqual(wire);
        expect(unmarshall(wire)).toEqual(value);
        expect(unmarshall(marshall(value))).toEqual(value);
      }),
    );
  });
});
