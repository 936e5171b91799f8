import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { untilUp, useBrokers } from "../support/use-brokers.ts";

const readme = readFileSync(fileURLToPath(new URL("../../README.md", import.meta.url)), "utf8");
const blocks = [...readme.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block = ""]) => block);
const [create = "", ask = ""] = blocks.filter((block) => block.includes("VPN_BROKER_URL"));
const hasProgram = (name: string) => spawnSync(name, ["--version"]).error === undefined;
const shells = ["bash", "zsh"].filter(hasProgram);

const { dataDir, start } = useBrokers();

/** What is printed when these are pasted one after the other, in a shell that has nothing but a path. */
async function paste(shell: string, ...blocks: string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(shell, ["-c", blocks.join("\n")], {
    // Another home: what a person set there is not what is looked at.
    env: { PATH: process.env["PATH"], HOME: dataDir() },
  });
  expect(stderr).toBe("");
  return stdout;
}

const apiKey = "a'$HOME`key`!";

it.runIf(hasProgram("curl"))(
  "the README's first request can be pasted as it stands, twice, after what a start prints",
  async () => {
    const broker = start({ LOCAL_TIME_SCALE: "0.05", VPN_BROKER_API_KEY: apiKey });
    const { url } = await untilUp(broker);
    const [exports = ""] = broker.output().match(/^ *export .*$/m) ?? [];
    expect(exports).toContain(` VPN_BROKER_URL=${url} VPN_BROKER_API_KEY=`);
    // Steps are for people at a terminal.
    expect(broker.output()).not.toContain("…");

    for (const shell of shells) {
      expect(await paste(shell, exports, create)).toMatch(/^\{"id":.*\}\n202\n$/);
      await expect.poll(() => paste(shell, exports, ask)).toMatch(/^"status":"succeeded"$/m);
      const asked = await paste(shell, exports, exports, ask, ask);
      const [, connection = ""] = asked.match(/^"providerConnectionId":"(vco-\w+)"$/m) ?? [];
      expect(connection).not.toBe("");
      const again = await paste(shell, exports, create, create);
      expect(again.match(/\n202$/gm)).toHaveLength(2);
      expect(again.split(`"providerConnectionId":"${connection}"`)).toHaveLength(3);
    }
    const wrongKey = `export VPN_BROKER_URL=${url} VPN_BROKER_API_KEY=vpb_wrong`;
    expect(await paste("bash", wrongKey, create)).toMatch(/\n401\n$/);
    expect(await paste("bash", wrongKey, ask)).toMatch(/^"detail":".+"\n$/);
  },
);
