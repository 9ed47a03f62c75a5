/** Hands on what comes in any order by its index, from 0: so the same seed makes the same response. */
export async function* inOrder<Item extends { readonly index: number }>(
  items: AsyncIterable<Item>,
): AsyncGenerator<Item, void, undefined> {
  const early = new Map<number, Item>();
  let next = 0;
  for await (const item of items) {
    early.set(item.index, item);
    for (let ready; (ready = early.get(next)); next += 1) {
      early.delete(next);
      yield ready;
    }
  }
}
