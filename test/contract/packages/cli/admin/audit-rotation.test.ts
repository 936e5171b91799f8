import { describe, expect, it } from "vitest";
import { createAuditLog } from "../../../../../functions/aws/audit-log.ts";
import { auditPage } from "../../../../../functions/contract/schemas/audit.ts";
import { auditRotation } from "../../../../../local/audit-rotation.ts";
import { createFakeClock } from "../../../../fakes/fake-clock.ts";
import { createMemoryAuditLog } from "../../../../fakes/memory-audit-log.ts";
import { runCommand } from "../../../../support/cli.ts";
import { useTestTable } from "../../../../support/use-test-table.ts";

const storage = useTestTable();
const keys = { current: "old", keys: { old: Buffer.alloc(32, 1).toString("base64") } };

/** The command with these keys on stdin, against the table's server. */
async function rotate(table: string, ...more: string[]) {
  const endpoint = await storage().client.config.endpoint?.();
  const line = ["admin", "fingerprint-keys", "rotate", "--table", table, "--tenant", "operators", ...more];
  const environment = { AWS_ENDPOINT_URL_DYNAMODB: `http://${endpoint?.hostname}:${endpoint?.port}` };
  return runCommand(line, environment, { stdin: JSON.stringify(keys) });
}

const entries = () => createAuditLog(storage()).list({ limit: 9 });

describe("rotating the HMAC keys of a deployment", () => {
  it("is in the audit log with why, and no key is", async () => {
    const { code, stdout, stderr } = await rotate(storage().table, "--reason", "the yearly one");
    const rotated = JSON.parse(stdout) as typeof keys;
    const log = await entries();
    expect(code).toBe(0);
    expect(stderr).toBe(`The current key is ${rotated.current}; there are 2.\n`);
    expect(log.items).toMatchObject([
      {
        action: "fingerprint_keys.rotate",
        tenant: "operators",
        by: { keyId: "bootstrap" },
        reason: "the yearly one",
        details: { current: rotated.current, keys: 2 },
      },
    ]);
    expect(auditPage.safeParse(log).error).toBeUndefined();
    for (const key of Object.values(rotated.keys)) expect(JSON.stringify(log)).not.toContain(key);
  });

  it("shows no new key when it cannot be audited", async () => {
    expect(await rotate("nowhere")).toEqual({
      code: 1,
      stdout: "",
      stderr: "There is no table nowhere in this AWS account and region.\n",
    });
  });
});

describe("rotating the HMAC keys of a local stack", () => {
  it("is audited by the start that takes the new one up, once, and a first key is no rotation", async () => {
    const deps = { audit: createMemoryAuditLog(), clock: createFakeClock() };
    await auditRotation(deps, keys);
    expect(deps.audit.entries).toEqual([]);
    const rotated = { current: "new", keys: { ...keys.keys, new: Buffer.alloc(32, 2).toString("base64") } };
    for (let start = 1; start <= 2; start += 1) await auditRotation(deps, rotated);
    expect(deps.audit.entries).toMatchObject([
      { action: "fingerprint_keys.rotate", tenant: "local", details: { current: "new", keys: 2 } },
    ]);
    expect(auditPage.safeParse({ items: deps.audit.entries }).error).toBeUndefined();
  });
});
