/**
 * Does the same work for each item, some at a time, in their order.
 *
 * @param items - what to work on
 * @param atOnce - how many are worked on at a time, 1 or more
 * @param work - what to do with one; its failures are values
 * @returns what came of each, in the order of the items
 */
export async function mapAtOnce<Item, Value>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Value>,
): Promise<Value[]> {
  const values = new Array<Value>(items.length);
  const rest = items.entries();
  const takeTurns = async (): Promise<void> => {
    for (const [index, item] of rest) values[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, takeTurns));
  return values;
}
