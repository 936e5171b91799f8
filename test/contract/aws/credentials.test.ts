import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSecretsReader } from "../../../functions/aws/credentials.ts";
import { prepareEnvironment } from "../../../local/environment.ts";
import { type SecretsManagerServer, startSecretsManagerServer } from "../../fakes/secrets-manager-server.ts";
import { credentialsFailure } from "../../support/credentials-failure.ts";

const prefix = "vpn-broker/test/credentials";
const pair = { accessKeyId: "LTAI-1", accessKeySecret: "secret-1" };

let server: SecretsManagerServer;
beforeAll(async () => {
  prepareEnvironment();
  server = await startSecretsManagerServer();
  return () => server.close();
});
beforeEach(() => {
  server.secrets.clear();
  server.asked.length = 0;
  server.trouble = undefined;
});
const read = (reference = "team-a") => createSecretsReader({ prefix, endpoint: server.url })("alibaba", reference);

describe("Secrets Manager", () => {
  it.each([pair, { ...pair, securityToken: "token-1" }])(
    "holds credentials under vendor and reference: %j",
    async (given) => {
      server.secrets.set(`${prefix}/alibaba/team-a`, JSON.stringify(given));
      expect(await read()).toEqual(given);
      expect(server.asked).toEqual([`${prefix}/alibaba/team-a`]);
    },
  );

  it("has nothing for a reference of another vendor, and is named where it should have", async () => {
    server.secrets.set(`${prefix}/tencent/team-a`, JSON.stringify(pair));
    const { facts } = await credentialsFailure(read());
    expect(facts).toMatchObject({
      class: "auth",
      advice: expect.stringContaining(`secret ${prefix}/alibaba/team-a of`),
    });
    expect(server.asked).toHaveLength(1);
  });

  it.each([
    "AccessDeniedException",
    "DecryptionFailure",
    "InvalidParameterException",
    "InvalidRequestException",
    "ResourceNotFoundException",
  ])("refuses for certain with %s", async (type) => {
    server.trouble = { status: 400, type };
    expect((await credentialsFailure(read())).facts).toMatchObject({ class: "auth" });
    expect(server.asked).toHaveLength(1);
  });

  it.each([
    [500, "InternalServiceError"],
    [503, "ServiceUnavailableException"],
    [400, "ThrottlingException"],
    [400, "ExpiredTokenException"],
    [400, "UnrecognizedClientException"],
  ])("is out of reach with %d %s, and asked twice at most", async (status, type) => {
    server.trouble = { status, type };
    const { facts } = await credentialsFailure(read());
    expect(facts).toMatchObject({ class: "retry", advice: expect.stringContaining(`${prefix}/alibaba/team-a`) });
    expect(server.asked.length).toBeLessThanOrEqual(2);
    server.trouble = undefined;
    server.secrets.set(`${prefix}/alibaba/team-a`, JSON.stringify(pair));
    expect(await read()).toEqual(pair);
  });

  it("is out of reach when nobody listens", async () => {
    const gone = await startSecretsManagerServer();
    await gone.close();
    const lost = createSecretsReader({ prefix, endpoint: gone.url })("alibaba", "team-a");
    expect((await credentialsFailure(lost)).facts).toMatchObject({ class: "retry" });
  });

  it("is given up when it does not answer", async () => {
    server.trouble = "silence";
    expect((await credentialsFailure(read())).facts).toMatchObject({ class: "retry" });
    expect(server.asked).toHaveLength(2);
  });

  it.each<[string, string | Uint8Array]>([
    ["text that is no JSON", "MARKER"],
    ["the broker's own form", JSON.stringify({ secretId: "MARKER", secretKey: "MARKER" })],
    ["bytes", Buffer.from(JSON.stringify({ accessKeyId: "MARKER", accessKeySecret: "MARKER" }))],
  ])("may hold what are no credentials: %s", async (_, secret) => {
    server.secrets.set(`${prefix}/alibaba/team-a`, secret);
    const { facts, texts } = await credentialsFailure(read());
    expect(facts).toMatchObject({ class: "auth", advice: expect.stringContaining(`${prefix}/alibaba/team-a`) });
    expect(facts.beforehand).toContain("not in the form");
    expect(texts).not.toContain("MARKER");
  });

  it.each(["../tencent/team-a", "..", "", "team-a/../../../fingerprint-keys", "arn:aws:secretsmanager:x"])(
    "is never asked for %j",
    async (reference) => {
      expect((await credentialsFailure(read(reference))).facts).toMatchObject({ class: "auth" });
      expect(server.asked).toEqual([]);
    },
  );
});
