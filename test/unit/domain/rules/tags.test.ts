import { expect, it } from "vitest";
import { edit } from "../../../generators/json-edit.ts";
import { validAlibabaRequest, validTencentRequest } from "../../../support/create-requests.ts";
import { flaw, flawsOf } from "../../../support/flaws.ts";

const tagged = (tags: Record<string, string>) => ({
  alibaba: flawsOf(edit(validAlibabaRequest(), { "/tags": tags })),
  tencent: flawsOf(edit(validTencentRequest(), { "/tags": tags })),
});

it.each(["qcs:team", "project", "projectTeam", "项目组"])(
  "the tag key %s is reserved at Tencent Cloud alone",
  (key) => {
    expect(tagged({ [key]: "" })).toEqual({
      alibaba: [],
      tencent: [flaw(`/tags/${key}`, "the key is reserved by Tencent Cloud")],
    });
  },
);

it.each([
  ["a*", "b"],
  ["a", "b*"],
  ["a|b", ""],
  ["🔑", ""],
  [" a", ""],
  ["a ", ""],
  ["a", " b"],
  ["a", "b "],
])("the tag %s=%s has a character that only Alibaba Cloud takes", (key, value) => {
  expect(tagged({ [key]: value })).toEqual({
    alibaba: [],
    tencent: [flaw(`/tags/${key}`, "Tencent Cloud takes letters, digits, spaces inside and")],
  });
});

it("every script, digits, spaces inside and + - = . _ : / @ ( ) [ ] , ; > < 【 】 are taken by both", () => {
  expect(tagged({ "网络 é-+=._:/@()[],;><【】9": "值 + - = . _ : / @ ( ) [ ] , ; > < （：）" })).toEqual({
    alibaba: [],
    tencent: [],
  });
});

it.each(["Project", "my-tencent", "QCS:team", "my project"])("the tag key %s is taken by both", (key) => {
  expect(tagged({ [key]: "" })).toEqual({ alibaba: [], tencent: [] });
});
