/** What one side pushes, the other iterates over. */
export interface Channel<Item> extends AsyncIterable<Item> {
  push(item: Item): void;
  /** Ends the iteration once all that was pushed has been read. */
  close(): void;
  /** Ends the iteration at once with an error; the first one counts. */
  fail(error: unknown): void;
}

export function createChannel<Item>(): Channel<Item> {
  const items: Item[] = [];
  let isClosed = false;
  let failure: { readonly error: unknown } | undefined;
  let wake = (): void => undefined;
  return {
    push(item) {
      items.push(item);
      wake();
    },
    close() {
      isClosed = true;
      wake();
    },
    fail(error) {
      failure ??= { error };
      wake();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        if (failure) throw failure.error;
        const [item] = items.splice(0, 1);
        if (item !== undefined) yield item;
        else if (isClosed) return;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
  };
}
