import * as z from "zod";
import { visibleText } from "../../domain/values.ts";
import { exampleId, succeededConnection } from "../examples.ts";
import { defineRoute } from "../route.ts";
import { searchResult } from "../schemas/search.ts";

const query = z.strictObject({
  /** Any id that the request has met, whole. */
  q: z.string().max(256).trim().min(1).regex(visibleText.pattern, visibleText.detail),
});

export const search = defineRoute({
  method: "GET",
  path: "/v1/search",
  app: "api",
  scope: "connections:read",
  operators: true,
  summary: "The requests that any id belongs to, whatever it is of",
  query,
  answers: { 200: searchResult },
  examples: {
    query: { q: exampleId.slice(0, 12) },
    answers: { 200: { items: [{ matched: "operationId", connection: succeededConnection }] } },
  },
});
