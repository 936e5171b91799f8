/** Writes one JSON line per event, which CloudWatch can search by field. */
export function log(event: string, fields: Readonly<Record<string, string | number | boolean | undefined>>): void {
  console.log(JSON.stringify({ at: new Date().toISOString(), event, ...fields }));
}
