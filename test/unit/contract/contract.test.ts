import { describe, expect, it } from "vitest";
import * as z from "zod";
import { answersElsewhere, answersOf } from "../../../functions/contract/route.ts";
import { routes } from "../../../functions/contract/routes.ts";
import { problemCode, problemsOf } from "../../../functions/contract/schemas/problem.ts";
import { noBody } from "../../../functions/contract/schemas/values.ts";
import { DomainError } from "../../../functions/domain/errors.ts";
import { createMemoryConnectionStore } from "../../fakes/memory-connection-store.ts";
import { answers, listRoutes } from "../../support/routes.ts";
import { connections, createTestApi } from "../../support/test-api.ts";

describe("the contract", () => {
  it("declares every route that there is, and no other", () => {
    expect(Object.keys(answers).toSorted()).toEqual(listRoutes());
    expect(new Set(Object.keys(answers)).size).toBe(routes.length);
  });

  const named = routes.map((route) => [`${route.method} ${route.path}`, route] as const);

  it.each(named)("%s: its examples are what its schemas take", (_, { query, body, answers: own, examples }) => {
    for (const [schema, example] of [
      [query, examples.query],
      [body, examples.body],
      ...Object.entries(examples.answers).map(([status, answer]) => [own[Number(status)], answer] as const),
    ] as const) {
      if (schema || example !== undefined) expect(schema?.safeParse(example ?? {}).error?.issues).toBeUndefined();
    }
    expect(Object.keys(examples.answers).length).toBeGreaterThan(0);
    if (body) expect(examples.body).toBeDefined();
  });

  it.each(named)("%s: every answer of its own that has a body has an example", (_, { answers: own, examples }) => {
    const withBody = Object.entries(own).flatMap(([status, schema]) => (schema === noBody ? [] : [status]));
    expect(Object.keys(examples.answers)).toEqual(withBody);
  });

  it("can be told as JSON Schema, with every name for one thing", () => {
    const all = [...routes.map(answersOf), answersElsewhere].flatMap((statuses) => Object.values<z.ZodType>(statuses));
    const told = z.toJSONSchema(z.tuple(all.filter((schema) => schema !== noBody) as [z.ZodType]));
    expect(Object.keys(told.$defs ?? {})).toEqual(expect.arrayContaining(["Connection", "TimelineEvent", "Time"]));
  });
});

describe("a problem document", () => {
  it.each(problemCode.options)("of code %s is what its schema says", async (code) => {
    const getOwn = () => Promise.reject(new DomainError(code, "wrong", [{ pointer: "/a~1b", detail: "is wrong" }]));
    const api = createTestApi({ store: { ...createMemoryConnectionStore(), getOwn } });
    const { status, body } = await api.get(`${connections}/${"a".repeat(26)}`);
    const [schema] = Object.values(problemsOf(status as Parameters<typeof problemsOf>[0]));
    expect(schema?.safeParse(body).error?.issues).toBeUndefined();
    expect(schema?.safeParse({ ...body, more: 1 }).success).toBe(false);
  });
});
