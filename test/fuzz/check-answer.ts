import type * as z from "zod";
import { answersElsewhere } from "../../functions/contract/route.ts";
import { noBody } from "../../functions/contract/schemas/values.ts";
import { findHeaderFaults } from "../support/find-header-faults.ts";
import { answers, declaredAs, type Route } from "../support/routes.ts";
import type { WireAnswer } from "./wire-answer.ts";

const everywhere = ["x-content-type-options", "cache-control", "strict-transport-security", "content-security-policy"];

/** What is wrong with an answer of the API, each in a sentence; `route` is none where no route was found. */
export function findFaults(route: Route | undefined, toHead: boolean, answer: WireAnswer): string[] {
  const { status, headers } = answer;
  const faults = status >= 500 ? [`the status is ${status}`] : [];
  faults.push(...everywhere.filter((name) => !headers.has(name)).map((name) => `there is no ${name}`));
  if (route === undefined && isOfDocs(answer)) return faults;
  faults.push(...findHeaderFaults(route && declaredAs.get(route), status, headers.keys()));
  return [...faults, ...findBodyFaults(route, toHead, answer)];
}

/** The docs are beside the declared routes: a page, also where there is none, what a page loads, and the way to the first one. */
function isOfDocs({ status, headers }: WireAnswer): boolean {
  if (status === 308) return headers.get("location") === "../docs";
  if (status === 302) return headers.get("location") === "docs";
  const isPage = headers.get("content-security-policy")?.includes("trusted-types") ?? false;
  return status === 404 ? isPage : [200, 304].includes(status) && headers.has("etag");
}

function findBodyFaults(route: Route | undefined, toHead: boolean, { status, headers, body }: WireAnswer): string[] {
  const schema = (route === undefined ? (answersElsewhere as Readonly<Record<number, z.ZodType>>) : answers[route])?.[
    status
  ];
  if (!schema) return [`the table of answers has no ${status} for ${route ?? "a path without a route"}`];
  if (toHead || schema === noBody) return body === "" ? [] : ["there is a body"];
  const type = headers.get("content-type") ?? "";
  if (type.startsWith("text/html") && route && declaredAs.get(route)?.page && status === 200) {
    // The bytes of a compressed page are text no more; test/package/package.test.ts reads one.
    if (headers.has("content-encoding")) return [];
    return body.startsWith("<!doctype html>") ? [] : ["the page is none"];
  }
  const wanted = status >= 400 ? "application/problem+json" : "application/json";
  if (type !== wanted) return [`the type is ${type}, not ${wanted}`];
  let decoded: unknown;
  try {
    decoded = JSON.parse(body);
  } catch {
    return ["the body is not JSON"];
  }
  const { error } = schema.safeParse(decoded);
  const faults = (error?.issues ?? []).map(({ path, message }) => `/${path.join("/")}: ${message}`);
  const { requestId } = decoded as { requestId?: unknown };
  if (status >= 400 && requestId !== headers.get("x-request-id")) faults.push("requestId is not the header's");
  return faults;
}
