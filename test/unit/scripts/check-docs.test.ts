import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const script = fileURLToPath(new URL("../../../scripts/check-docs.mjs", import.meta.url));

/** What the check says of documents with these texts, in one run: its exit code, and its lines without the folder. */
async function check(texts: readonly string[]): Promise<{ code: number; lines: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), "vpn-broker-docs-"));
  const files = texts.map((text, index) => {
    const file = join(folder, `${index}.md`);
    writeFileSync(file, text);
    return file;
  });
  const ended = await new Promise<{ code: number; said: string }>((resolve) => {
    execFile(process.execPath, [script, ...files], (error, said) => resolve({ code: Number(error?.code ?? 0), said }));
  });
  rmSync(folder, { recursive: true });
  return {
    code: ended.code,
    lines: ended.said
      .trim()
      .split("\n")
      .map((line) => line.replace(/^.*[\\/](?=\d+\.md)/, "")),
  };
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
        "vpn-broker --json create -f - --wait --timeout 30m < request.json && vpn-broker admin --help",
        "aws dynamodb describe-table --table-name vpn-broker --output text",
      ),
      "`vpn-broker watch ID`, `npx vpn-broker admin tenant acme`, `vpn-broker admin key`, `vpn-broker --help`; user `vpn-broker`.",
    ];
    expect(await check([page.join("\n")])).toEqual({ code: 0, lines: ["0 flaws in 1 documents"] });
  });

  const planted: readonly [text: string, flaw: string][] = [
    ["`functions/domain/cidr.ts`", "there is no functions/domain/cidr.ts"],
    ["`functions/{api,web}/*.tsx`", "there is no functions/{api,web}/*.tsx"],
    [sh("node scripts/gone.mjs"), "there is no scripts/gone.mjs"],
    ["`nowhere.yml`", "there is no nowhere.yml"],
    ["[a page](nowhere.md)", "there is no nowhere.md"],
    ["# One\n[two](#two)", "5.md has no #two"],
    ["`npm run deploy`", "there is no command npm run deploy"],
    ["`npm run admin -- key make acme`", "npm run admin has no key make acme"],
    [sh("npm run admin -- key create acme --colour red"), "npm run admin has no --colour"],
    [sh("npm run admin -- key rotate acme key_1 --scope admin"), "npm run admin has no --scope"],
    ["`npm run admin -- list`", "npm run admin has no list"],
    ["`vpn-broker make acme`", "vpn-broker has no make acme"],
    ["`vpn-broker tenants`", "vpn-broker has no tenants"],
    ["`vpn-broker admin key make acme`", "vpn-broker has no admin key make acme"],
    [sh("vpn-broker list --json | vpn-broker watch --colour red"), "vpn-broker has no --colour"],
    [sh("KEY=x vpn-broker get ID --wait"), "vpn-broker has no --wait"],
    ["`vpn-broker --colour`", "vpn-broker has no --colour"],
    ["`DATA_FOLDER`", "no part of the broker reads DATA_FOLDER"],
    [sh('echo "$SOME_THING"'), "no part of the broker reads SOME_THING"],
    ["`DELETE /v1/vpn-connections/{id}`", "there is no route DELETE /v1/vpn-connections/{id}"],
    ["`/v1/tunnels`", "there is no route /v1/tunnels"],
    [sh("curl http://127.0.0.1:3000/v1/connections"), "there is no route /v1/connections"],
    ["x".repeat(161), "is wider than 160 columns"],
  ];

  it("refuses what is not", async () => {
    const { code, lines } = await check(planted.map(([text]) => text));
    const found = lines.slice(0, -1).map((line) => line.replace(/^(\d+\.md):\d+/, "$1"));
    expect(found).toEqual(planted.map(([, flaw], index) => `${index}.md: ${flaw}`));
    expect(code).toBe(1);
  });
});
