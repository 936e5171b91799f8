import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { projects } from "../../vitest.config.ts";

it("every test file stands in the folder of a project, or it would never run", () => {
  const folder = resolve(import.meta.dirname, "..");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => file.replaceAll("\\", "/"));
  const tests = files.filter((file) => file.endsWith(".test.ts"));
  expect(tests.length).toBeGreaterThan(100);
  expect(tests.filter((file) => !projects.some((name) => file.startsWith(`${name}/`)))).toEqual([]);
});
