import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BrokerProcess, startProcess } from "../support/broker-process.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** `nobody`, for whom permissions count; only root can become somebody else. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

let base: string;
let data: string;
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), "vpn-broker-"));
  chmodSync(base, 0o1777);
});
afterAll(() => rmSync(base, { recursive: true, force: true }));
beforeEach(() => {
  const own = mkdtempSync(join(base, "case-"));
  chmodSync(own, 0o755);
  data = join(own, "data");
});

/** What `npm start` prints and how it ends; every start here fails. */
async function failingStart(environment: Record<string, string>, uid?: number): Promise<string> {
  const child = spawn(process.execPath, ["--import", "tsx", "local/start.ts"], {
    cwd: root,
    env: { PATH: process.env["PATH"], HOME: base, TMPDIR: base, PORT: "0", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (printed += text));
  }
  const [code] = (await once(child, "close")) as [number];
  expect({ code, printed }).toMatchObject({ code: 1 });
  return printed;
}

const sentence = (text: string) => `The broker could not start: ${text}\n`;

describe("a DATA_DIR that cannot be one", () => {
  it("is a file", async () => {
    writeFileSync(data, "");
    const text = `${data} is not a folder; move it away, or set DATA_DIR to another folder`;
    expect(await failingStart({ DATA_DIR: data })).toBe(sentence(text));
    expect(await failingStart({ DATA_DIR: join(data, "below", "it") })).toBe(sentence(text));
  });

  it.runIf(process.platform === "linux")("is under /proc", async () => {
    const text = "nothing can be made in /proc; set DATA_DIR to another folder";
    expect(await failingStart({ DATA_DIR: "/proc/x/y" })).toBe(sentence(text));
  });

  it.runIf(process.platform === "linux")("is below a device", async () => {
    const text = "/dev/full is not a folder; move it away, or set DATA_DIR to another folder";
    expect(await failingStart({ DATA_DIR: "/dev/full/x" })).toBe(sentence(text));
  });

  it.runIf(isRoot)("is not for this user", async () => {
    mkdirSync(data, { mode: 0o700 });
    const text = new RegExp(
      `the user .*\\(65534\\) may not read and write ${data}; give that permission, or set DATA_DIR`,
    );
    expect(await failingStart({ DATA_DIR: data }, nobody)).toMatch(text);
    expect(await failingStart({ DATA_DIR: join(data, "below") }, nobody)).toMatch(text);
    chmodSync(data, 0o555);
    expect(await failingStart({ DATA_DIR: data }, nobody)).toMatch(text);
  });
});

describe("damaged data", () => {
  let kept: string;
  beforeAll(async () => {
    kept = join(base, "kept");
    const broker = startProcess("start", { DATA_DIR: kept, PORT: "0" });
    await broker.until(/API key/);
    broker.child.kill("SIGINT");
    expect(await broker.exited).toBe(0);
  });

  it.each<[string, string, string]>([
    [
      "table/CURRENT",
      "table",
      "the table could not start: the table's files in PLACE are damaged; remove that folder to start afresh, without its records",
    ],
    [
      "secrets.json",
      "secrets.json",
      "PLACE is damaged, or of another version; remove the folder DATA_DIR to start afresh",
    ],
    [
      "tencent.json",
      "tencent.json",
      "the simulator of tencent could not start: PLACE is damaged, or was written with another secret; remove it to start that cloud empty",
    ],
  ])("is told with what to do: %s", async (file, place, text) => {
    cpSync(kept, data, { recursive: true });
    writeFileSync(join(data, file), "garbage");
    const expected = text.replace("PLACE", join(data, place)).replace("folder DATA_DIR", `folder ${data}`);
    expect(await failingStart({ DATA_DIR: data })).toBe(sentence(expected));
  });

  it("is told from data whose secrets are missing", async () => {
    cpSync(kept, data, { recursive: true });
    rmSync(join(data, "secrets.json"));
    const text = "the table was written with another secrets.json than the one in DATA_DIR";
    expect(await failingStart({ DATA_DIR: data })).toBe(
      sentence(`${text}; put that file back, or start with an empty table`),
    );
  });

  it.runIf(isRoot)("is told from data that this user may not read", async () => {
    cpSync(kept, data, { recursive: true });
    const all = readdirSync(data, { recursive: true, encoding: "utf8" }).map((name) => join(data, name));
    for (const path of [data, ...all]) chownSync(path, nobody, nobody);
    const table = join(data, "table");
    chownSync(table, 0, 0);
    chmodSync(table, 0o700);
    expect(await failingStart({ DATA_DIR: data }, nobody)).toContain(`may not read and write ${table}; give that`);
    chmodSync(table, 0o777);
    chownSync(join(table, "CURRENT"), 0, 0);
    chmodSync(join(table, "CURRENT"), 0o600);
    expect(await failingStart({ DATA_DIR: data }, nobody)).toContain(
      `may not read and write ${join(table, "CURRENT")}; `,
    );
  });
});

describe("a DATA_DIR that another broker has", () => {
  let other: BrokerProcess;
  afterAll(async () => {
    other.child.kill("SIGINT");
    await other.exited;
  });

  it("is told with that broker's process", async () => {
    other = startProcess("start", { DATA_DIR: data, PORT: "0" });
    await other.until(/API key/);
    const who = process.platform === "linux" ? ` (process ${other.child.pid})` : "";
    const text = `the table could not start: ${join(data, "table")} is in use by another broker with the same DATA_DIR${who}; stop that one, or set DATA_DIR to another folder`;
    expect(await failingStart({ DATA_DIR: data })).toBe(sentence(text));
  });
});

describe("an address that cannot be listened on", () => {
  it("is told with what to set", async () => {
    const text = "HOST (203.0.113.77) is not an address of this computer; leave it out for 127.0.0.1";
    expect(await failingStart({ DATA_DIR: data, HOST: "203.0.113.77" })).toBe(sentence(text));
  });
});
