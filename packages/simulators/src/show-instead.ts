type Fields = Readonly<Record<string, unknown>>;

/** A description with other values in it; of an object only those members that are named. */
export function showInstead(view: Fields, others: Fields): Fields {
  const changed = Object.entries(others).map(([name, other]) => {
    const own = view[name];
    return [name, isObject(own) && isObject(other) ? showInstead(own, other) : other];
  });
  return { ...view, ...Object.fromEntries(changed) };
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
