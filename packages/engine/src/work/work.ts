/** Work in slices: between two of them, a caller may look after its event loop, or stop. */
export type Work<Result> = Generator<void, Result>;

/** Ranges of rows that together cover `rows`, each about as long to work on as the others. */
export function* bands(rows: number, rowsAtOnce: number): Generator<{ firstRow: number; endRow: number }> {
  const step = Math.max(1, Math.floor(rowsAtOnce));
  for (let firstRow = 0; firstRow < rows; firstRow += step) {
    yield { firstRow, endRow: Math.min(rows, firstRow + step) };
  }
}

/** Does all of the work at once. */
export function finish<Result>(work: Work<Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
