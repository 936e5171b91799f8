/** Whether an `If-None-Match` header names this tag, weak or strong, or any (`*`). */
export function matchesTag(header: string | undefined, tag: string): boolean {
  const given = header?.split(",").map((one) => one.trim().replace(/^W\//, ""));
  return given?.some((one) => one === tag || one === "*") ?? false;
}
