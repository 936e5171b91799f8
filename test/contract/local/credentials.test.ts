import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLocalReader } from "../../../local/credentials.ts";
import { prepareEnvironment } from "../../../local/environment.ts";
import { startSecretsManagerServer } from "../../fakes/secrets-manager-server.ts";
import { credentialsFailure } from "../../support/credentials-failure.ts";

const pair = { accessKeyId: "AKID-1", accessKeySecret: "secret-1" };

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "vpn-broker-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function store(path: string, text: string): void {
  mkdirSync(dirname(join(dataDir, path)), { recursive: true });
  writeFileSync(join(dataDir, path), text);
}
const read = (reference = "team-a") => createLocalReader({ dataDir, url: undefined })("tencent", reference);

describe("a file of credentials", () => {
  it("is read by vendor and reference", async () => {
    store("credentials/tencent/team-a.json", JSON.stringify(pair));
    expect(await read()).toEqual(pair);
  });

  it("that is missing is named, without this computer's folders", async () => {
    store("credentials/alibaba/team-a.json", JSON.stringify(pair));
    const { facts, texts } = await credentialsFailure(read());
    expect(facts).toMatchObject({ class: "auth" });
    expect(facts.advice).toContain("credentials/tencent/team-a.json in DATA_DIR");
    expect(texts).not.toContain(dataDir);
  });

  it("that is a folder cannot be read", async () => {
    mkdirSync(join(dataDir, "credentials/tencent/team-a.json"), { recursive: true });
    expect((await credentialsFailure(read())).facts).toMatchObject({ class: "auth" });
  });

  it("that is malformed is named, without what it holds", async () => {
    store("credentials/tencent/team-a.json", '{"accessKeyId": "MARKER"');
    const { facts, texts } = await credentialsFailure(read());
    expect(facts).toMatchObject({ class: "auth", advice: expect.stringContaining("credentials/tencent/team-a.json") });
    expect(texts).not.toContain("MARKER");
  });

  it.each(["../secrets", "../alibaba/team-a", "x/../../../secrets", "/secrets"])("is never %s", async (reference) => {
    store("credentials/secrets.json", JSON.stringify(pair));
    store("credentials/alibaba/team-a.json", JSON.stringify(pair));
    store("secrets.json", JSON.stringify(pair));
    expect((await credentialsFailure(read(reference))).facts).toMatchObject({ class: "auth" });
  });
});

it("an endpoint of Secrets Manager takes the place of the files", async () => {
  prepareEnvironment();
  const server = await startSecretsManagerServer();
  try {
    store("credentials/tencent/team-a.json", JSON.stringify({ ...pair, accessKeyId: "AKID-file" }));
    server.secrets.set("vpn-broker/local/credentials/tencent/team-a", JSON.stringify(pair));
    expect(await createLocalReader({ dataDir, url: server.url })("tencent", "team-a")).toEqual(pair);
  } finally {
    await server.close();
  }
});
