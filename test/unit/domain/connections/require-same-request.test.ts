import { describe, expect, it, vi } from "vitest";
import { acceptConnection } from "../../../../functions/domain/connections/accept-connection.ts";
import { requireSameRequest } from "../../../../functions/domain/connections/require-same-request.ts";
import { StaleRecordError } from "../../../../functions/domain/errors.ts";
import { createOneByOne } from "../../../../functions/domain/one-by-one.ts";
import { toResource } from "../../../../functions/domain/record/to-resource.ts";
import type { CreateRequest } from "../../../../functions/domain/request/create-request.ts";
import { edit } from "../../../generators/json-edit.ts";
import { createAcceptDeps, testActor, testSettings } from "../../../support/accepting.ts";
import { validAlibabaRequest, validDualTunnelRequest } from "../../../support/create-requests.ts";
import { refusalOf } from "../../../support/refusal.ts";

const pointer = "/tunnels/0/preSharedKey";
const right = validAlibabaRequest();
const guess = (key: string, changes: Record<string, unknown> = {}) =>
  edit(right, { [pointer]: key, ...changes }) as CreateRequest;
const hours = (count: number) => count * 3_600_000;
const maySay = /compared too often; read it by its id/;

async function createRecorded(first: CreateRequest = right) {
  const deps = createAcceptDeps();
  const post = (request: CreateRequest, oneByOne = deps.oneByOne) =>
    acceptConnection({ ...deps, oneByOne }, { actor: testActor, settings: testSettings, request });
  const { record } = await post(first);
  const save = vi.spyOn(deps.store, "save");
  const stored = async () => {
    const now = await deps.store.get(record.id);
    if (!now) throw new Error("it is gone");
    return now;
  };
  return { ...deps, post, record, save, stored, codeOf: async (request: CreateRequest) => codeOf(post(request)) };
}

async function codeOf(asked: Promise<unknown>): Promise<string> {
  return asked.then(
    () => "replayed",
    (error: { code?: string; name: string }) => error.code ?? error.name,
  );
}

async function bar(recorded: Awaited<ReturnType<typeof createRecorded>>) {
  for (let n = 1; n <= 5; n += 1) expect(await recorded.codeOf(guess(`wrong-${n}`))).toBe("idempotency_mismatch");
}

describe("a replay with the right secret", () => {
  it("costs no write and no entry of the audit log", async () => {
    const { codeOf: post, save, audit, stored, record } = await createRecorded();
    expect(await post(right)).toBe("replayed");
    expect(save).not.toHaveBeenCalled();
    expect(audit.entries).toEqual([]);
    expect(await stored()).toEqual(record);
  });

  it("that differs elsewhere costs none either, and tells of the difference alone", async () => {
    const { post, save } = await createRecorded();
    const refusal = await refusalOf(post(guess("", { "/name": "other", [pointer]: right.tunnels[0]?.preSharedKey })));
    expect(refusal.errors.map((flaw) => flaw.pointer)).toEqual(["/name"]);
    expect(save).not.toHaveBeenCalled();
  });
});

describe("a wrong secret", () => {
  it("is counted on the record and audited before it is told, and nobody sees the count", async () => {
    const { post, audit, stored, record, clock } = await createRecorded();
    clock.advance(1000);
    const refusal = await refusalOf(post(guess("MARKER")));
    expect(refusal.errors.map((flaw) => flaw.pointer)).toEqual([pointer]);
    const { wrongSecrets, ...rest } = await stored();
    expect(wrongSecrets).toEqual(["2026-01-01T00:00:01.000Z"]);
    expect(rest).toEqual({ ...record, version: record.version + 1 });
    expect(toResource(await stored())).toEqual(toResource(record));
    expect(audit.entries).toEqual([
      expect.objectContaining({
        action: "pre_shared_keys.mismatch",
        tenant: "acme",
        target: record.id,
        by: testActor,
        details: { pointers: [pointer] },
      }),
    ]);
    expect(JSON.stringify([audit.entries, await stored()])).not.toContain("MARKER");
  });

  it("is counted as well where the request differs elsewhere", async () => {
    const { post, stored } = await createRecorded();
    const refusal = await refusalOf(post(guess("wrong", { "/name": "other" })));
    expect(refusal.errors.map((flaw) => flaw.pointer).toSorted()).toEqual(["/name", pointer]);
    expect((await stored()).wrongSecrets).toHaveLength(1);
  });

  it.each(["the count", "the audit entry"])("is not told when %s cannot be written", async (what) => {
    const { codeOf: post, store, audit } = await createRecorded();
    const refuse = () => Promise.reject(Object.assign(new Error("no storage"), { name: "Unwritten" }));
    if (what === "the count") store.save = refuse;
    else audit.append = refuse;
    expect(await post(guess("wrong"))).toBe("Unwritten");
  });

  it("is not told when others write the record each time", async () => {
    const { codeOf: post, store } = await createRecorded();
    store.save = () => Promise.reject(new StaleRecordError("written by somebody else"));
    expect(await post(guess("wrong"))).toBe("StaleRecord");
  });

  it("is none where there is nothing to compare it with: the broker made that key", async () => {
    const first = edit(right, { [pointer]: undefined }) as CreateRequest;
    const { post, save } = await createRecorded(first);
    expect((await refusalOf(post(right))).errors.map((flaw) => flaw.pointer)).toEqual([pointer]);
    expect(save).not.toHaveBeenCalled();
  });
});

describe("after five wrong secrets in a day", () => {
  it("every replay that carries a secret is a conflict, right or wrong, and nothing more is written", async () => {
    const recorded = await createRecorded();
    await bar(recorded);
    recorded.save.mockClear();
    for (const request of [right, guess("wrong"), guess("wrong", { "/name": "other" }), { ...right, name: "other" }]) {
      const refusal = await refusalOf(recorded.post(request));
      expect([refusal.code, refusal.message, refusal.errors]).toEqual(["conflict", expect.stringMatching(maySay), []]);
    }
    expect(recorded.save).not.toHaveBeenCalled();
    expect(recorded.audit.entries).toHaveLength(5);
  });

  it("one that carries none is told as ever", async () => {
    const recorded = await createRecorded();
    await bar(recorded);
    const refusal = await refusalOf(recorded.post(edit(right, { [pointer]: undefined }) as CreateRequest));
    expect([refusal.code, refusal.errors.map((flaw) => flaw.pointer)]).toEqual(["idempotency_mismatch", [pointer]]);
  });

  it("it is so for a day from the fifth on, and then there are five again", async () => {
    const recorded = await createRecorded();
    for (let n = 1; n <= 4; n += 1) await recorded.codeOf(guess("wrong"));
    recorded.clock.advance(hours(23));
    expect(await recorded.codeOf(guess("wrong"))).toBe("idempotency_mismatch");
    recorded.clock.advance(hours(24) - 1);
    expect(await recorded.codeOf(right)).toBe("conflict");
    recorded.clock.advance(1);
    expect(await recorded.codeOf(right)).toBe("replayed");
    await bar(recorded);
    expect(await recorded.codeOf(right)).toBe("conflict");
  });

  it("those that came more than a day before do not count", async () => {
    const recorded = await createRecorded();
    for (let n = 1; n <= 4; n += 1) await recorded.codeOf(guess("wrong"));
    recorded.clock.advance(hours(24));
    await bar(recorded);
    expect(await recorded.codeOf(right)).toBe("conflict");
  });
});

describe("with two tunnels", () => {
  const second = "/tunnels/1/preSharedKey";
  const both = edit(validDualTunnelRequest(), { "/clientToken": "token-2", [pointer]: "first", [second]: "second" });
  const wrong = edit(both, { [pointer]: "wrong", [second]: "wrong" }) as CreateRequest;

  it("each wrong secret counts, and a sixth is not told", async () => {
    const { post, stored, codeOf: code } = await createRecorded(both as CreateRequest);
    const pointersOf = async () => (await refusalOf(post(wrong))).errors.map((flaw) => flaw.pointer);
    expect([await pointersOf(), await pointersOf(), await pointersOf()]).toEqual([
      [pointer, second],
      [pointer, second],
      [pointer],
    ]);
    expect((await stored()).wrongSecrets).toHaveLength(5);
    expect(await code(both as CreateRequest)).toBe("conflict");
  });
});

describe("many guesses at once", () => {
  const guesses = (count: number) => [...Array.from({ length: count - 1 }, (_, n) => guess(`wrong-${n}`)), right];
  const told = (codes: readonly string[]) => codes.filter((code) => code !== "conflict" && code !== "StaleRecord");

  it("get no more than five answers, the right one among them or not", async () => {
    const { post } = await createRecorded();
    const codes = await Promise.all(guesses(50).map((request) => codeOf(post(request))));
    expect(told(codes)).toEqual(Array.from({ length: 5 }, () => "idempotency_mismatch"));
    expect(codes.at(-1)).toBe("conflict");
  });

  it("get no more from several processes, where ever a wrong one was counted", async () => {
    const { post, stored } = await createRecorded();
    await codeOf(post(guess("wrong")));
    // Each in a process of its own: they all read the record before any of them writes it.
    const codes = await Promise.all(guesses(50).map((request) => codeOf(post(request, createOneByOne()))));
    expect(told(codes).length).toBeLessThanOrEqual(5);
    expect((await stored()).wrongSecrets?.length).toBeLessThanOrEqual(5);
  });

  it("may not use what a process read before others were told of theirs", async () => {
    const recorded = await createRecorded();
    await recorded.codeOf(guess("wrong"));
    const existing = await recorded.stored();
    for (let n = 2; n <= 5; n += 1) await recorded.codeOf(guess("wrong"));
    const asked = requireSameRequest(recorded, { actor: testActor, existing, request: right });
    expect(await codeOf(asked)).toBe("conflict");
  });

  it("are told of no more wrong ones from several processes, where none was counted before", async () => {
    const { post } = await createRecorded();
    const codes = await Promise.all(guesses(50).map((request) => codeOf(post(request, createOneByOne()))));
    expect(codes.filter((code) => code === "idempotency_mismatch").length).toBeLessThanOrEqual(5);
  });
});
