import { describe, expect, it } from "vitest";
import { createCredentialsReader } from "../../../../functions/domain/provider/credentials.ts";
import { toRequestError } from "../../../../functions/domain/provider/request-error.ts";
import { credentialsReferencePattern } from "../../../../functions/domain/values.ts";
import { credentialsFailure } from "../../../support/credentials-failure.ts";

const pair = { accessKeyId: "LTAI-1", accessKeySecret: "secret-1" };

function createReader(load: (path: string) => Promise<string | undefined>) {
  const asked: string[] = [];
  const read = createCredentialsReader({
    place: (path) => `the drawer ${path}`,
    load(path) {
      asked.push(path);
      return load(path);
    },
  });
  return { read, asked };
}

describe("credentials", () => {
  it.each([pair, { ...pair, securityToken: "token-1" }])("are read by vendor and reference: %j", async (stored) => {
    const { read, asked } = createReader(async () => JSON.stringify(stored));
    expect(await read("tencent", "team-a")).toEqual(stored);
    expect(asked).toEqual(["tencent/team-a"]);
  });

  it.each([
    "",
    "MARKER",
    '"MARKER"',
    "null",
    "[]",
    '{"accessKeyId": "MARKER"}',
    '{"accessKeyId": "MARKER", "accessKeySecret": ""}',
    '{"accessKeyId": "MARKER", "accessKeySecret": "MARKER\\n"}',
    '{"accessKeyId": "MARKER", "accessKeySecret": " MARKER"}',
    '{"accessKeyId": "MARKER", "accessKeySecret": 1}',
    '{"secretId": "MARKER", "secretKey": "MARKER"}',
    '{"accessKeyId": "MARKER", "accessKeySecret": "MARKER", "securitytoken": "MARKER"}',
    '{"accessKeyId": "MARKER", "accessKeySecret": "MARKER", "securityToken": ""}',
  ])("that are malformed are refused without their value: %s", async (stored) => {
    const { facts, texts } = await credentialsFailure(createReader(async () => stored).read("alibaba", "team-a"));
    expect(facts).toMatchObject({ class: "auth", action: "ReadCredentials" });
    expect(facts.advice).toContain("the drawer alibaba/team-a");
    expect(texts).not.toContain("MARKER");
  });

  it("that are missing are a definite refusal, which says where to put them", async () => {
    const { facts } = await credentialsFailure(createReader(async () => undefined).read("alibaba", "team-a"));
    expect(toRequestError("alibaba", facts)).toEqual({
      code: "provider_auth",
      message: 'the tenant\'s credentials for Alibaba Cloud ("team-a") cannot be read; it was not asked',
      retryable: false,
      advice: expect.stringMatching(/^Store \{.*\}.* in the drawer alibaba\/team-a, .*\.$/),
    });
  });

  it("out of reach may be there later", async () => {
    const { read } = createReader(() => Promise.reject(new Error("MARKER")));
    const { facts, texts } = await credentialsFailure(read("tencent", "team-a"));
    expect(toRequestError("tencent", facts)).toMatchObject({ code: "provider_throttled", retryable: true });
    expect(facts.advice).toContain("the drawer tencent/team-a");
    expect(texts).not.toContain("MARKER");
  });
});

describe("a reference", () => {
  it.each(["a", "0", "team-a", "9-lives", "a-", "a".repeat(63)])("can be %s", async (reference) => {
    expect(credentialsReferencePattern.test(reference)).toBe(true);
    const { read } = createReader(async () => JSON.stringify(pair));
    expect(await read("alibaba", reference)).toEqual(pair);
  });

  it.each([
    "",
    "-a",
    "A",
    "a".repeat(64),
    "team_a",
    "team.a",
    "a/b",
    "..",
    "../tencent/team-a",
    "team-a/../../x",
    "..\\x",
    "%2e%2e%2fx",
    "a\n",
    "a\0",
    "ä",
  ])("cannot be %j, and nothing is looked for", async (reference) => {
    expect(credentialsReferencePattern.test(reference)).toBe(false);
    const { read, asked } = createReader(async () => JSON.stringify(pair));
    const { facts } = await credentialsFailure(read("alibaba", reference));
    expect(facts).toMatchObject({ class: "auth", beforehand: expect.stringContaining("no reference") });
    expect(asked).toEqual([]);
  });
});
