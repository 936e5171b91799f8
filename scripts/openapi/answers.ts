import type * as z from "zod";
import type { ZodOpenApiResponseObject } from "zod-openapi";
import { answerHeaders } from "../../functions/contract/describe/headers.ts";
import { problems } from "../../functions/contract/problems.ts";
import { headersOf, type RouteContract } from "../../functions/contract/route.ts";
import { type ProblemStatus, problemsOf } from "../../functions/contract/schemas/problem.ts";
import { noBody } from "../../functions/contract/schemas/values.ts";
import { type ProblemCode, problemCodes } from "../../functions/domain/errors.ts";

const reasons: Readonly<Record<number, string>> = { 200: "Done", 201: "Made", 202: "Accepted", 304: "Not changed" };

/** Headers as references to their components, each required unless it has `?` behind it. */
function toHeaders(names: readonly string[]) {
  return Object.fromEntries(
    names.map((name) => {
      const header = name.replace("?", "") as keyof typeof answerHeaders;
      return [header, { $ref: `#/components/headers/${name.endsWith("?") ? "Optional-" : ""}${header}` }];
    }),
  );
}

/** An answer of a route's own. */
export function toAnswer(route: RouteContract, status: number, schema: z.ZodType): ZodOpenApiResponseObject {
  const headers = toHeaders(headersOf(route, status));
  const description = reasons[status] ?? "Done";
  if (schema === noBody) return { description, headers };
  const example = route.examples.answers[status];
  return {
    description,
    headers,
    content: {
      "application/json": { schema, ...(example === undefined ? {} : { example }) },
      ...(route.page ? { "text/html": { schema: { type: "string" } } } : {}),
    },
  };
}

const nameOf = (code: ProblemCode) => code.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

const codeOf = new Map(problemCodes.map((code) => [problems[code].status, code]));

/** The answers that are problem documents, which many routes have, by their component's name. */
export function problemAnswers(): Record<string, ZodOpenApiResponseObject> {
  return Object.fromEntries(
    problemCodes.map((code) => {
      const { status, title, meaning, fix } = problems[code];
      const schema = problemsOf(status)[status];
      if (!schema) throw new Error(`no schema is of ${code}`);
      const example = {
        type: `/docs/errors/${code}`,
        title,
        status,
        detail: meaning,
        code,
        requestId: "0f6a7c1e-5d0c",
      };
      const answer = {
        description: `${title}. ${meaning} ${fix}`,
        headers: toHeaders(headersOf(undefined, status)),
        content: { "application/problem+json": { schema, example } },
      };
      return [nameOf(code), answer];
    }),
  );
}

export function toProblemReference(status: ProblemStatus) {
  const code = codeOf.get(status);
  if (!code) throw new Error(`no code is of ${status}`);
  return { $ref: `#/components/responses/${nameOf(code)}` as const };
}

export function headerComponents() {
  return Object.fromEntries(
    Object.entries(answerHeaders).flatMap(([name, { description, type, example }]) => {
      const header = { description, schema: { type }, example };
      return [
        [name, { ...header, required: true }],
        [`Optional-${name}`, header],
      ];
    }),
  );
}
