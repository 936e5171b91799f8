import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const script = fileURLToPath(new URL("../../../scripts/check-docs.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "vpn-broker-docs-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the check says of a document with this text: its exit code and its lines. */
function check(text: string): Promise<{ code: number; said: string }> {
  const file = join(folder, "page.md");
  writeFileSync(file, text);
  return new Promise((resolve) => {
    execFile(process.execPath, [script, file], (error, stdout) => {
      resolve({ code: Number(error?.code ?? 0), said: stdout });
    });
  });
}

const sh = (...lines: string[]) => ["```sh", ...lines, "```"].join("\n");

describe("the check of the documents", () => {
  it("takes what is there", async () => {
    const page = [
      "# A page",
      "See [above](#a-page) and `functions/entries/config.ts`, `functions/contract/routes/<name>.ts`, `infra/`, `start.ts`.",
      "`GET /v1/vpn-connections/{id}?wait=20`, `/v1/admin`, `DATA_DIR`, `PUT /__control/settings`, `npm test`,",
      "`npm run admin -- key rotate acme KEY --grace 24h`, made later: `secrets.json`; a secret's name: `vpn-broker/dev/alibaba`.",
      sh(
        'ID=one; curl "$VPN_BROKER_URL/v1/vpn-connections/$ID/events"',
        "npm run --silent admin -- tenants \\",
        "  --json",
      ),
    ];
    expect(await check(page.join("\n"))).toEqual({ code: 0, said: "0 flaws in 1 documents\n" });
  });

  it.each([
    ["`functions/domain/cidr.ts`", "there is no functions/domain/cidr.ts"],
    ["`functions/{api,web}/*.tsx`", "there is no functions/{api,web}/*.tsx"],
    [sh("node scripts/gone.mjs"), "there is no scripts/gone.mjs"],
    ["`nowhere.yml`", "there is no nowhere.yml"],
    ["[a page](nowhere.md)", "there is no nowhere.md"],
    ["# One\n[two](#two)", "page.md has no #two"],
    ["`npm run deploy`", "there is no command npm run deploy"],
    ["`npm run admin -- key make acme`", "npm run admin has no key make acme"],
    [sh("npm run admin -- key create acme --colour red"), "npm run admin has no --colour"],
    ["`DATA_FOLDER`", "no part of the broker reads DATA_FOLDER"],
    [sh('echo "$SOME_THING"'), "no part of the broker reads SOME_THING"],
    ["`DELETE /v1/vpn-connections/{id}`", "there is no route DELETE /v1/vpn-connections/{id}"],
    ["`/v1/tunnels`", "there is no route /v1/tunnels"],
    [sh("curl http://127.0.0.1:3000/v1/connections"), "there is no route /v1/connections"],
    ["x".repeat(161), "is wider than 160 columns"],
  ])("refuses %j", async (text, flaw) => {
    const { code, said } = await check(text);
    expect(code).toBe(1);
    expect(said).toContain(`: ${flaw}\n1 flaws in 1 documents\n`);
  });
});
