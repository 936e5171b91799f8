import { findDifferences, fromPointer } from "../json-pointer.ts";
import { capabilities } from "../provider/capabilities.ts";
import type { ReportedParameters } from "../provider/reported.ts";
import { applyDefaults, type EffectiveRequest } from "../request/apply-defaults.ts";
import { findReportedDifferences, fitReport } from "./compare-report.ts";
import type { ConnectionRecord } from "./connection-record.ts";
import { toProviderConnectionName } from "./ids.ts";
import { change } from "./timeline.ts";

/** More than any request can be told back in: a record is one item of the table. */
const maxBytes = 65_536;
const maxNamed = 5;

/** What the vendor shows of a connection that is ready, beside what was asked for, as the resource has it. */
export function toReportedResource(
  { id, reported }: Pick<ConnectionRecord, "id" | "reported">,
  request: EffectiveRequest,
) {
  if (!reported) return undefined;
  const name = toProviderConnectionName(request.name, id);
  return { ...reported, differences: findReportedDifferences(request, name, reported.parameters) };
}

/** The record with what the vendor shows of its connection, and a warning where that is not what was asked for. */
export function noteReport(record: ConnectionRecord, at: Date, seen: ReportedParameters): ConnectionRecord {
  const request = applyDefaults(record.request);
  const parameters = fitReport(request, seen);
  const bytes = Buffer.byteLength(JSON.stringify(parameters));
  const known = record.reported?.parameters ?? {};
  if (bytes > maxBytes || findDifferences(known, parameters).length === 0) return record;
  const reported = { at: at.toISOString(), parameters };
  const differences = toReportedResource({ id: record.id, reported }, request)?.differences ?? [];
  const lead = `${capabilities[record.request.provider].title} has other values than were asked for: `;
  const warnings = record.warnings.filter((warning) => !warning.startsWith(lead));
  return change(record, at, {
    reported,
    warnings: differences.length > 0 ? [...warnings, `${lead}${nameMembers(differences)}; see reported`] : warnings,
  });
}

function nameMembers(pointers: readonly string[]): string {
  const named = pointers.slice(0, maxNamed).map(toMember);
  const more = pointers.length - named.length;
  return more > 0 ? `${named.join(", ")} and ${more} more` : named.join(", ");
}

/** As texts name a member: `tunnels[0].ike.encryption`. */
function toMember(pointer: string): string {
  return fromPointer(pointer)
    .map((step, index) => (/^\d+$/.test(step) ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join("");
}
