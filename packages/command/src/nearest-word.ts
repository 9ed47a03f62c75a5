/** The word that was most likely meant by another one; undefined if none is near. */
export function nearestWord(word: string, words: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const candidate of words) {
    const distance = distanceBetween(wanted, candidate.toLowerCase());
    if (distance < (best?.distance ?? Infinity)) best = { word: candidate, distance };
  }
  // Two slips in a long word, one in a short one, none but capitals in a very short one.
  return best && best.distance <= Math.min(2, Math.floor(word.length / 3)) ? best.word : undefined;
}

/** Insertions, deletions, replacements, and neighbours that changed places. */
function distanceBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Infinity;
  let [beforeLast, last]: number[][] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = last![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(last![j]! + 1, row[j - 1]! + 1, replace);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, beforeLast![j - 2]! + 1);
      row.push(cost);
    }
    [beforeLast, last] = [last, row];
  }
  return last![b.length]!;
}
