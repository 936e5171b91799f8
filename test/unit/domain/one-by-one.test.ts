import { expect, it } from "vitest";
import { createOneByOne } from "../../../functions/domain/one-by-one.ts";

it("runs what is asked of one key in order, and other keys meanwhile, also after one has failed", async () => {
  const oneByOne = createOneByOne();
  const seen: string[] = [];
  let finish = () => {};
  const blocked = new Promise<void>((resolve) => (finish = resolve));
  const first = oneByOne("a", async () => {
    await blocked;
    seen.push("a1");
    throw new Error("failed");
  });
  const second = oneByOne("a", async () => seen.push("a2"));
  await oneByOne("b", async () => seen.push("b"));
  finish();
  await expect(first).rejects.toThrow("failed");
  await second;
  expect(seen).toEqual(["b", "a1", "a2"]);
  expect(await oneByOne("a", async () => "again")).toBe("again");
});
