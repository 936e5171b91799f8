import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { indexes } from "../../../functions/aws/indexes.ts";
import { toItem } from "../../../functions/aws/item.ts";
import template from "../../../infra/table.json" with { type: "json" };
import { createAcceptedRecord } from "../../support/accepting.ts";
import { validPairsRequest } from "../../support/create-requests.ts";
import { openAttempt, start } from "../../support/stepping.ts";

const record = toItem(await createAcceptedRecord(), "2026-01-01T00:05:00.000Z");

interface Archive {
  [resource: string]: {
    Properties: {
      SourceParameters?: { FilterCriteria: { Filters: { Pattern: string }[] } };
      TargetParameters?: { InputTemplate?: string };
    };
  };
}
const archive = parse(readFileSync(new URL("../../../infra/audit-archive.yml", import.meta.url), "utf8"), {
  merge: true,
  logLevel: "silent",
}) as Archive;

describe("the second audit log", () => {
  const pipes = Object.values(archive).flatMap(({ Properties }) =>
    (Properties.SourceParameters?.FilterCriteria.Filters ?? []).map(({ Pattern }) => ({
      pattern: JSON.parse(Pattern) as { dynamodb: { NewImage?: Record<string, unknown> } },
      told: Properties.TargetParameters?.InputTemplate ?? "",
    })),
  );
  const ofRecords = pipes.find(({ pattern }) => pattern.dynamodb.NewImage);

  it("tells what a record has", () => {
    const paths = [...(ofRecords?.told ?? "").matchAll(/<\$\.dynamodb\.NewImage\.([\w.]+)>/g)].map(
      ([, path = ""]) => path,
    );
    expect(paths).toHaveLength(3);
    for (const path of paths) expect(record).toHaveProperty(path.split(".").filter((part) => part !== "M"));
  });
});

describe("the item of a record", () => {
  const wakeAt = "2026-01-01T00:05:00.000Z";
  const known = { status: "provisioning", providerConnectionId: "vpnx-1" } as const;
  const inDoubt = { create: openAttempt, completedAt: start } as const;

  it.each([
    ["is being provisioned", known],
    ["ended while its create was in doubt", { ...inDoubt, status: "unknown" as const }],
  ])("is among those that may have made a connection when it %s", async (_, patch) => {
    const made = await createAcceptedRecord(validPairsRequest(), patch);
    expect(toItem(made, wakeAt).gsi3sk).toMatch(/^made#/);
  });

  it.each([
    ["failed", true],
    ["canceled", true],
    ["succeeded", false],
    ["unknown", false],
  ] as const)("of a request that is %s goes one day: %s", async (status, goes) => {
    const ended = await createAcceptedRecord(validPairsRequest(), { status, completedAt: start });
    expect(toItem(ended, wakeAt).expiresAt !== undefined).toBe(goes);
  });
});

describe("the indexes", () => {
  it("of the code are those of the table, keys and all", () => {
    const described = template.Properties.GlobalSecondaryIndexes.map(({ IndexName, KeySchema }) => ({
      name: IndexName,
      keys: KeySchema.map(({ AttributeName }) => AttributeName),
    }));
    const known = Object.values(indexes).map(({ name, partition, sort }) => ({ name, keys: [partition, sort] }));
    const byName = (some: typeof described) => some.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    expect(byName(described)).toEqual(byName(known));
  });
});
