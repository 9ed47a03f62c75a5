import { matchesGlob } from "node:path";
import { describe, expect, test } from "vitest";
import { readText } from "../repository/repository.ts";
import { exceptions } from "./exceptions.ts";
import { findReplacedWords } from "./find-replaced-words.ts";
import { findWordsOf, listWrittenFiles } from "./written-files.ts";

const files = listWrittenFiles();

test.for(files)("%s keeps to the vocabulary", (path) => {
  const uses = findWordsOf(path).map(({ line, word, use }) => `line ${line}: "${word}", use ${use}`);
  expect(uses).toEqual([]);
});

describe("the word list", () => {
  test("is held against the docs, the spec, the packages and the scripts", () => {
    const folders = new Set(files.map((path) => path.split("/")[0]));
    expect([...folders]).toEqual(
      expect.arrayContaining(["README.md", ".changeset", ".github", "docs", "specs", "packages", "scripts"]),
    );
    expect(files).toContain("packages/drift-tests/src/docs/links.test.ts");
  });

  test.for(["scanAnswer", "scan-answer", "SCAN_ANSWER", "The answers are here.", "PNGAnswer"])(
    "finds the word in %s",
    (text) => {
      expect(findReplacedWords(text)).toHaveLength(1);
    },
  );

  test.for([
    "connection refused",
    "ECONNREFUSED",
    "it is no longer there",
    "there is no image",
    "if there is none",
    "a promise",
  ])("lets %s pass", (text) => {
    expect(findReplacedWords(text)).toEqual([]);
  });

  test.for(exceptions)("has an exception for $text in $files that is needed", ({ files: pattern, text }) => {
    const withText = files.filter((path) => matchesGlob(path, pattern) && readText(path).match(text));
    expect(withText).not.toEqual([]);
  });
});
