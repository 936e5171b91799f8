import type { Connection } from "@vpn-broker/client";

/** What the vendor has with another value than was asked for, a line for each. */
export function showDifferences({ request, reported }: Pick<Connection, "request" | "reported">): string[] {
  if (!reported) return [];
  return reported.differences.map((pointer) => {
    const path = pointer
      .slice(1)
      .split("/")
      .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
    const [asked, told] = [valueAt(request, path), valueAt(reported.parameters, path)];
    return `${path.join(".")}: ${toText(asked)} was asked for, the vendor has ${toText(told)}`;
  });
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, step) =>
      typeof found === "object" && found !== null ? (found as Readonly<Record<string, unknown>>)[step] : undefined,
    value,
  );
}

/** A vendor may have networks in another form than they were asked for in. */
function toText(value: unknown): string {
  if (value === undefined) return "others";
  if (Array.isArray(value) && value.every((one) => typeof one !== "object")) return value.join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}
