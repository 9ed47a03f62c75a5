import { suggestValue } from "@image-variations/validation";

/** The word that was probably meant; undefined if none is near. */
export function nearestWord(word: string, words: readonly string[]): string | undefined {
  const sorted = (text: string): string => [...text].toSorted().join("");
  // Letters in another order are one slip of the fingers, and not two.
  return suggestValue(word, words) ?? words.find((candidate) => sorted(candidate) === sorted(word));
}
