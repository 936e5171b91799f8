import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { builtCli, runCli } from "../support/cli.ts";

/** The file, and what it loads at once; what a command loads when it is called is not among them. */
function loadedAtOnce(file: string, seen = new Map<string, string>()): Map<string, string> {
  if (seen.has(file)) return seen;
  const text = readFileSync(file, "utf8");
  seen.set(file, text);
  const imports = text.matchAll(/(?:^|[;}\n])import(?:[^"'()]*from)?["'](\.[^"']+)["']/g);
  for (const [, path = ""] of imports) loadedAtOnce(join(dirname(file), path), seen);
  return seen;
}

it("starts without what only some commands use", () => {
  const loaded = [...loadedAtOnce(builtCli()).values()];
  expect(loaded.length).toBeGreaterThan(1);
  expect(loaded.join("").length).toBeLessThan(125_000);
  for (const word of ["ZodError", "DynamoDB_20120810", "StandardWebhooks"]) expect(loaded.join("")).not.toContain(word);
});

it("is a package that needs nothing beside it", async () => {
  const manifest: unknown = JSON.parse(readFileSync(join(dirname(builtCli()), "package.json"), "utf8"));
  expect(manifest).toMatchObject({ bin: { "vpn-broker": "vpn-broker.js" }, type: "module" });
  expect(manifest).not.toHaveProperty("dependencies");
  const version = (manifest as { version: string }).version;
  expect(await runCli(["--version"], {})).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});
