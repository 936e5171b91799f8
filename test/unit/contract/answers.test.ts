import { describe, expect, it } from "vitest";
import * as z from "zod";
import { answers, answersElsewhere, noBody } from "../../../functions/contract/answers.ts";
import { problemCode, problems } from "../../../functions/contract/schemas/problem.ts";
import { DomainError } from "../../../functions/domain/errors.ts";
import { createMemoryConnectionStore } from "../../fakes/memory-connection-store.ts";
import { listRoutes } from "../../support/routes.ts";
import { connections, createTestApi } from "../../support/test-api.ts";

describe("the table of answers", () => {
  it("has every route, and no other", () => {
    expect(Object.keys(answers).toSorted()).toEqual(listRoutes());
  });

  it("can be told as JSON Schema, with every name for one thing", () => {
    const all = [...Object.values(answers), answersElsewhere].flatMap((statuses) => Object.values(statuses));
    const told = z.toJSONSchema(z.tuple(all.filter((schema) => schema !== noBody) as [z.ZodType]));
    expect(Object.keys(told.$defs ?? {})).toEqual(expect.arrayContaining(["Connection", "TimelineEvent", "Time"]));
  });
});

describe("a problem document", () => {
  it.each(problemCode.options)("of code %s is what its schema says", async (code) => {
    const get = () => Promise.reject(new DomainError(code, "wrong", [{ pointer: "/a~1b", detail: "is wrong" }]));
    const api = createTestApi({ store: { ...createMemoryConnectionStore(), get } });
    const { status, body } = await api.get(`${connections}/${"a".repeat(26)}`);
    const [schema] = Object.values(problems(status as Parameters<typeof problems>[0]));
    expect(schema?.safeParse(body).error?.issues).toBeUndefined();
    expect(schema?.safeParse({ ...body, more: 1 }).success).toBe(false);
  });
});
