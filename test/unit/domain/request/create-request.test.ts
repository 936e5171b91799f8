import { describe, expect, it } from "vitest";
import { edit, everyPointer, resolvePointer } from "../../../generators/json-edit.ts";
import {
  validAlibabaRequest,
  validDualTunnelRequest,
  validPairsRequest,
  validRequests,
  validTencentRequest,
} from "../../../support/create-requests.ts";
import { flaw, flawsOf } from "../../../support/flaws.ts";

const shapes = Object.entries(validRequests).map(([name, make]) => ({ name, make }));
const required = /^\/(provider|region|name|vpnGatewayId|routing|tunnels)$|mode$|local$|remotes$|customerGatewayId$/;
const requiredBySome = /\/bgp\/tunnelCidr$|\/healthCheck\/enabled$|\/callback\/url$/;

describe.each(shapes)("a request of the shape $name", ({ make }) => {
  const pointers = everyPointer(make());

  it("is accepted", () => {
    expect(flawsOf(make())).toEqual([]);
  });

  it.each(pointers)("must not have null at '%s'", (pointer) => {
    const body = pointer === "" ? null : edit(make(), { [pointer]: null });
    expect(flawsOf(body)).toEqual([flaw(pointer, "must be")]);
  });

  it.each(pointers.filter((pointer) => pointer !== ""))(
    "must not have an object of another kind at '%s'",
    (pointer) => {
      const wrong = typeof resolvePointer(make(), pointer) === "object" ? "x" : { ofAnother: "kind" };
      expect(flawsOf(edit(make(), { [pointer]: wrong }))).toEqual([flaw(pointer, "must be")]);
    },
  );

  const members = pointers.filter((pointer) => /\/[a-zA-Z]+$/.test(pointer) && !pointer.startsWith("/tags/"));
  const needed = members.filter((pointer) => required.test(pointer) || requiredBySome.test(pointer));

  it.each(needed.filter((pointer) => !pointer.endsWith("ike/mode")))("must not lack '%s'", (pointer) => {
    expect(flawsOf(edit(make(), { [pointer]: undefined }))).toEqual([flaw(pointer, "is required")]);
  });

  const objects = pointers.filter((pointer) => {
    const value = pointer === "" ? make() : resolvePointer(make(), pointer);
    return typeof value === "object" && !Array.isArray(value) && pointer !== "/tags";
  });
  const strangers = [
    ["surprise", "surprise"],
    ["", ""],
    ["a/b~c", "a~1b~0c"],
    ["__proto__", "__proto__"],
    ["constructor", "constructor"],
    ["toString", "toString"],
  ];

  it.each(objects)("must have no unknown member in '%s'", (pointer) => {
    for (const [, escaped] of strangers) {
      const place = `${pointer}/${escaped}`;
      for (const value of [1, null, { nested: true }]) {
        expect(flawsOf(edit(make(), { [place]: value }))).toEqual([flaw(place, "is not a known field")]);
      }
    }
  });
});

const alibaba = validAlibabaRequest;
const tencent = validTencentRequest;
const dual = validDualTunnelRequest;
const pairs = validPairsRequest;

interface Field {
  make: () => unknown;
  pointer: string;
  good: unknown[];
  bad: [value: unknown, detail: string][];
}

const longId = `a${"-".repeat(63)}`;
const providerId = { good: ["a", "A-1", longId], bad: [`${longId}x`, "", "-a", "a_b", "a b", "ä"] };
const badProviderId = providerId.bad.map((value): [string, string] => [value, "must be a vendor's id"]);
const badAddress = ["", "10.0.0", "10.0.0.256", "010.0.0.1", "10.0.0.1 ", "::1", "0x0a.0.0.1", "host"];
const badAddresses = badAddress.map((value): [string, string] => [value, "must be an IPv4 address"]);
/** What a 32-bit number holds, where no vendor documents a bound. */
const most = 2_147_483_647;
const range = (minimum: number, maximum: number): Pick<Field, "good" | "bad"> => ({
  good: [minimum, maximum],
  bad: [
    [minimum - 1, `must be at least ${minimum}`],
    [maximum + 1, `must be at most ${maximum}`],
    [minimum + 0.5, "must be a whole number"],
    [String(minimum), "must be a whole number"],
  ],
});
const choice = (good: unknown[], ...bad: unknown[]): Pick<Field, "good" | "bad"> => ({
  good,
  bad: bad.map((value) => [value, "must be one of"]),
});
const yesOrNo: Pick<Field, "good" | "bad"> = {
  good: [true, false],
  bad: [
    ["true", "must be a boolean"],
    [1, "must be a boolean"],
  ],
};
const text = (good: string[], detail: string, ...bad: string[]): Pick<Field, "good" | "bad"> => ({
  good,
  bad: bad.map((value) => [value, detail]),
});

const printable = "must be 1 to 100 printable ASCII characters without spaces";
const fields: Field[] = [
  {
    make: alibaba,
    pointer: "/clientToken",
    ...text(["!", "~".repeat(64)], "must be 1 to 64", "", "a b", "a".repeat(65), "ä", "a\n"),
  },
  {
    make: alibaba,
    pointer: "/region",
    ...text(
      ["cn-shanghai", "na-siliconvalley", "ap-shanghai-fsi", "us-west-1"],
      "must be a vendor's region id",
      "",
      "shanghai",
      "CN-shanghai",
      "cn-",
      "cn--x",
      "cn-shanghai.evil.example",
      "cn-shanghai\n",
    ),
  },
  { make: alibaba, pointer: "/vpnGatewayId", good: providerId.good, bad: badProviderId },
  { make: tencent, pointer: "/vpcId", good: providerId.good, bad: badProviderId },
  { make: alibaba, pointer: "/tunnels/0/customerGatewayId", good: providerId.good, bad: badProviderId },
  { make: alibaba, pointer: "/provider", ...choice([], "Alibaba", "aws", "") },
  { make: alibaba, pointer: "/routing/mode", ...choice(["policy"], "static", "") },
  { make: alibaba, pointer: "/negotiation", ...choice(["immediate", "on-traffic"], "later") },
  { make: tencent, pointer: "/negotiation", ...choice(["immediate", "on-traffic", "passive"]) },
  { make: dual, pointer: "/tunnels/0/role", ...choice(["primary"], "master") },
  {
    make: tencent,
    pointer: "/tunnels/0/preSharedKey",
    ...text(
      ["a", "~!`@#$%^&*()_-+={}[]|;:',.<>/?", "k".repeat(100)],
      "must be 1 to 100 letters, digits and",
      "",
      "k".repeat(101),
      "a b",
      'a"b',
      "a\\b",
      "schlüssel",
      "a\n",
      "🔑",
    ),
  },
  { make: alibaba, pointer: "/tunnels/0/ike/version", ...choice(["ikev1", "ikev2"], "IKEv2", "ikev3") },
  { make: alibaba, pointer: "/tunnels/0/ike/mode", ...choice(["main", "aggressive"], "quick") },
  {
    make: alibaba,
    pointer: "/tunnels/0/ike/encryption",
    ...choice(["aes128", "aes192", "aes256", "sm4"], "aes", "AES256", "null"),
  },
  {
    make: tencent,
    pointer: "/tunnels/0/ike/encryption",
    ...choice(["aes128", "aes192", "aes256", "aes128gcm", "aes192gcm", "aes256gcm", "sm4"], "aes128-gcm"),
  },
  {
    make: alibaba,
    pointer: "/tunnels/0/ike/integrity",
    ...choice(["sha256", "sha384", "sha512", "sm3"], "sha", "sha-256"),
  },
  {
    make: tencent,
    pointer: "/tunnels/0/ike/dhGroup",
    ...choice([14, 15, 16, 19, 20, 21, 24], 0, 3, 22, 14.5, "14", "none"),
  },
  {
    make: tencent,
    pointer: "/tunnels/0/ike/lifetimeSeconds",
    good: [60, 604_800],
    bad: range(60, 604_800).bad.slice(1),
  },
  { make: alibaba, pointer: "/tunnels/0/ike/lifetimeSeconds", good: [0, 86_400], bad: [[-1, "must be at least 0"]] },
  {
    make: alibaba,
    pointer: "/tunnels/0/ike/localId",
    ...text(["1.2.3.4", "@vpn.example"], printable, "", "a b", "a".repeat(101), "é"),
  },
  {
    make: alibaba,
    pointer: "/tunnels/0/ike/remoteId",
    ...text(["!", "~".repeat(100)], printable, "", "\t", "a".repeat(101)),
  },
  { make: alibaba, pointer: "/tunnels/0/ipsec/encryption", ...choice(["aes192", "sm4"], "none") },
  { make: tencent, pointer: "/tunnels/0/ipsec/integrity", ...choice(["sha256", "sha384", "sha512", "sm3"], "none") },
  { make: tencent, pointer: "/tunnels/0/ipsec/pfsGroup", ...choice(["none", 14, 24], "None", 0, "14", 22) },
  { make: tencent, pointer: "/tunnels/0/ipsec/lifetimeKilobytes", ...range(2560, 4_294_967_295) },
  { make: tencent, pointer: "/tunnels/0/dpd/enabled", ...yesOrNo },
  { make: tencent, pointer: "/tunnels/0/dpd/timeoutSeconds", ...range(1, most) },
  ...[tencent, alibaba].map((make): Field => ({
    make,
    pointer: "/tunnels/0/dpd",
    good: [{}, "vendor-default"],
    bad: [
      [true, "must be an object or vendor-default"],
      ["default", "must be an object or vendor-default"],
    ],
  })),
  {
    make: alibaba,
    pointer: "/tunnels/0/natTraversal",
    good: ["vendor-default"],
    bad: [["default", "must be a boolean or vendor-default"]],
  },
  { make: tencent, pointer: "/tunnels/0/dpd/action", ...choice(["clear", "restart"], "hold") },
  { make: alibaba, pointer: "/tunnels/0/natTraversal", ...yesOrNo },
  {
    make: dual,
    pointer: "/tunnels/0/bgp/localAsn",
    good: [1, 4_294_967_295, "0.1", "123.456", "65535.65535"],
    bad: [
      [0, "must be at least 1"],
      [4_294_967_296, "must be at most 4294967295"],
      [1.5, "must be a whole number or a string"],
      ["65001", "must be a number, or high.low"],
      ["1.2.3", "must be a number, or high.low"],
      ["65536.1", "two halves of 16 bits"],
      ["1.65536", "two halves of 16 bits"],
      ["0.0", "not be 0"],
    ],
  },
  { make: dual, pointer: "/tunnels/0/bgp/localIp", good: ["169.254.10.2"], bad: badAddresses },
  { make: dual, pointer: "/tunnels/1/bgp/remoteIp", good: [], bad: badAddresses },
  {
    make: alibaba,
    pointer: "/tunnels/0/remoteCaCertificate",
    ...text(
      ["-----BEGIN CERTIFICATE-----\r\nAA==\r\n-----END CERTIFICATE-----"],
      "must be one certificate in PEM form",
      "",
      "AA==",
      "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----",
      "-----BEGIN CERTIFICATE----------END CERTIFICATE-----",
    ),
  },
  {
    make: alibaba,
    pointer: "/tunnels/0/remoteCaCertificate",
    good: [],
    bad: [[`-----BEGIN CERTIFICATE-----${"A".repeat(8192)}-----END CERTIFICATE-----`, "at most 8192 characters"]],
  },
  { make: alibaba, pointer: "/autoConfigureRoutes", ...yesOrNo },
  { make: alibaba, pointer: "/healthCheck/enabled", ...yesOrNo },
  { make: alibaba, pointer: "/healthCheck/sourceIp", good: ["0.0.0.0"], bad: badAddresses },
  { make: alibaba, pointer: "/healthCheck/targetIp", good: ["255.255.255.255"], bad: badAddresses },
  {
    make: alibaba,
    pointer: "/healthCheck/intervalSeconds",
    good: [1, 61, most],
    bad: [
      [0, "must be at least 1"],
      [most + 1, `must be at most ${most}`],
      [1.5, "must be whole seconds at Alibaba Cloud"],
      ["1", "must be a whole number"],
    ],
  },
  {
    make: tencent,
    pointer: "/healthCheck/intervalSeconds",
    good: [1, 1.5, 1.001, 4.999, 5],
    bad: [
      [5.001, "must be 1 to 5 at Tencent Cloud"],
      [1.0001, "must be a multiple of 0.001"],
    ],
  },
  { make: alibaba, pointer: "/healthCheck/retries", ...range(1, most) },
  { make: tencent, pointer: "/healthCheck/timeoutMilliseconds", ...range(10, 5000) },
  { make: alibaba, pointer: "/allowWeakCryptography", ...yesOrNo },
  { make: alibaba, pointer: "/allowDuplicate", ...yesOrNo },
  { make: alibaba, pointer: "/timeoutSeconds", ...range(60, 86_400) },
  { make: alibaba, pointer: "/queueTimeoutSeconds", ...range(60, 86_400) },
  { make: alibaba, pointer: "/tunnels", good: [], bad: [[[], "at least 1 item long"]] },
  { make: dual, pointer: "/tunnels", good: [], bad: [[Array(3).fill(dual().tunnels[0]), "at most 2 items"]] },
  { make: alibaba, pointer: "/routing/localCidrs", good: [networks(50)], bad: listBounds() },
  { make: alibaba, pointer: "/routing/remoteCidrs", good: [networks(50)], bad: listBounds() },
  { make: pairs, pointer: "/routing/pairs/0/remotes", good: [networks(50)], bad: listBounds() },
  {
    make: pairs,
    pointer: "/routing/pairs",
    good: [networks(10).map((local) => ({ local, remotes: ["10.9.0.0/16"] }))],
    bad: [
      [[], "at least 1 item long"],
      [networks(11).map((local) => ({ local, remotes: ["10.9.0.0/16"] })), "at most 10 local networks"],
      [networks(51).map((local) => ({ local, remotes: ["10.9.0.0/16"] })), "at most 50 items"],
    ],
  },
];

function networks(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `192.168.${index}.0/24`);
}

function listBounds(): [unknown, string][] {
  return [
    [[], "at least 1 item long"],
    [networks(51), "at most 50 items"],
  ];
}

describe.each(fields)("$pointer", ({ make, pointer, good, bad }) => {
  it("takes every value of its kind", () => {
    for (const value of good) expect(flawsOf(edit(make(), { [pointer]: value }))).toEqual([]);
  });

  it("takes no other, and says so once", () => {
    for (const [value, detail] of bad) {
      expect(flawsOf(edit(make(), { [pointer]: value })), JSON.stringify(value)).toEqual([flaw(pointer, detail)]);
    }
  });
});

describe("the name", () => {
  const named = (name: string) => flawsOf(edit(alibaba(), { "/name": name }));

  it("is counted in code points", () => {
    expect(named("🔒".repeat(47))).toEqual([]);
    expect(named("🔒".repeat(48))).toEqual([flaw("/name", "1 to 47 characters")]);
    expect(named("")).toEqual([flaw("/name", "1 to 47 characters")]);
  });

  it.each(["http://x", "https://x", "HTTP://x", "HttpS://"])("does not start like a URL: %s", (name) => {
    expect(named(name)).toEqual([flaw("/name", "must not start with http:// or https://")]);
  });

  it("may hold one further in", () => {
    expect(named("see http://x")).toEqual([]);
  });

  it.each(["\u0000", "a\nb", "\u007f", "\u0085", "\ud800", "a\udc00b"])(
    "holds no control character or half of one: %j",
    (name) => {
      expect(named(name)).toEqual([flaw("/name", "must not contain control or format characters")]);
    },
  );

  it.each(["\u00ad", "a\u200bb", "a\u200d", "\u202eabc", "a\u2028b", "\u2029", "a\u2066b", "\ufeff", "a\u{e0041}"])(
    "holds no format character: %j",
    (name) => {
      const flaws = named(name).filter(({ detail }) => !detail.includes("either end"));
      expect(flaws).toEqual([flaw("/name", "must not contain control or format characters")]);
    },
  );

  it.each([" a", "a ", " ", "\u00a0a", "a\u3000", "\u2003a\u2003"])("has no space at either end: %j", (name) => {
    expect(named(name)).toEqual([flaw("/name", "must have no space at either end")]);
  });

  it.each(["a b", "a  b", "分 公 司", "a\u3000b"])("may have one inside: %j", (name) => {
    expect(named(name)).toEqual([]);
  });
});

describe("tags", () => {
  const tagged = (tags: unknown) => flawsOf(edit(tencent(), { "/tags": tags }));
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, "v"]));

  it("are at most 20", () => {
    expect(tagged({})).toEqual([]);
    expect(tagged(many(20))).toEqual([]);
    expect(tagged(many(21))).toEqual([flaw("/tags", "at most 20 tags")]);
  });

  it.each([
    ["", "1 to 64 characters"],
    ["k".repeat(65), "1 to 64 characters"],
    ["a\nb", "control or format characters"],
    ["\ud800", "control or format characters"],
    ["a\u200bb", "control or format characters"],
    ["\u202eteam", "control or format characters"],
    ["a\u2028b", "control or format characters"],
    ["aliyun-team", "must not start with aliyun or acs:"],
    ["ALIYUN", "must not start with aliyun or acs:"],
    ["acs:team", "must not start with aliyun or acs:"],
    ["see http://x", "must not contain http:// or https://"],
  ])("have no key like %j", (key, detail) => {
    const pointer = `/tags/${key.replaceAll("/", "~1")}`;
    expect(tagged({ [key]: "v" })).toEqual([flaw(pointer, detail)]);
  });

  it.each([
    ["v".repeat(129), "at most 128 characters"],
    ["a\u0000", "control or format characters"],
    ["\udfff", "control or format characters"],
    ["a\u200db", "control or format characters"],
    ["\u2066v", "control or format characters"],
    ["\u2029", "control or format characters"],
    ["aliyun", "must not start with aliyun or acs:"],
    ["Acs:x", "must not start with aliyun or acs:"],
    ["https://x", "must not contain http:// or https://"],
  ])("have no value like %j", (value, detail) => {
    expect(tagged({ team: value })).toEqual([flaw("/tags/team", detail)]);
  });

  it("may have keys of 64 and values of 0 or 128 characters, counted in code points, and any other name", () => {
    const tags = { ["🔑".repeat(64)]: "🔒".repeat(128), acs: "", constructor: "a", "a/b": "c" };
    expect(flawsOf(edit(alibaba(), { "/tags": tags }))).toEqual([]);
  });
});
