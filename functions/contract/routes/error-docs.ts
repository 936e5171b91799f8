import { problems } from "../problems.ts";
import { defineRoute } from "../route.ts";
import { errorDoc, errorDocs } from "../schemas/error-docs.ts";

const { meaning, retry, fix } = problems.not_found;
const entry = { code: "not_found", kind: "problem", meaning, retry, fix, vendorCodes: [] };

/** Answered as a page, or as data to who asks for `application/json`. */
export const listErrorDocs = defineRoute({
  method: "GET",
  path: "/docs/errors",
  app: "api",
  scope: "public",
  summary: "Every error code",
  answers: { 200: errorDocs },
  gives: { 200: ["Vary"] },
  page: true,
  examples: { answers: { 200: { items: [entry] } } },
});

export const getErrorDoc = defineRoute({
  method: "GET",
  path: "/docs/errors/:code",
  app: "api",
  scope: "public",
  summary: "What an error code means, whether retrying is safe, the fix, and the vendors' codes behind it",
  answers: { 200: errorDoc },
  gives: { 200: ["Vary"] },
  page: true,
  problems: [404],
  examples: { answers: { 200: entry } },
});
