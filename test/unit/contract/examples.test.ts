import { describe, expect, it } from "vitest";
import * as examples from "../../../functions/contract/examples.ts";
import { connection } from "../../../functions/contract/schemas/connection.ts";
import { requestErrorCodes } from "../../../functions/domain/errors.ts";
import { toProviderConnectionName } from "../../../functions/domain/record/ids.ts";
import { isFinal, type Status } from "../../../functions/domain/record/status.ts";
import { applyDefaults } from "../../../functions/domain/request/apply-defaults.ts";
import { createRequestSchema } from "../../../functions/domain/request/create-request.ts";
import { loadErrorTables } from "../../../functions/providers/error-tables.ts";
import { createDocument } from "../../../scripts/openapi/create-document.ts";

type Connection = ReturnType<typeof connection.parse>;

/** Every connection that an example of the document shows, with its place. */
function findConnections(value: unknown, place: string, inExample = false): [string, Connection][] {
  if (typeof value !== "object" || value === null) return [];
  if (inExample && "providerConnectionName" in value) return [[place, connection.parse(value)]];
  return Object.entries(value).flatMap(([name, inner]) =>
    findConnections(inner, `${place}/${name}`, inExample || name === "example"),
  );
}

const shown = findConnections(JSON.parse(JSON.stringify(createDocument())), "");
const errorCodes: Record<Status, readonly string[]> = {
  accepted: [],
  queued: [],
  creating: [],
  provisioning: [],
  succeeded: [],
  failed: requestErrorCodes.filter((code) => code !== "outcome_unknown" && code !== "canceled"),
  canceled: ["canceled"],
  unknown: ["outcome_unknown", "deadline_exceeded"],
};

describe("the connections of the examples", () => {
  it("are of every end", () => {
    const ends = new Set(shown.map(([, { status }]) => status));
    expect([...ends].toSorted()).toEqual(["accepted", "canceled", "failed", "succeeded", "unknown"]);
  });

  it.each(shown)("is one that there could be: %s", async (_, one) => {
    const { status, error, createdAt, updatedAt, completedAt, estimatedCompletionAt, revision } = one;
    expect(completedAt !== undefined).toBe(isFinal(status));
    expect(estimatedCompletionAt !== undefined).toBe(!isFinal(status));
    expect(one.providerProblem === undefined || !isFinal(status)).toBe(true);
    expect(one.queue === undefined || status === "queued").toBe(true);
    if (errorCodes[status].length > 0) expect(errorCodes[status]).toContain(error?.code);
    else expect(error).toBeUndefined();
    // Each change takes a number and a time.
    expect(updatedAt > createdAt).toBe(revision > 1);
    expect(updatedAt >= (completedAt ?? createdAt)).toBe(true);
    if (estimatedCompletionAt !== undefined) expect(estimatedCompletionAt > updatedAt).toBe(true);
    expect(one.providerConnectionId !== undefined).toBe(status === "succeeded");
    if (status === "canceled") expect(one.attempts).toBe(0);
    if (["succeeded", "unknown"].includes(status)) expect(one.attempts).toBeGreaterThan(0);
    expect(one.providerConnectionName).toBe(toProviderConnectionName(one.name, one.id));
    const known = Object.keys((await loadErrorTables())[one.provider]);
    if (error?.providerCode !== undefined) expect(known).toContain(error.providerCode);
  });

  it("have the request with every default that the broker fills in", () => {
    const { clientToken: _token, ...request } = examples.exampleRequest;
    for (const [, one] of shown) expect(one.request).toEqual(applyDefaults(createRequestSchema.parse(request)));
  });
});
