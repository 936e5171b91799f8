/**
 * Answers have 5 MB at most, because a Lambda function answers 6 with its headers and what a proxy makes of it. The rest is
 * for what stands beside the items: groups of a hundred hosts with 2,000 characters each, estimates, a cursor.
 */
const maxAnswerBytes = 4_500_000;

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
