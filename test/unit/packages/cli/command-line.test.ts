import { describe, expect, it } from "vitest";
import { runCommand } from "../../../support/cli.ts";

/** Nothing listens there, and a unit test could not dial it. */
const environment = { VPN_BROKER_URL: "http://127.0.0.1:9", VPN_BROKER_API_KEY: "vpb_secret" };

const run = (line: string) => runCommand(line.split(" ").filter(Boolean), environment);

describe("a wrong command line", () => {
  const cases: [line: string, complaint: RegExp, command: string][] = [
    ["nonsense", /^unknown command 'nonsense'/, "vpn-broker"],
    ["tenants", /^unknown command 'tenants'/, "vpn-broker"],
    ["lst", /\(Did you mean list\?\)/, "vpn-broker"],
    ["admin nonsense", /^unknown command 'nonsense'/, "vpn-broker admin"],
    ["admin keys", /^missing required argument 'tenant'/, "vpn-broker admin keys"],
    ["admin keys acme other", /^too many arguments for 'keys'/, "vpn-broker admin keys"],
    ["admin keys Acme", /^a tenant's name must be/, "vpn-broker admin keys"],
    ["admin keys ..", /^a tenant's name must be/, "vpn-broker admin keys"],
    ["admin tenant set", /^missing required argument 'tenant'/, "vpn-broker admin tenant set"],
    ["admin tenant acme --nonsense", /^unknown option '--nonsense'/, "vpn-broker admin tenant"],
    ["admin tenant acme --nonsense=vpb_secret", /^unknown option '--nonsense=vpb_…'/, "vpn-broker admin tenant"],
    ["admin tenant acme --url", /^option '--url <url>' argument missing/, "vpn-broker admin tenant"],
    ["admin tenant acme --url nowhere", /^--url must be an http or https URL/, "vpn-broker admin tenant"],
    [
      "admin tenant set acme --most-open 0",
      /^--most-open must be a whole number from 1/,
      "vpn-broker admin tenant set",
    ],
    [
      "admin tenant set acme --credentials aws=one",
      /^--credentials must be alibaba=REF or tencent=REF/,
      "vpn-broker admin tenant set",
    ],
    ["admin tenant set acme --gateway * --no-gateways", /exclude each other/, "vpn-broker admin tenant set"],
    [
      "admin tenant set acme --gateway * --gateway aws/x/y",
      /^--gateway aws\/x\/y names no vendor of the broker's/,
      "vpn-broker admin tenant set",
    ],
    ["admin tenant set acme --gateway alibaba/shanghai/*", /can match no region/, "vpn-broker admin tenant set"],
    [
      "admin tenant set acme --webhook-url https://x --no-webhook-url",
      /exclude each other/,
      "vpn-broker admin tenant set",
    ],
    [
      "admin tenant set acme --no-webhook-url --webhook-url https://x",
      /exclude each other/,
      "vpn-broker admin tenant set",
    ],
    [
      "admin tenant suspend acme",
      /^required option '--reason <text>' not specified/,
      "vpn-broker admin tenant suspend",
    ],
    ["admin key create acme --scope admin", /^required option '--name <name>'/, "vpn-broker admin key create"],
    ["admin key create acme --name ci", /^required option '--scope <scope>'/, "vpn-broker admin key create"],
    [
      "admin key create acme --name ci --scope root",
      /^--scope must be one of connections:write/,
      "vpn-broker admin key create",
    ],
    [
      "admin key create acme --name ci --scope admin --rate 5",
      /^--rate and --burst go together/,
      "vpn-broker admin key create",
    ],
    [
      "admin key create acme --name ci --scope admin --expires soon",
      /^--expires must be a duration/,
      "vpn-broker admin key create",
    ],
    ["admin key rotate acme", /^missing required argument 'keyId'/, "vpn-broker admin key rotate"],
    ["admin key rotate acme vpb_secret", /^a key is named by its id/, "vpn-broker admin key rotate"],
    ["admin key revoke acme key_../../other", /^a key is named by its id/, "vpn-broker admin key revoke"],
    ["admin key rotate acme key_1 --grace 1w", /^--grace must be a duration/, "vpn-broker admin key rotate"],
    ["admin audit --limit 0", /^--limit must be a whole number from 1/, "vpn-broker admin audit"],
    ["admin audit --limit 5 --all", /exclude each other/, "vpn-broker admin audit"],
    ["admin audit --tenant Acme", /^a tenant's name must be/, "vpn-broker admin audit"],
    ["admin bootstrap --tenant acme", /^required option '--table <table>'/, "vpn-broker admin bootstrap"],
    ["admin bootstrap --table one", /^required option '--tenant <tenant>'/, "vpn-broker admin bootstrap"],
    ["admin bootstrap --table one --tenant acme --name -", /^--name must be 1 to 64/, "vpn-broker admin bootstrap"],
    [
      "admin fingerprint-keys rotate",
      /^--table TABLE, or --data-dir DIR of a local stack, is missing/,
      "vpn-broker admin fingerprint-keys rotate",
    ],
    [
      "admin fingerprint-keys rotate --table one",
      /^--tenant TENANT is missing/,
      "vpn-broker admin fingerprint-keys rotate",
    ],
    [
      "admin fingerprint-keys rotate --table one --data-dir two",
      /exclude each other/,
      "vpn-broker admin fingerprint-keys rotate",
    ],
    ["admin fingerprint-keys usage", /^required option '--table <table>'/, "vpn-broker admin fingerprint-keys usage"],
  ];

  it.each(cases)("%j is told, and nobody is asked", async (line, complaint, command) => {
    const { code, stdout, stderr } = await run(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(complaint);
    expect(stderr.endsWith(`\n${command} --help says how it is called.\n`)).toBe(true);
    expect(stderr).not.toContain("vpb_secret");
  });

  it("is told in one document with --json, wherever that stands", async () => {
    for (const [line, complaint] of cases) {
      for (const given of [`${line} --json`, `--json ${line}`]) {
        const { code, stdout, stderr } = await run(given);
        // What takes --json for its value is another mistake.
        if (line.endsWith("--url") && given.endsWith("--json")) continue;
        expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
        const { error } = JSON.parse(stderr) as { error: { code: string; message: string; exitCode: number } };
        expect(error).toEqual({ code: "usage", message: expect.stringMatching(complaint) as string, exitCode: 2 });
        expect(stderr).not.toContain("vpb_secret");
      }
    }
  });

  it.each([
    ["", "vpn-broker", /one of create, dry-run/],
    ["admin", "vpn-broker admin", /one of tenants, tenant, webhook-secret/],
    ["admin key", "vpn-broker admin key", /one of create, rotate, revoke/],
    ["admin fingerprint-keys", "vpn-broker admin fingerprint-keys", /one of create, rotate, usage/],
  ])("%j lacks a command: help on stderr, or a document that names them", async (line, command, message) => {
    const { code, stdout, stderr } = await run(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.startsWith(`Usage: ${command} `)).toBe(true);
    expect(stderr).not.toContain("vpb_secret");
    const document = await run(`${line} --json`);
    expect(document).toMatchObject({ code: 2, stdout: "" });
    expect(JSON.parse(document.stderr)).toEqual({
      error: { code: "usage", message: expect.stringMatching(message) as string, exitCode: 2 },
    });
  });

  it("has nothing on stdin where a person sits at it", async () => {
    const line = "admin fingerprint-keys rotate --table one --tenant acme";
    const ended = await runCommand(line.split(" "), environment);
    expect(ended).toMatchObject({ code: 2, stdout: "" });
    expect(ended.stderr).toMatch(/^give the JSON of the keys on stdin\n/);
  });
});

describe("help", () => {
  /** The names of the commands in a help text. */
  function namesIn(help: string): string[] {
    const less = help.replace(/\nArguments:\n[^]*?\n\n/, "");
    return [...less.matchAll(/^ {2}([a-z][a-z-]+)(?: [[<]\S+)* {2,}\S/gm)].map(([, name = ""]) => name);
  }

  it("is there for all and for each, and fits a wide terminal", async () => {
    const seen: string[] = [];
    const visit = async (path: readonly string[]): Promise<void> => {
      const one = await run([...path, "--help"].join(" "));
      expect(one).toMatchObject({ code: 0, stderr: "" });
      expect(one.stdout.startsWith(`Usage: ${["vpn-broker", ...path].join(" ")} `)).toBe(true);
      expect(one.stdout.split("\n").filter((line) => line.length > (path[0] === "admin" ? 120 : 125))).toEqual([]);
      seen.push(path.join(" "));
      const names = namesIn(one.stdout);
      for (const name of names.filter((other) => other !== "help")) {
        await visit([...path, name]);
        if (!names.includes("help")) continue;
        expect(await run([...path, "help", name].join(" "))).toEqual(await run([...path, name, "--help"].join(" ")));
      }
    };
    await visit([]);
    for (const name of ["list", "create", "admin tenant set", "admin key rotate", "admin fingerprint-keys usage"]) {
      expect(seen).toContain(name);
    }
  });
});
