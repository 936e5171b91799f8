import type { ApiClient } from "../../packages/cli/src/admin/api-client.ts";
import type { Context } from "../../packages/cli/src/admin/command.ts";

export interface AsksOfCli {
  method: string;
  path: string;
  body?: object;
}

/** What a command of the operators' command line gets: a broker that answers what `answer` says, and what it was asked. */
export function createAdminContext(answer: (ask: AsksOfCli) => unknown = () => ({ items: [] }), input?: string) {
  const asked: AsksOfCli[] = [];
  const notes: string[] = [];
  let connected = 0;
  const ask = async (one: AsksOfCli) => {
    asked.push(one);
    return answer(one);
  };
  const api: ApiClient = {
    get: (path) => ask({ method: "GET", path }) as Promise<never>,
    send: (method, path, body) => ask({ method, path, body }) as Promise<never>,
  };
  const context: Context = {
    connect() {
      connected += 1;
      return api;
    },
    now: () => new Date("2026-11-22T10:00:00Z"),
    readInput: async () => input,
    note: (text) => void notes.push(text),
  };
  return { context, asked, notes, connected: () => connected };
}
