import { vocabulary, type ReplacedWord } from "./vocabulary.ts";

/** A place where a replaced word stands. */
export interface ReplacedWordUse {
  readonly line: number;
  readonly word: string;
  readonly use: string;
}

/** Finds every replaced word of a text: in its prose, and in the words that its identifiers are made of. */
export function findReplacedWords(text: string, words: readonly ReplacedWord[] = vocabulary): ReplacedWordUse[] {
  return text.split("\n").flatMap((line, index) => {
    const prose = toProse(line);
    return words.flatMap(({ avoid, use }) =>
      [...prose.matchAll(avoid)].map(([word]) => ({ line: index + 1, word, use })),
    );
  });
}

/** `scanAnswer`, `ScanAnswer`, `scan_answer` and `scan-answer` become `scan answer`. */
function toProse(line: string): string {
  return line
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .replaceAll(/[_-]/g, " ")
    .toLowerCase();
}
