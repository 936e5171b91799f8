import { describe, expect, it } from "vitest";
import { flaw, flawsOf } from "../../../support/flaws.ts";
import { edit } from "../../../support/json-edit.ts";
import { validAlibabaRequest } from "../../../support/create-requests.ts";

const pointer = "/callback/url";
const calledBack = (url: unknown, allowLoopbackCallbacks = false) =>
  flawsOf(edit(validAlibabaRequest(), { [pointer]: url }), { allowLoopbackCallbacks });

describe("a callback", () => {
  it.each(["https://hooks.example.com", "https://hooks.example.com:8443/a?b=c", "https://[2606:4700::1111]/"])(
    "may be %s",
    (url) => {
      expect(calledBack(url)).toEqual([]);
    },
  );

  it.each([
    "",
    "hooks.example.com",
    "//hooks.example.com",
    "ftp://hooks.example.com",
    "https://",
    "javascript:alert(1)",
  ])("must be an http or https URL: not '%s'", (url) =>
    expect(calledBack(url)).toEqual([flaw(pointer, "must be an http or https URL")]),
  );

  it("is at most 2048 characters long", () => {
    const url = "https://hooks.example.com/".padEnd(2048, "a");
    expect(calledBack(url)).toEqual([]);
    expect(calledBack(`${url}a`)).toEqual([flaw(pointer, "at most 2048 characters")]);
  });

  it("is called over https", () => {
    expect(calledBack("http://hooks.example.com/")).toEqual([flaw(pointer, "must be an https URL")]);
  });

  it.each(["http://localhost:3000/", "http://127.0.0.1:3000/", "http://[::1]:3000/"])(
    "may be %s where the local stack says so, and only there",
    (url) => {
      expect(calledBack(url, true)).toEqual([]);
      expect(calledBack(url, false)).toEqual([flaw(pointer, "must be an https URL")]);
    },
  );

  it.each([
    "http://localhost.example.com/",
    "http://127.0.0.1.example.com/",
    "http://10.0.0.1/",
    "http://192.168.1.1/",
  ])("is not taken for this computer: %s", (url) =>
    expect(calledBack(url, true)).toEqual([flaw(pointer, "must be an https URL")]),
  );

  it.each(["https://user@hooks.example.com/", "https://user:secret@hooks.example.com/", "http://:secret@localhost/"])(
    "carries no credentials, and they are not repeated: %s",
    (url) => {
      const flaws = calledBack(url, true);
      expect(flaws).toEqual([flaw(pointer, "must not carry a user name or password")]);
      expect(JSON.stringify(flaws)).not.toContain("secret");
    },
  );
});
