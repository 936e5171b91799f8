import { type Capabilities, capabilities } from "../provider/capabilities.ts";

const list = new Intl.ListFormat("en-GB");

/**
 * Who can do what a vendor cannot, for the end of a sentence: `; Tencent Cloud does`. Names all of them, each verb in
 * its number; nothing where nobody can.
 */
export function elsewhere(
  can: (row: Capabilities) => boolean,
  [one, several = one]: readonly [one: string, several?: string],
  rows: readonly Capabilities[] = Object.values(capabilities),
): string {
  const titles = rows.filter(can).map(({ title }) => title);
  return titles.length === 0 ? "" : `; ${list.format(titles)} ${titles.length === 1 ? one : several}`;
}
