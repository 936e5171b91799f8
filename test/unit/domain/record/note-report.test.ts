import { describe, expect, it } from "vitest";
import type { ConnectionRecord } from "../../../../functions/domain/record/connection-record.ts";
import { noteReport } from "../../../../functions/domain/record/note-report.ts";
import { toResource } from "../../../../functions/domain/record/to-resource.ts";
import { createAcceptedRecord } from "../../../support/accepting.ts";
import { validAlibabaRequest } from "../../../support/create-requests.ts";

const record = await createAcceptedRecord(validAlibabaRequest());
const at = new Date("2026-01-01T00:01:00.000Z");
const later = new Date("2026-01-01T00:02:00.000Z");
const equal = { tunnels: [{ ike: { lifetimeSeconds: 28_800 } }] };
const other = { tunnels: [{ ike: { lifetimeSeconds: 86_400 } }] };
const warning = "Alibaba Cloud has other values than were asked for: tunnels[0].ike.lifetimeSeconds; see reported";

describe("what the vendor shows", () => {
  it("is kept with its time, and shown with where it differs", () => {
    const noted = noteReport(record, at, other);
    expect(noted).toMatchObject({ revision: record.revision + 1, warnings: [warning] });
    expect(noted.reported).toEqual({ at: at.toISOString(), parameters: other });
    expect(toResource(noted).reported).toEqual({
      at: at.toISOString(),
      parameters: other,
      differences: ["/tunnels/0/ike/lifetimeSeconds"],
    });
  });

  it("warns of nothing where it is what was asked for", () => {
    const noted = noteReport(record, at, equal);
    expect(noted.warnings).toEqual(record.warnings);
    expect(toResource(noted).reported?.differences).toEqual([]);
  });

  it("is no news the second time, and takes the place of what was shown before", () => {
    const noted = noteReport({ ...record, warnings: ["another"] }, at, other);
    expect(noteReport(noted, later, other)).toBe(noted);
    const again = noteReport(noted, later, equal);
    expect(again).toMatchObject({ reported: { at: later.toISOString(), parameters: equal }, warnings: ["another"] });
  });

  it("is nothing where the vendor shows nothing, and where it is more than a record can hold", () => {
    expect(noteReport(record, at, {})).toBe(record);
    const localCidrs = Array.from({ length: 500 }, (_, index) => `${index} ${"x".repeat(200)}`);
    expect(noteReport(record, at, { routing: { localCidrs, remoteCidrs: ["10.0.0.0/8"] } })).toBe(record);
  });

  it("is named in one sentence, however much differs", () => {
    const ike = { version: "1", mode: "2", encryption: "3", integrity: "4", dhGroup: 31, lifetimeSeconds: 1 };
    const [sentence] = noteReport(record, at, { tunnels: [{ ike }] }).warnings.slice(-1);
    expect(sentence).toMatch(/: tunnels\[0\]\.ike\.version, .*\.dhGroup and 1 more; see reported$/);
  });
});

it("a record of an older release is shown without it", () => {
  const { reported: _reported, ...older }: ConnectionRecord = record;
  expect(toResource(older)).not.toHaveProperty("reported");
});
