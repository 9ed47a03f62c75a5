/**
 * An iteration that is made of two functions. To go through a generator costs several times as much, and chunks go
 * through more than one layer.
 *
 * @param leave Called when the iteration ends, whatever the reason; it may be called again. Waited for only if the
 *   iteration is ended early.
 */
export function iterate<Item>(
  step: () => Promise<IteratorResult<Item, undefined>>,
  leave: () => unknown,
): AsyncIterableIterator<Item, undefined> {
  const end = async (): Promise<IteratorReturnResult<undefined>> => {
    await leave();
    return { value: undefined, done: true };
  };
  const goOn = (result: IteratorResult<Item, undefined>): typeof result => {
    if (result.done) leave();
    return result;
  };
  const fail = (error: unknown): never => {
    leave();
    throw error;
  };
  return {
    next: () => step().then(goOn, fail),
    return: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
