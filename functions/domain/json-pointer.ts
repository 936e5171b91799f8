/** The RFC 6901 pointer of a path of member names and indexes. */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/**
 * Pointers of the places where two JSON values differ: a member that only one side has is pointed at itself, and so is
 * an array whose length differs. Order of members does not count, order of items does.
 */
export function findDifferences(a: unknown, b: unknown, path: readonly PropertyKey[] = []): string[] {
  if (a === b) return [];
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
    return a.flatMap((item, index) => findDifferences(item, b[index], [...path, index]));
  }
  if (isObject(a) && isObject(b)) {
    const members = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...members].flatMap((member) => findDifferences(a[member], b[member], [...path, member]));
  }
  return [toPointer(path)];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The path that an RFC 6901 pointer names; indexes are texts. */
export function fromPointer(pointer: string): string[] {
  const [, ...steps] = pointer.split("/");
  return steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}
