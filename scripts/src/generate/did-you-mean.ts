/** The word that was most likely meant by another one; undefined if none is near. */
export function nearestWord(word: string, words: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const candidate of words) {
    const distance = distanceBetween(wanted, candidate.toLowerCase());
    if (distance < (best?.distance ?? Infinity)) best = { word: candidate, distance };
  }
  // Two slips in a long word, one in a short one.
  return best && best.distance <= (word.length > 4 ? 2 : 1) ? best.word : undefined;
}

/** A sentence that asks whether a near word was meant, or names them all. */
export function suggestion(word: string, words: readonly string[], what: string): string {
  const near = nearestWord(word, words);
  return near ? `Did you mean ${near}?` : `${what} ${words.join(", ")}.`;
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
