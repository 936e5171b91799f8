import type * as z from "zod";
import type { Scope } from "../domain/tenants/tenant.ts";
import type { AnswerHeader, RequestHeader } from "./describe/headers.ts";
import { type ProblemStatus, problemsOf } from "./schemas/problem.ts";

type HeaderOf = AnswerHeader | `${AnswerHeader}?`;

/** One route of the API: what the server reads its checks from, and documents, clients and pages are made from. */
export interface RouteContract {
  method: "GET" | "POST" | "PUT";
  /** With parameters as `:name`. */
  path: `/${string}`;
  /** The function that answers it: those that talk to a vendor, open keys or call receivers are apart, because only they may. */
  app: "api" | "provider" | "secrets" | "examples";
  /** What the caller's API key must be allowed to; `any` takes every valid key, `public` needs none. */
  scope: Scope | "any" | "public";
  /** Whether the scope `operations` opens it too, and for every tenant's requests. */
  operators?: true;
  summary: string;
  /** Whether the keys of a suspended tenant may call it all the same; reading they may always. */
  whileSuspended?: true;
  /** Absent = any parameter is refused. Not for public routes, whose query is not looked at. */
  query?: z.ZodType;
  /** Absent = none is read. No body at all is taken for `{}`. */
  body?: z.ZodType;
  /** Headers that it reads, beside those that every route does. */
  takes?: readonly RequestHeader[];
  /** What is answered when it goes well, by status. */
  answers: Readonly<Record<number, z.ZodType>>;
  /** Headers of those answers, by status, beside those that every answer has; `?` behind one that may be absent. */
  gives?: Readonly<Record<number, readonly HeaderOf[]>>;
  /** Whether browsers get the answer as a page. */
  page?: true;
  /** Problems of its own, beside those that its shape brings. */
  problems?: readonly ProblemStatus[];
  examples: {
    query?: Readonly<Record<string, string>>;
    body?: unknown;
    /** By status. */
    answers: Readonly<Record<number, unknown>>;
  };
}

/** Keeps the types of a declaration, from which the handler's come. */
export const defineRoute = <const Route extends RouteContract>(route: Route): Route => route;

/** What a path with parameters matches. */
export function toPattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/:\w+/g, "[^/]+")}$`);
}

/** The problems that a route can meet: its own, and those that its shape brings. */
export function problemStatusesOf({ scope, body, problems = [] }: RouteContract): ProblemStatus[] {
  const called: ProblemStatus[] = scope === "public" ? [] : [400, 401, 429];
  const scoped: ProblemStatus[] = scope === "public" || scope === "any" ? [] : [403];
  const sent: ProblemStatus[] = body ? [413, 415] : [];
  // What is behind us may fail, and so may we.
  return [...new Set([...called, ...scoped, ...sent, ...problems, 500, 503] as const)].toSorted((a, b) => a - b);
}

/** Every answer of a route by status: its own and the problems that it can meet. */
export function answersOf(route: RouteContract): Readonly<Record<number, z.ZodType>> {
  return { ...route.answers, ...problemsOf(...problemStatusesOf(route)) };
}

/** Every header of our own that an answer has, `?` behind one that may be absent. None for an answer of no route. */
export function headersOf(route: RouteContract | undefined, status: number): readonly HeaderOf[] {
  const { scope, gives } = route ?? { scope: "public" };
  // What fails before the key is known, or beside it, counts nothing.
  const optional = !route || [401, 500, 503].includes(status);
  const limits = (["RateLimit", "RateLimit-Policy"] as const).map((name) => (optional ? (`${name}?` as const) : name));
  return [
    "X-Request-Id",
    ...(route && scope === "public" ? [] : limits),
    ...(gives?.[status] ?? headersOfProblem[status] ?? []),
  ];
}

const headersOfProblem: Readonly<Record<number, readonly HeaderOf[]>> = {
  401: ["WWW-Authenticate"],
  405: ["Allow"],
  429: ["Retry-After"],
  503: ["Retry-After"],
};

/** What is answered where there is no route, or none of the method. */
export const answersElsewhere = problemsOf(401, 403, 404, 405, 429, 500, 503);
