/** A copy of a JSON value with changes by RFC 6901 pointer; `undefined` takes a member away. */
export function edit(value: unknown, changes: Readonly<Record<string, unknown>>): unknown {
  const root = { value: structuredClone(value) };
  for (const [pointer, replacement] of Object.entries(changes)) {
    const path = ["value", ...toPath(pointer)];
    const holder = follow(root, path.slice(0, -1)) as object;
    const member = path.at(-1) as string;
    if (replacement === undefined) Reflect.deleteProperty(holder, member);
    else {
      // Not an assignment: "__proto__" is to be a member like any other, as JSON.parse makes it.
      const descriptor = { value: replacement, enumerable: true, configurable: true, writable: true };
      Object.defineProperty(holder, member, descriptor);
    }
  }
  return root.value;
}

/** The value at an RFC 6901 pointer, written independently of the broker's own; throws when there is none. */
export function resolvePointer(value: unknown, pointer: string): unknown {
  return follow(value, toPath(pointer));
}

/** Pointers of the value itself and of everything in it, containers before their contents. */
export function everyPointer(value: unknown, pointer = ""): string[] {
  if (typeof value !== "object" || value === null) return [pointer];
  const inner = Object.entries(value).flatMap(([member, item]) =>
    everyPointer(item, `${pointer}/${member.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  );
  return [pointer, ...inner];
}

function toPath(pointer: string): string[] {
  if (pointer === "") return [];
  if (!pointer.startsWith("/")) throw new Error(`not a JSON pointer: ${pointer}`);
  return pointer
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function follow(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, step)) {
      throw new Error(`there is nothing at ${step} of ${path.join("/")}`);
    }
    found = (found as Record<string, unknown>)[step];
  }
  return found;
}
