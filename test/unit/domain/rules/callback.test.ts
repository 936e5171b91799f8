import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callbackFlaws } from "../../../../functions/domain/rules/callback.ts";
import { edit } from "../../../generators/json-edit.ts";
import { arbitraryAddress, isPublic, spellingsOf } from "../../../support/closed-blocks.ts";
import { validAlibabaRequest } from "../../../support/create-requests.ts";
import { flaw, flawsOf } from "../../../support/flaws.ts";

const pointer = "/callback/url";
const calledBack = (url: unknown, allowLoopbackCallbacks = false) =>
  flawsOf(edit(validAlibabaRequest(), { [pointer]: url }), { allowLoopbackCallbacks });

describe("a callback", () => {
  it.each([
    "https://hooks.example.com",
    "https://hooks.example.com:443/",
    "https://hooks.example.com:8443/a?b=c#d",
    "https://[2606:4700::1111]/",
    "https://8.8.8.8/",
    "https://localhost.example.com/",
  ])("may be %s", (url) => {
    expect(calledBack(url)).toEqual([]);
    expect(calledBack(url, true)).toEqual([]);
  });

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

  it.each([80, 22, 444, 4433, 8080, 8444, 65535])("is called on port 443 or 8443: not on %i", (port) => {
    const flaws = [flaw(pointer, "must use port 443 or 8443")];
    expect(calledBack(`https://hooks.example.com:${port}/`)).toEqual(flaws);
    expect(calledBack(`https://8.8.8.8:${port}/`, true)).toEqual(flaws);
  });

  it.each([
    "http://localhost:3000/",
    "http://hooks.localhost:3000/",
    "http://127.0.0.1:3000/",
    "http://127.8.9.1/",
    "http://[::1]:3000/",
    "http://[::ffff:127.0.0.1]:3000/",
    "https://localhost:3000/",
  ])("may be %s where the local stack says so, and only there", (url) => {
    expect(calledBack(url, true)).toEqual([]);
    expect(calledBack(url.replace("http:", "https:"))).toEqual([flaw(pointer, "must be a public address")]);
    expect(calledBack(url.replace("https:", "http:"))).toEqual([flaw(pointer, "must be an https URL")]);
  });

  it.each([
    "http://localhost.example.com/",
    "http://notlocalhost/",
    "http://127.0.0.1.example.com/",
    "http://10.0.0.1/",
    "http://192.168.1.1/",
    "http://8.8.8.8/",
  ])("is not taken for this computer: %s", (url) =>
    expect(calledBack(url, true)).toEqual([flaw(pointer, "must be an https URL")]),
  );

  it.each([
    "10.0.0.1",
    "0xa.1",
    "012.0.0.1",
    "167772161",
    "10.1.",
    "0.0.0.0",
    "169.254.169.254",
    "100.100.100.200",
    "[::]",
    "[::ffff:10.0.0.1]",
    "[64:ff9b::8.8.8.8]",
    "[2002:808:808::1]",
    "[2001::1]",
    "[fd00:ec2::254]",
    "[fec0::1]",
  ])("has no address that is not public, in the local stack neither: %s", (host) => {
    const flaws = [flaw(pointer, "must be a public address")];
    expect(calledBack(`https://${host}/`)).toEqual(flaws);
    expect(calledBack(`https://${host}:8443/`, true)).toEqual(flaws);
  });

  it.each([4, 6] as const)("may be an IPv%i address exactly if that is in no block", (version) => {
    fc.assert(
      fc.property(arbitraryAddress(version), (address) => {
        const detail = isPublic(address) ? [] : ["must be a public address"];
        for (const spelling of spellingsOf(address)) {
          const host = version === 4 ? spelling : `[${spelling}]`;
          const flaws = callbackFlaws(`https://${host}/`, { allowLoopbackCallbacks: false });
          expect(flaws, spelling).toEqual(detail);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each(["localhost", "LOCALHOST", "localhost.", "foo.localhost", "a.b.LocalHost.", "%6cocalhost"])(
    "is not %s by any spelling",
    (host) => expect(calledBack(`https://${host}/`)).toEqual([flaw(pointer, "must be a public address")]),
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
