/** A vendor's words for values of ours, one table for both directions. */
export interface Words<Value extends string | number> {
  toWord: (value: Value) => string;
  /** In whatever case the vendor writes it. A word that is none of these is answered as it is. */
  toValue: (word: string | undefined) => Value | string | undefined;
}

export function createWords<Value extends string | number>(
  values: readonly Value[],
  toWord: (value: Value) => string,
): Words<Value> {
  const known = new Map(values.map((value) => [toWord(value).toLowerCase(), value]));
  return { toWord, toValue: (word) => (word === undefined ? undefined : (known.get(word.toLowerCase()) ?? word)) };
}
