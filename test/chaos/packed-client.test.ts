import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const shell = process.platform === "win32";

const program = `
import { type Connection, createClient, type CreateRequest, VpnBrokerError } from "@vpn-broker/client";
import type { WebhookEvent, verifyWebhook } from "@vpn-broker/client/webhooks";

export const verify = (verifyWith: typeof verifyWebhook): WebhookEvent["type"] => verifyWith("whsec_", {}, "{}").type;

const fetch = () => Promise.resolve(Response.json({ items: [{ id: "a" }] }));
const client = createClient({ url: "https://broker.example", apiKey: "key", fetch });
for await (const { id } of client.list({ status: ["failed"] })) console.log(id satisfies Connection["id"]);

// @ts-expect-error: a request without its gateway is none.
export const half: CreateRequest = { provider: "alibaba", region: "cn-shanghai", name: "hq" };
export const isOurs = (error: unknown) => error instanceof VpnBrokerError && error.code;
`;

describe("the packed client, in a project that installs it", () => {
  let project: string;
  const run = (command: string, ...options: string[]) =>
    execFileSync(command, options, { cwd: project, encoding: "utf8", shell, stdio: ["ignore", "pipe", "pipe"] });

  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), "vpn-broker-client-"));
    run(process.execPath, join(root, "scripts", "build-client.mjs"), join(project, "built"));
    const [{ filename }] = JSON.parse(run("npm", "pack", "./built", "--json")) as [{ filename: string }];
    writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
    writeFileSync(join(project, "program.ts"), program);
    const options = {
      target: "es2023",
      module: "nodenext",
      lib: ["es2023", "dom"],
      types: [],
      strict: true,
      outDir: "out",
    };
    writeFileSync(
      join(project, "tsconfig.json"),
      JSON.stringify({ compilerOptions: options, include: ["program.ts"] }),
    );
    run("npm", "install", `./${filename}`, "--offline", "--ignore-scripts", "--no-audit", "--no-fund");
  });
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it("needs nothing else", () => {
    const lock = JSON.parse(readFileSync(join(project, "package-lock.json"), "utf8")) as { packages: object };
    expect(Object.keys(lock.packages)).toEqual(["", "node_modules/@vpn-broker/client"]);
  });

  it("type-checks without Node's types, its own declarations too, and runs", () => {
    expect(run(process.execPath, join(root, "node_modules", "typescript", "bin", "tsc"))).toBe("");
    expect(run(process.execPath, "out/program.js")).toBe("a\n");
  });
});
