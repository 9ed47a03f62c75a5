import { listFiles, readText } from "../repository/repository.ts";
import { exceptions } from "./exceptions.ts";
import { findReplacedWords, type ReplacedWordUse } from "./find-replaced-words.ts";
import { matchesGlob } from "node:path";

/** Every file that a person writes, by its path from the root; the word list itself holds the words. */
export function listWrittenFiles(checkout?: string): string[] {
  const folders = "{,.changeset/,{.github,docs,assets,specs,scripts,packages}/**/}";
  return listFiles(`${folders}*.{ts,mts,cts,mjs,cjs,js,md,yaml,yml,json}`, checkout).filter(
    (path) =>
      !path.startsWith("packages/drift-tests/src/words/") &&
      !/\/generated\/|^pnpm-lock|CHANGELOG|^specs\/image-variations\.json$/.test(path),
  );
}

/** The replaced words in a file and in its path, which is line 0; texts of others are not counted. */
export function findWordsOf(path: string, checkout?: string): ReplacedWordUse[] {
  const texts = exceptions.filter(({ files }) => matchesGlob(path, files)).map(({ text }) => text);
  const written = texts.reduce((rest, text) => rest.replaceAll(text, ""), `${path}\n${readText(path, checkout)}`);
  return findReplacedWords(written).map(({ line, ...use }) => ({ line: line - 1, ...use }));
}
