import fc from "fast-check";

/** The number of runs per property. */
const runs = 1_000;

/**
 * Tests a property with generated values, and prints the seed. A failure is shrunk to its smallest example.
 *
 * To repeat a run, set `FAST_CHECK_SEED` to the seed that it printed; `FAST_CHECK_RUNS` changes the number of runs.
 */
export async function checkProperty<Values extends [unknown, ...unknown[]]>(
  what: string,
  property: fc.IAsyncProperty<Values>,
): Promise<void> {
  const { FAST_CHECK_SEED: seed = crypto.getRandomValues(new Int32Array(1))[0], FAST_CHECK_RUNS: numRuns = runs } =
    process.env;
  console.log(`${what}: ${numRuns} runs, FAST_CHECK_SEED=${seed}`);
  await fc.assert(property, { seed: Number(seed), numRuns: Number(numRuns) });
}
