import { describe, expect, it } from "vitest";
import { type Part, readConfig } from "../../../functions/entries/config.ts";

const table = { TABLE_NAME: "table" };
const workflows = { CREATE_CONNECTION_ARN: "arn:create", DELIVER_WEBHOOK_ARN: "arn:deliver" };
const fingerprintKeys = JSON.stringify({ current: "one", keys: { one: "MDEyMzQ1Njc4OWFiY2RlZg==" } });

/** What each part needs at least. */
const needed: Record<Part, Record<string, string>> = {
  api: {
    ...table,
    ...workflows,
    SEALING_PUBLIC_KEY: "pem",
    SEALING_KEY_ID: "arn:key",
    FINGERPRINT_KEYS: fingerprintKeys,
  },
  provider: { ...table, CREDENTIALS_PREFIX: "broker/credentials" },
  records: table,
  sweeper: { ...table, ...workflows },
  local: {},
  cli: {},
};
const parts = Object.keys(needed) as Part[];

function problemsOf(part: Part, environment: Record<string, string>): string {
  try {
    readConfig(part, environment);
  } catch (error) {
    return String(error);
  }
  throw new Error("it was accepted");
}

describe.each(parts.filter((part) => part !== "local" && part !== "cli"))("the configuration of %s", (part) => {
  const names = Object.keys(needed[part]);

  it("is read", () => {
    expect(Object.keys(readConfig(part, needed[part])).toSorted()).toEqual(names.toSorted());
  });

  it("names every variable that is not set, all at once", () => {
    const problems = problemsOf(part, {});
    for (const name of names) expect(problems).toContain(`${name} is not set`);
  });

  it("tells a variable that is empty from one that is not set", () => {
    for (const name of names) {
      const problems = problemsOf(part, { ...needed[part], [name]: "" });
      expect(problems).toBe(`Error: ${name} is empty`);
      for (const other of names.filter((set) => set !== name)) expect(problems).not.toContain(other);
    }
  });

  it("leaves the rest of the environment alone", () => {
    expect(readConfig(part, { ...needed[part], HOME: "/home", AWS_SECRET_ACCESS_KEY: "MARKER" })).toEqual(
      readConfig(part, needed[part]),
    );
  });
});

describe("the configuration of the local stack", () => {
  it("has a default for everything it needs", () => {
    expect(readConfig("local", {})).toEqual({ PORT: 3000, HOST: "127.0.0.1", DATA_DIR: ".local" });
    expect(readConfig("local", { PORT: "", HOST: "", DATA_DIR: "", LOCAL_TIME_SCALE: "" })).toEqual(
      readConfig("local", {}),
    );
  });

  it("takes what is given", () => {
    const secret = `whsec_${"A".repeat(43)}=`;
    const given = {
      PORT: "0",
      LOCAL_TIME_SCALE: "0.1",
      VPN_BROKER_API_KEY: "12345678",
      VPN_BROKER_WEBHOOK_SECRET: secret,
    };
    expect(readConfig("local", given)).toMatchObject({ ...given, PORT: 0, LOCAL_TIME_SCALE: 0.1 });
  });

  it.each([
    ["PORT", "MARKER", "65536", "-1", "1.5"],
    ["LOCAL_TIME_SCALE", "MARKER", "0", "-1", "NaN", "1001"],
    ["VPN_BROKER_API_KEY", "MARKER", "MARKER with spaces", "MARKER".repeat(40)],
    ["VPN_BROKER_WEBHOOK_SECRET", "MARKER", "whsec_MARKER", `whsec_${"!".repeat(32)}`, `MARKER${"A".repeat(32)}`],
    ["AWS_ENDPOINT_URL_DYNAMODB", "MARKER", "ftp://MARKER", "MARKER.example:80"],
    ["AWS_ENDPOINT_URL_SFN", "MARKER", "ftp://MARKER"],
    ["AWS_ENDPOINT_URL_SECRETS_MANAGER", "MARKER", "ftp://MARKER"],
    ["AWS_ENDPOINT_URL_KMS", "MARKER", "ftp://MARKER"],
    ["ALIBABA_CLOUD_VPC_ENDPOINT", "MARKER", "vpc.aliyuncs.com"],
    ["TENCENTCLOUD_VPC_ENDPOINT", "MARKER", "vpc.tencentcloudapi.com"],
  ])("names %s when it is wrong, without the value", (name, ...values) => {
    for (const value of values) {
      const problems = problemsOf("local", { [name]: value });
      expect(problems).toMatch(new RegExp(`^Error: ${name} must be `));
      expect(problems).not.toContain("MARKER");
    }
  });

  it("says what a wrong one must be, and nothing of what is not wrong", () => {
    expect(problemsOf("local", { PORT: "http" })).toBe("Error: PORT must be a whole number from 0 to 65535");
    expect(problemsOf("provider", { TABLE_NAME: "", TENCENTCLOUD_VPC_ENDPOINT: "MARKER" }).split("; ")).toEqual([
      "Error: TABLE_NAME is empty",
      "TENCENTCLOUD_VPC_ENDPOINT must be an http or https URL",
      "CREDENTIALS_PREFIX is not set",
    ]);
  });

  it("names everything that is wrong at once", () => {
    const wrong = {
      PORT: "MARKER",
      LOCAL_TIME_SCALE: "MARKER",
      VPN_BROKER_API_KEY: "MARKER",
      AWS_ENDPOINT_URL_SFN: "MARKER",
    };
    const problems = problemsOf("local", wrong);
    for (const name of Object.keys(wrong)) expect(problems).toContain(name);
    expect(problems).not.toContain("MARKER");
  });
});

describe("the endpoints of the vendors", () => {
  it.each(["ALIBABA_CLOUD_VPC_ENDPOINT", "TENCENTCLOUD_VPC_ENDPOINT"])("%s is a URL, in the cloud too", (name) => {
    expect(readConfig("provider", { ...needed.provider, [name]: "http://127.0.0.1:4101" })).toMatchObject({
      [name]: "http://127.0.0.1:4101",
    });
    expect(problemsOf("provider", { ...needed.provider, [name]: "MARKER" })).toMatch(
      new RegExp(`${name} must be an http or https URL$`),
    );
  });
});

describe("the variables of proxies", () => {
  it.each(["http_proxy", "https_proxy", "all_proxy", "no_proxy"] as const)("%s is read in capitals too", (name) => {
    const given = (proxies: Record<string, string>) => readConfig("provider", { ...needed.provider, ...proxies })[name];
    expect(given({ [name.toUpperCase()]: "large" })).toBe("large");
    expect(given({ [name.toUpperCase()]: "large", [name]: "small" })).toBe("small");
    expect(given({ [name.toUpperCase()]: "large", [name]: "" })).toBe("large");
  });
});

describe("the fingerprint keys", () => {
  const read = (FINGERPRINT_KEYS: string) => readConfig("api", { ...needed.api, FINGERPRINT_KEYS }).FINGERPRINT_KEYS;

  it("are read from JSON, old ones beside the current one", () => {
    const keys = { current: "two", keys: { one: "MDEyMzQ1Njc4OWFiY2RlZg==", two: "ZmVkY2JhOTg3NjU0MzIxMA==" } };
    expect(read(JSON.stringify(keys))).toEqual(keys);
  });

  it.each([
    "MARKER",
    '"MARKER"',
    "[]",
    "{}",
    '{"current": "MARKER", "keys": {}}',
    '{"current": "one", "keys": {"MARKER": "MDEyMzQ1Njc4OWFiY2RlZg=="}}',
    '{"current": "one", "keys": {"one": "MARKER not base64!"}}',
    '{"current": "", "keys": {"": "MDEyMzQ1Njc4OWFiY2RlZg=="}}',
  ])("are refused, without their value: %s", (text) => {
    const problems = problemsOf("api", { ...needed.api, FINGERPRINT_KEYS: text });
    expect(problems).toMatch(/^Error: FINGERPRINT_KEYS must (?:be|hold) [^;]+$/);
    expect(problems).not.toContain("MARKER");
  });
});
