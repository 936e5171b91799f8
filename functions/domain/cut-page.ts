/** A Lambda function answers at most 6 MB; headers, and what a proxy makes of it, come on top. */
const maxAnswerBytes = 5_000_000;

/**
 * As many of the items, from the first on, as an answer holds; one at the least. `toShown` is what a caller gets to see of
 * an item.
 */
export function cutPage<Item>(
  items: readonly Item[],
  toShown: (item: Item) => unknown,
  maxBytes = maxAnswerBytes,
): Item[] {
  // The brackets, and a cursor.
  let bytes = 4096;
  const fits = (item: Item) => {
    bytes += Buffer.byteLength(JSON.stringify(toShown(item))) + 1;
    return bytes <= maxBytes;
  };
  const end = items.findIndex((item, index) => !fits(item) && index > 0);
  return items.slice(0, end === -1 ? items.length : end);
}
