import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json as readJson } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach } from "vitest";

/** One call as it came; the path is less `/v1` and has the query. */
export interface HeardCall {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body?: unknown;
}

export type HttpReply = (response: ServerResponse, call: HeardCall) => void;

export const brokerKey = "vpb_not-to-be-seen";

/** For the tests of a file, an HTTP server that answers as `reply` says, and what it was asked. */
export function useHttpBroker() {
  let replies: (call: HeardCall) => HttpReply;
  let calls: HeardCall[] = [];
  const server = createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    const answer = (body?: unknown) => {
      const call = { method, path: url.replace(/^\/v1/, ""), headers, ...(body === undefined ? {} : { body }) };
      calls.push(call);
      replies(call)(response, call);
    };
    if (headers["content-type"] === undefined) answer();
    else readJson(request).then(answer, () => response.destroy());
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  beforeEach(() => {
    calls = [];
    replies = () => json(200, { items: [] });
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    calls: () => calls,
    changes: () => calls.filter(({ method }) => method !== "GET"),
    /** To every call. */
    reply(given: (call: HeardCall) => HttpReply) {
      replies = given;
    },
    /** The environment of whoever speaks to it. */
    environment: () => ({ VPN_BROKER_URL: url(), VPN_BROKER_API_KEY: brokerKey }),
  };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}) {
  return (response: ServerResponse): void => {
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  };
}

export function problem(status: number, code: string, detail: string, more: object = {}, headers = {}): HttpReply {
  const body = { type: `/docs/errors/${code}`, title: "The title", status, detail, code, requestId: "req-1", ...more };
  return json(status, body, { "content-type": "application/problem+json", ...headers });
}

export const html =
  (status: number): HttpReply =>
  (response) =>
    void response.writeHead(status, { "content-type": "text/html" }).end("<html>");

/** The connection breaks off in place of an answer. */
export const reset: HttpReply = (response) => void response.socket?.destroy();
