import { BackendError } from "../backend-error.ts";

/** How often a target may return nothing at all before it counts as failed. */
const maximumEmptyResponses = 2;

/**
 * Asks a target until it has made n images: many make one at a time, or fewer than they were asked for. What exceeds n
 * is dropped.
 *
 * @param ask Asks for `missing` images, after `made` of them.
 * @throws BackendError if the target returns nothing twice in a row.
 */
export async function* requestUntilComplete<Image>(
  { n, label }: { readonly n: number; readonly label: string },
  ask: (missing: number, made: number) => AsyncIterable<Image>,
): AsyncGenerator<Image, void, undefined> {
  let made = 0;
  let empty = 0;
  while (made < n) {
    const before = made;
    for await (const image of ask(n - made, made)) {
      made += 1;
      yield image;
      if (made === n) return;
    }
    empty = made === before ? empty + 1 : 0;
    if (empty === maximumEmptyResponses) {
      const times = `${maximumEmptyResponses} times in a row`;
      throw new BackendError(`${label} returned ${made} of ${n} images, and then none ${times}.`, { status: 502 });
    }
  }
}
