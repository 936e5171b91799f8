import type { DryRun } from "@vpn-broker/client";
import { toFacts } from "../text/facts.ts";
import type { Look } from "../text/look.ts";

/** What the real call would find wrong, and what it would send. */
export function showDryRun({ ok, errors, warnings, notChecked, vendorRequest }: DryRun, look: Look): string {
  const facts = toFacts(
    [
      ["result", ok ? "nothing is wrong" : "it would fail"],
      ...errors.map(
        ({ code, pointer, detail }) => ["error", `${pointer ? `${pointer} ` : ""}${detail} (${code})`] as const,
      ),
      ...warnings.map((warning) => ["warning", warning] as const),
      ...notChecked.map((what) => ["not checked", what] as const),
      ["would call", vendorRequest.action],
    ],
    look,
  );
  return `${facts}\n${JSON.stringify(vendorRequest.parameters, undefined, 2)}`;
}
