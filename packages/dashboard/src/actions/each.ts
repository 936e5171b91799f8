/** Calls for each item, so many at a time, in their order. */
export async function forEach<Item>(
  items: readonly Item[],
  atOnce: number,
  call: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  async function work() {
    while (next < items.length) {
      const index = next;
      next += 1;
      await call(items[index] as Item, index);
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
}
