/** A path with its parameters encoded; one that would make it another path is refused. */
export function path(parts: TemplateStringsArray, ...parameters: readonly string[]): string {
  return parts.reduce((whole, part, index) => `${whole}${encode(parameters[index - 1])}${part}`);
}

function encode(parameter: string | undefined): string {
  if (!parameter || /^\.{1,2}$/.test(parameter)) throw new TypeError(`not an id: ${JSON.stringify(parameter)}`);
  return encodeURIComponent(parameter);
}

/** What a query is made from; absent members are left out, lists repeated. */
export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** With its `?`, or nothing. */
export function toQuery(query: Query): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of value === undefined ? [] : [value].flat()) pairs.append(name, String(one));
  }
  return pairs.size === 0 ? "" : `?${pairs.toString()}`;
}
