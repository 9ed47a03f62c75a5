/**
 * An iteration that is made of two functions. To go through a generator costs several times as much, and chunks go
 * through more than one layer.
 *
 * @param leave Called where the iteration ends, however it does; it may be called again.
 */
export function iterate<Item>(
  step: () => Promise<IteratorResult<Item, undefined>>,
  leave: () => unknown,
): AsyncIterableIterator<Item, undefined> {
  const end = async (): Promise<IteratorReturnResult<undefined>> => {
    await leave();
    return { value: undefined, done: true };
  };
  return {
    async next() {
      try {
        const result = await step();
        if (!result.done) return result;
      } catch (error) {
        leave();
        throw error;
      }
      return end();
    },
    return: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
