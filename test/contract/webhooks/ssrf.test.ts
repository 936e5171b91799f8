import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { createServer, type Server } from "node:http";
import { type AddressInfo, getDefaultAutoSelectFamily, setDefaultAutoSelectFamily, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closedBlocks } from "../../../functions/domain/network/public-address.ts";
import { createSender, type Sent } from "../../../functions/webhooks/send.ts";
import { blocks, isIn, toBlock } from "../../support/closed-blocks.ts";
import { type Dials, watchDials } from "../../support/dials.ts";
import { createNames } from "../../support/names.ts";
import { good, rebindings, table } from "./ssrf.cases.ts";

const refused: Sent = { outcome: "refused: not a public address" };
const headers = { "webhook-id": "msg_1" };

let dials: Dials;
let listener: Server;
let port: number;
let connections = 0;

beforeAll(async () => {
  listener = createServer((request, response) => request.resume().on("end", () => response.writeHead(204).end()));
  listener.on("connection", () => (connections += 1));
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  ({ port } = listener.address() as AddressInfo);
});

afterAll(() => listener.close());

beforeEach(async () => {
  connections = 0;
  dials = await watchDials();
});

afterEach(() => dials.stop());

describe("in the cloud, nothing of this block is called, however it is spelled", () => {
  it.each(blocks.map(({ cidr }) => cidr))("%s", async (cidr) => {
    for (const { url, spelling, answers, asks } of table.filter((row) => row.block.cidr === cidr)) {
      const names = createNames(answers);
      const sent = await createSender({ allowLoopback: false, lookup: names.lookup })(url, headers, "{}");
      expect({ sent, asked: names.asked.length, dialled: dials.seen }, `${spelling}: ${url}`).toEqual({
        sent: refused,
        asked: asks ? 1 : 0,
        dialled: [],
      });
    }
  });

  it.each(rebindings)("a name is dialled where it was checked, and not at $bad, its next answer", async ({ bad }) => {
    const names = createNames([[good], [bad]]);
    const send = createSender({ allowLoopback: false, lookup: names.lookup });
    expect(await send("https://rebind.example.com:8443/", headers, "{}")).toEqual({
      outcome: "connection failed (ENETUNREACH)",
    });
    expect(names.asked).toEqual(["rebind.example.com"]);
    expect(await send("https://rebind.example.com:8443/", headers, "{}")).toEqual(refused);
    expect(dials.seen).toEqual([`${good}:8443`]);
  });
});

describe("in the cloud, a public IPv4 address is not called by way of IPv6 that carries it", () => {
  it.each([
    "::8.8.8.8",
    "::808:808",
    "::ffff:0:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::808:808",
    "2002:808:808::1",
    "2001:0:4136:e378:8000:63bf:f7f7:f7f7",
  ])("%s", async (address) => {
    const send = createSender({ allowLoopback: false, lookup: createNames([[address]]).lookup });
    expect(await send(`https://[${address}]/`, headers, "{}")).toEqual(refused);
    expect(await send("https://hooks.example.com/", headers, "{}")).toEqual(refused);
    expect(dials.seen).toEqual([]);
  });

  it("unless it is mapped, which the system takes for the address itself", async () => {
    const send = createSender({ allowLoopback: false, lookup: createNames([["::ffff:8.8.8.8"]]).lookup });
    expect((await send("https://hooks.example.com/", headers, "{}")).outcome).toMatch(/^connection failed/);
    expect(dials.seen).toEqual(["[::ffff:8.8.8.8]:443"]);
  });
});

describe("the table", () => {
  const known = [...blocks, ...closedBlocks.loopback.map(toBlock), ...closedBlocks.internal.map(toBlock)];

  it.each(known.map((block) => [block.cidr, block] as const))("has three spellings of %s at least", (_, block) => {
    const spellings = table.filter(({ address }) => isIn(block, address)).map(({ spelling }) => spelling);
    expect(new Set(spellings).size).toBeGreaterThanOrEqual(3);
  });

  it("spells what it says", () => {
    const spelled = table.filter(({ means }) => means !== undefined);
    expect(spelled.length).toBeGreaterThan(400);
    expect(spelled.map(({ url }) => new URL(url).hostname)).toEqual(spelled.map(({ means }) => means));
  });
});

describe("the names of this computer", () => {
  it.each([
    "localhost",
    "LOCALHOST",
    "localhost.",
    "localhost..",
    "foo.localhost",
    "a.b.LocalHost.",
    "%6cocalhost",
    "ｌｏｃａｌｈｏｓｔ",
  ])("are not even looked up: %s", async (host) => {
    const names = createNames([[good]]);
    const sent = await createSender({ allowLoopback: false, lookup: names.lookup })(`https://${host}/`, headers, "{}");
    expect({ sent, asked: names.asked, dialled: dials.seen }).toEqual({ sent: refused, asked: [], dialled: [] });
  });

  it("mean only this computer where the local stack allows it", async () => {
    const names = createNames([[good]]);
    const send = createSender({ allowLoopback: true, lookup: names.lookup });
    expect(await send(`http://foo.localhost:${port}/`, headers, "{}")).toEqual(refused);
    expect(await send(`http://foo.example.com:${port}/`, headers, "{}")).toEqual({ outcome: "refused: not https" });
    expect(dials.seen).toEqual([]);
  });
});

describe("a name that changes its answer", () => {
  const rebinding = (...answers: string[][]) => {
    const names = createNames(answers);
    const send = createSender({ allowLoopback: true, lookup: names.lookup });
    return { names, attempt: () => send(`http://rebind.localhost:${port}/`, headers, "{}") };
  };

  it("does not reach by its second answer what its first one hides", async () => {
    const { names, attempt } = rebinding(["10.0.0.1"], ["127.0.0.1"]);
    expect(await attempt()).toEqual(refused);
    expect({ asked: names.asked.length, connections, dialled: dials.seen }).toEqual({
      asked: 1,
      connections: 0,
      dialled: [],
    });
    // The listener would have heard it.
    expect(await attempt()).toEqual({ statusCode: 204, outcome: "ok" });
    expect({ asked: names.asked.length, connections }).toEqual({ asked: 2, connections: 1 });
  });

  it("is resolved once in an attempt, and dialled there", async () => {
    const { names, attempt } = rebinding(["127.0.0.1"], ["169.254.169.254"]);
    expect(await attempt()).toEqual({ statusCode: 204, outcome: "ok" });
    expect({ asked: names.asked.length, dialled: dials.seen }).toEqual({ asked: 1, dialled: [`127.0.0.1:${port}`] });
    expect(await attempt()).toEqual(refused);
    expect(dials.seen).toHaveLength(1);
  });

  it("is not dialled when it answers too late", async () => {
    let answer = (): void => undefined;
    const send = createSender({
      allowLoopback: true,
      attemptMilliseconds: 20,
      lookup: (_, __, callback) => (answer = () => callback(null, [{ address: "127.0.0.1", family: 4 }])),
    });
    expect(await send(`http://late.localhost:${port}/`, headers, "{}")).toEqual({
      outcome: "no answer in 0.02 seconds",
    });
    answer();
    await new Promise((resolve) => setImmediate(resolve));
    expect(dials.seen).toEqual([]);
  });
});

describe("a name with several addresses", () => {
  const several = [good, "2606:4700::1111", "198.41.0.4"];
  const attempt = (names: ReturnType<typeof createNames>) =>
    createSender({ allowLoopback: false, lookup: names.lookup })("https://several.example.com/", headers, "{}");

  it("is dialled at no other than them", async () => {
    const names = createNames([several, ["127.0.0.1"]]);
    expect((await attempt(names)).outcome).toBe("connection failed (ENETUNREACH)");
    expect(dials.seen.toSorted()).toEqual([`${good}:443`, "198.41.0.4:443", "[2606:4700::1111]:443"].toSorted());
    expect(names.asked).toHaveLength(1);
  });

  describe("of which the socket tries only one", () => {
    const usual = getDefaultAutoSelectFamily();
    beforeAll(() => setDefaultAutoSelectFamily(false));
    afterAll(() => setDefaultAutoSelectFamily(usual));

    it("is dialled at the first, and not when any other is refused", async () => {
      expect((await attempt(createNames([several]))).outcome).toBe("connection failed (ENETUNREACH)");
      expect(dials.seen).toEqual([`${good}:443`]);
      expect(await attempt(createNames([[...several, "10.0.0.1"]]))).toEqual(refused);
      expect(dials.seen).toHaveLength(1);
    });
  });

  it("is refused when there are none", async () => {
    expect(await attempt(createNames([[]]))).toEqual(refused);
  });
});

describe("the watch", () => {
  it.each([
    ["http, to an address", (at: number) => `http://127.0.0.1:${at}/`],
    ["http, to a name", (at: number) => `http://localhost:${at}/`],
    ["https, to an address", (at: number) => `https://127.0.0.1:${at}/`],
    ["https, to a name", (at: number) => `https://x.localhost:${at}/`],
  ])("sees a dial: %s", async (_, toUrl) => {
    const names = createNames([["127.0.0.1"]]);
    await createSender({ allowLoopback: true, lookup: names.lookup })(toUrl(port), headers, "{}");
    expect({ dialled: dials.seen, connections }).toEqual({ dialled: [`127.0.0.1:${port}`], connections: 1 });
  });

  it("sees a dial over IPv6", async () => {
    await createSender({ allowLoopback: true })(`http://[::1]:${port}/`, headers, "{}");
    expect(dials.seen).toEqual([`[::1]:${port}`]);
  });

  it("sees what net says that it tries", async () => {
    const tried: string[] = [];
    const follow = (message: unknown) => {
      const { socket } = message as { socket: Socket };
      socket.on("connectionAttempt", (address: string, at: number) => tried.push(`${address}:${at}`));
    };
    subscribe("net.client.socket", follow);
    await createSender({ allowLoopback: true })(`http://127.0.0.1:${port}/`, headers, "{}");
    unsubscribe("net.client.socket", follow);
    expect(tried).toEqual([`127.0.0.1:${port}`]);
    expect(dials.seen).toEqual(tried);
  });

  it("sees a dial to a public address, and keeps it from leaving", async () => {
    const sent = await createSender({ allowLoopback: false })(`https://${good}/`, headers, "{}");
    expect(sent).toEqual({ outcome: "connection failed (ENETUNREACH)" });
    expect(dials.seen).toEqual([`${good}:443`]);
  });
});
