/**
 * The one of the candidates that a mistyped word most likely means, or undefined if none is near: one that begins
 * with it (`512` for `512x512`), or that differs in at most a third of its letters. Case, spaces and `×` don't count.
 */
export function closestMatch<Candidate extends string | number>(
  word: string | number,
  candidates: readonly Candidate[],
): Candidate | undefined {
  // A longer word is not a typo, and comparing takes time.
  const wanted = String(word).length > 64 ? "" : plain(word);
  if (!wanted) return undefined;
  let best: Candidate | undefined;
  let least = Infinity;
  for (const candidate of candidates) {
    const known = plain(candidate);
    const distance = known.startsWith(wanted) ? 0.5 : editDistance(wanted, known);
    if (distance < least && distance <= known.length / 3) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

function plain(word: string | number): string {
  return String(word)
    .toLowerCase()
    .replaceAll(/[×*]/g, "x")
    .replaceAll(/[^a-z0-9.]/g, "");
}

/** The least number of letters to insert, remove or replace, and of neighbours to swap, to turn one word into the other. */
function editDistance(from: string, to: string): number {
  let above: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + Number(from[i - 1] !== to[j - 1]);
      const areSwapped = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const swapped = areSwapped ? (above[j - 2] ?? 0) + 1 : replaced;
      next.push(Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, replaced, swapped));
    }
    [above, row] = [row, next];
  }
  return row.at(-1) ?? 0;
}
