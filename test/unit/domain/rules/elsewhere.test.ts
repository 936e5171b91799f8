import { expect, it } from "vitest";
import { capabilities } from "../../../../functions/domain/provider/capabilities.ts";
import { elsewhere } from "../../../../functions/domain/rules/elsewhere.ts";

const verbs = ["does", "do"] as const;
const vendors = ["Alpha", "Beta", "Gamma"].map((title) => ({ ...capabilities.alibaba, title }));
const among = (...titles: string[]) => elsewhere(({ title }) => titles.includes(title), verbs, vendors);

it("names everybody who can, with the verb in the right number", () => {
  expect(among("Beta")).toBe("; Beta does");
  expect(among("Alpha", "Gamma")).toBe("; Alpha and Gamma do");
  expect(among("Alpha", "Beta", "Gamma")).toBe("; Alpha, Beta and Gamma do");
});

it("says nothing where nobody can", () => {
  expect(among()).toBe("");
});

it("knows the vendors of the table, and verbs that are the same in both numbers", () => {
  expect(elsewhere((vendor) => vendor === capabilities.tencent, ["can"])).toBe("; Tencent Cloud can");
  expect(elsewhere(() => true, ["can"])).toBe("; Alibaba Cloud and Tencent Cloud can");
});
