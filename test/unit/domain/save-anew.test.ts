import { describe, expect, it } from "vitest";
import { StaleRecordError } from "../../../functions/domain/errors.ts";
import { saveAnew } from "../../../functions/domain/save-anew.ts";

/** Saves that are stale so many times; what they were given, and how often it was read anew. */
function createRace(stale: number) {
  const saved: [known: string, tries: number][] = [];
  let reads = 0;
  const save = async (known: string, tries: number) => {
    saved.push([known, tries]);
    if (saved.length <= stale) throw new StaleRecordError("written by somebody else");
    return `${known}, saved`;
  };
  const reread = async () => `read ${(reads += 1)}`;
  return { saved, save, reread, reads: () => reads };
}

describe("what follows from something read", () => {
  it("is saved without reading it again when nobody wrote in between", async () => {
    const { saved, save, reread, reads } = createRace(0);
    expect(await saveAnew("known", save, reread)).toBe("known, saved");
    expect([saved, reads()]).toEqual([[["known", 1]], 0]);
  });

  it("follows anew from what somebody else wrote, as often as it takes up to five times", async () => {
    const { saved, save, reread } = createRace(4);
    expect(await saveAnew("known", save, reread)).toBe("read 4, saved");
    expect(saved).toEqual([
      ["known", 1],
      ["read 1", 2],
      ["read 2", 3],
      ["read 3", 4],
      ["read 4", 5],
    ]);
  });

  it("is given up after that, without another read", async () => {
    const { save, reread, reads } = createRace(5);
    await expect(saveAnew("known", save, reread)).rejects.toBeInstanceOf(StaleRecordError);
    expect(reads()).toBe(4);
  });

  it("is not saved at all when reading it again says so, be that with the same error", async () => {
    const { saved, save } = createRace(1);
    const overtaken = new StaleRecordError("not this run's any more");
    await expect(saveAnew("known", save, () => Promise.reject(overtaken))).rejects.toBe(overtaken);
    expect(saved).toHaveLength(1);
  });

  it("is not tried again after any other failure", async () => {
    const failed = new Error("no storage");
    const { reread, reads } = createRace(0);
    await expect(saveAnew("known", () => Promise.reject(failed), reread)).rejects.toBe(failed);
    expect(reads()).toBe(0);
  });
});
