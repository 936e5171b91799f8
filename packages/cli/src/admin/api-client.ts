import { setTimeout as wait } from "node:timers/promises";
import type { Access } from "./access.ts";
import { Failure } from "./failure.ts";
import { type Problem, toSentence } from "./problem.ts";

/** The broker's admin API. Paths begin after `/v1/admin`. Everything that is not a success is thrown as a `Failure`. */
export interface ApiClient {
  get: <Body>(path: string) => Promise<Body>;
  /** With a revision, only if what is changed is still at it. */
  send: <Body>(method: "PUT" | "POST", path: string, body: object, revision?: number) => Promise<Body>;
}

/** The broker said no; `code` is its problem's. */
export class Refusal extends Failure {
  readonly code: string | undefined;

  constructor(message: string, code: string | undefined) {
    super(message);
    this.code = code;
  }
}

export interface ApiClientOptions {
  access: Access;
  note: (text: string) => void;
  sleep?: (milliseconds: number) => Promise<unknown>;
}

const maxMilliseconds = 30_000;
const maxWaitSeconds = 60;
const doubt = "Whether it was done is not known: look before you repeat it.";

export function createApiClient({ access, note, sleep = wait }: ApiClientOptions): ApiClient {
  const { base, key } = access;

  async function fetchOnce(method: string, path: string, body?: object, revision?: number): Promise<Response> {
    const condition = revision === undefined ? {} : { "if-match": `"${revision}"` };
    const type = body ? { "content-type": "application/json" } : {};
    try {
      return await fetch(`${base}/v1/admin${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, ...type, ...condition },
        ...(body ? { body: JSON.stringify(body) } : {}),
        // A key follows no redirect.
        redirect: "manual",
        signal: AbortSignal.timeout(maxMilliseconds),
      });
    } catch (error) {
      throw new Failure(toUnreachable(base, error, body !== undefined));
    }
  }

  async function call<Body>(method: string, path: string, body?: object, revision?: number): Promise<Body> {
    let response = await fetchOnce(method, path, body, revision);
    const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
    if (response.status === 429 && seconds <= maxWaitSeconds) {
      note(`Too many requests with this key; going on in ${seconds} s.`);
      await response.body?.cancel();
      await sleep(seconds * 1000);
      response = await fetchOnce(method, path, body, revision);
    }
    const answer = await readJson(response);
    if (response.ok && isObject(answer)) return answer as Body;
    const problem: Problem | undefined = isObject(answer) ? answer : undefined;
    const sentence = toSentence(access, response, problem);
    const unsure = body !== undefined && (response.ok || response.status >= 500);
    throw new Refusal(unsure ? `${sentence} ${doubt}` : sentence, problem?.code);
  }

  return { get: (path) => call("GET", path), send: call };
}

/** Causes that come before anything was sent. */
const neverSent: Record<string, string> = {
  ECONNREFUSED: "nothing listens there. Is it running?",
  ENOTFOUND: "its name is not known.",
  EAI_AGAIN: "its name could not be looked up.",
  ENETUNREACH: "there is no way to it.",
  EHOSTUNREACH: "there is no way to it.",
  UND_ERR_CONNECT_TIMEOUT: "it took too long to connect.",
};

function toUnreachable(base: string, error: unknown, changes: boolean): string {
  const { name, message, cause } = error as Error & { cause?: NodeJS.ErrnoException };
  const code = cause?.code ?? "";
  const known = neverSent[code];
  if (known) return `No broker answers at ${base}: ${known}`;
  const why = name === "TimeoutError" ? `in ${maxMilliseconds / 1000} s` : `(${code || (cause?.message ?? message)})`;
  return `${base} did not answer ${why}.${changes ? ` ${doubt}` : ""}`;
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
