import { describe, expect, it } from "vitest";
import {
  DomainError,
  type ProblemCode,
  SchemaVersionError,
  StaleRecordError,
} from "../../../../functions/domain/errors.ts";
import { createMemoryConnectionStore } from "../../../fakes/memory-connection-store.ts";
import { validAlibabaRequest } from "../../../support/create-requests.ts";
import { connections, createTestApi } from "../../../support/test-api.ts";

const statuses: Record<ProblemCode, number> = {
  invalid_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  idempotency_mismatch: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
};

/** An API whose store throws this wherever it is asked. */
function createBrokenApi(error: Error) {
  const fail = () => Promise.reject(error);
  return createTestApi({ store: { ...createMemoryConnectionStore(), create: fail, getOwn: fail, list: fail } });
}

const path = `${connections}/${"a".repeat(26)}`;

describe("a problem document", () => {
  it.each(Object.entries(statuses) as [ProblemCode, number][])(
    "of code %s has status %i and every member",
    async (code, status) => {
      const errors = [{ pointer: "/a", detail: "is b" }];
      const answer = await createBrokenApi(new DomainError(code, "what is wrong", errors)).get(path);
      expect(answer.status).toBe(status);
      expect(answer.headers.get("Content-Type")).toBe("application/problem+json");
      expect(answer.body).toEqual({
        type: `/docs/errors/${code}`,
        title: expect.stringMatching(/\w/),
        status,
        detail: "what is wrong",
        code,
        requestId: "request-1",
        errors,
      });
      expect(answer.headers.get("X-Request-Id")).toBe("request-1");
    },
  );

  it("has no list of errors when there is none", async () => {
    const { body } = await createBrokenApi(new DomainError("conflict", "too late")).get(path);
    expect(body).not.toHaveProperty("errors");
  });

  it("tells how to authenticate and when to come back, and only then", async () => {
    const unauthenticated = await createBrokenApi(new DomainError("unauthenticated", "x")).get(path);
    const unavailable = await createBrokenApi(new DomainError("unavailable", "x")).get(path);
    expect(unauthenticated.headers.get("WWW-Authenticate")).toBe("Bearer");
    expect(unauthenticated.headers.has("Retry-After")).toBe(false);
    expect(Number(unavailable.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect(unavailable.headers.has("WWW-Authenticate")).toBe(false);
  });
});

describe("an error that is none of ours", () => {
  const requests = [
    ["GET", path, undefined],
    ["GET", connections, undefined],
    ["GET", `${path}/events`, undefined],
    ["POST", connections, validAlibabaRequest()],
  ] as const;

  it.each(requests)("leaves %s %s as an opaque 500, logged without its message", async (method, at, body) => {
    const error = new Error("MARKER in the message", { cause: new Error("MARKER in the cause") });
    const api = createBrokenApi(Object.assign(error, { url: "https://MARKER" }));
    const { status, body: problem, text, headers } = await api.send(method, at, { body });
    expect(status).toBe(500);
    expect(problem).toMatchObject({ code: "internal", requestId: "request-1" });
    expect(api.lines).toEqual([{ event: "request_failed", requestId: "request-1", method, error: "Error" }]);
    expect(JSON.stringify([text, [...headers], api.lines])).not.toContain("MARKER");
  });

  it.each(requests)("leaves %s %s as 503 when it is one of the AWS SDK", async (method, at, body) => {
    const error = Object.assign(new Error("MARKER"), { name: "ProvisionedThroughputExceededException", $metadata: {} });
    const api = createBrokenApi(error);
    const { status, body: problem, text, headers } = await api.send(method, at, { body });
    expect(status).toBe(503);
    expect(problem).toMatchObject({ code: "unavailable", requestId: "request-1" });
    expect(api.lines).toMatchObject([{ event: "request_failed", error: "ProvisionedThroughputExceededException" }]);
    expect(JSON.stringify([text, [...headers], api.lines])).not.toContain("MARKER");
  });

  it.each(requests)("leaves %s %s as 503 to be sent again when others were faster", async (method, at, body) => {
    const api = createBrokenApi(new StaleRecordError("MARKER"));
    const { status, body: problem, text, headers } = await api.send(method, at, { body });
    expect(status).toBe(503);
    expect(problem).toMatchObject({ code: "unavailable", requestId: "request-1" });
    expect(headers.get("Retry-After")).toBe("1");
    expect(JSON.stringify([text, api.lines])).not.toContain("MARKER");
  });

  it.each(requests)(
    "leaves %s %s as 503 when another release wrote it, logged by its key",
    async (method, at, body) => {
      const api = createBrokenApi(new SchemaVersionError("tenant#MARKER", 3, 2));
      const { status, body: problem, text } = await api.send(method, at, { body });
      expect(status).toBe(503);
      expect(problem).toMatchObject({ code: "unavailable", requestId: "request-1" });
      expect(api.lines).toMatchObject([{ event: "schema_version", method, item: "tenant#MARKER", schemaVersion: 3 }]);
      expect(text).not.toContain("MARKER");
    },
  );

  it.each([
    "AccessDeniedException",
    "AccessDenied",
    "ValidationException",
    "ValidationError",
    "ResourceNotFoundException",
    "InvalidCiphertextException",
    "IncorrectKeyException",
    "NotFoundException",
    "DisabledException",
  ])("leaves as 500 what AWS will refuse again: %s", async (name) => {
    const api = createBrokenApi(Object.assign(new Error("MARKER"), { name, $metadata: {} }));
    const { status, body: problem, text, headers } = await api.get(path);
    expect(status).toBe(500);
    expect(problem).toMatchObject({ code: "internal", requestId: "request-1" });
    expect(headers.has("Retry-After")).toBe(false);
    expect(api.lines).toEqual([{ event: "request_failed", requestId: "request-1", method: "GET", error: name }]);
    expect(text).not.toContain("MARKER");
  });

  it.each([
    "ThrottlingException",
    "InternalServerError",
    "RequestLimitExceeded",
    "TimeoutError",
    "ServiceUnavailable",
    "KMSInternalException",
    "DependencyTimeoutException",
  ])("leaves as 503 what AWS may answer the next time: %s", async (name) => {
    const api = createBrokenApi(Object.assign(new Error("MARKER"), { name, $metadata: {} }));
    const { status, headers } = await api.get(path);
    expect([status, headers.get("Retry-After")]).toEqual([503, "2"]);
  });

  it("leaves as 500 when it comes from the directory of callers", async () => {
    const api = createTestApi({ keys: { find: () => Promise.reject(new Error("MARKER")) } });
    const { status, text } = await api.get(path);
    expect(status).toBe(500);
    expect(text).not.toContain("MARKER");
  });
});
