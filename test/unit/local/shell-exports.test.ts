import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { toShellExports } from "../../../local/shell-exports.ts";

it("leaves as they are what no shell reads anything into", () => {
  const variables = { VPN_BROKER_URL: "http://127.0.0.1:3000", VPN_BROKER_API_KEY: "vpb_A-9_z" };
  const line = "export VPN_BROKER_URL=http://127.0.0.1:3000 VPN_BROKER_API_KEY=vpb_A-9_z";
  expect(toShellExports(variables)).toBe(line);
});

it.runIf(process.platform !== "win32")("sets exactly the value, whatever characters a key is made of", () => {
  const all = Array.from({ length: 0x7f - 0x21 }, (_, code) => String.fromCharCode(0x21 + code)).join("");
  const values = [all, "http://[::1]:3000", "'", "''a''", "~root", "$(id)", "a;b"];
  for (const value of values) {
    const script = `${toShellExports({ A: value, B: "after" })}\nprintf %s "$A|$B"`;
    expect(execFileSync("sh", ["-c", script], { encoding: "utf8" })).toBe(`${value}|after`);
  }
});
