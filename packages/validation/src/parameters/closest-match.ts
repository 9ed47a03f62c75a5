/**
 * The one of the candidates that a mistyped word most likely means, or undefined when none is near: one that begins
 * with it (`512` for `512x512`), or that is the same but for a third of its letters. Case, spaces and `×` don't count.
 */
export function closestMatch<Candidate extends string | number>(
  word: string | number,
  candidates: readonly Candidate[],
): Candidate | undefined {
  // Nothing that is longer is a slip of the fingers, and comparing takes time.
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

/** How many letters have to be put in, taken out or exchanged to make one word of the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + Number(from[i - 1] !== to[j - 1])));
    }
    row = next;
  }
  return row.at(-1)!;
}
