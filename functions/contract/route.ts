import type * as z from "zod";
import type { Scope } from "../domain/tenants/tenant.ts";
import { type ProblemStatus, problemsOf } from "./schemas/problem.ts";

/** One route of the API: what the server reads its checks from, and documents, clients and pages are made from. */
export interface RouteContract {
  method: "GET" | "POST" | "PUT";
  /** With parameters as `:name`. */
  path: `/${string}`;
  /** The function that answers it: those that talk to a vendor, open keys or call receivers are apart, because only they may. */
  app: "api" | "provider" | "secrets" | "examples";
  /** What the caller's API key must be allowed to; `public` needs none. */
  scope: Scope | "public";
  /** Whether the scope `operations` opens it too, and for every tenant's requests. */
  operators?: true;
  summary: string;
  /** Whether the keys of a suspended tenant may call it all the same; reading they may always. */
  whileSuspended?: true;
  /** Absent = any parameter is refused. Not for public routes, whose query is not looked at. */
  query?: z.ZodType;
  /** Absent = none is read. No body at all is taken for `{}`. */
  body?: z.ZodType;
  /** What is answered when it goes well, by status. */
  answers: Readonly<Record<number, z.ZodType>>;
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

/** Every answer of a route by status: its own and the problems that it can meet. */
export function answersOf({ scope, body, answers, problems = [] }: RouteContract): Readonly<Record<number, z.ZodType>> {
  const called: ProblemStatus[] = scope === "public" ? [] : [400, 401, 403, 429];
  const sent: ProblemStatus[] = body ? [413, 415] : [];
  // What is behind us may fail, and so may we.
  return { ...answers, ...problemsOf(...called, ...sent, ...problems, 500, 503) };
}

/** What is answered where there is no route, or none of the method. */
export const answersElsewhere = problemsOf(401, 403, 404, 405, 429, 500, 503);
