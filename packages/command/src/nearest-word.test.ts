import { expect, it } from "vitest";
import { nearestWord } from "./nearest-word.ts";

it.each([
  { word: "maxmium", words: ["minimum", "maximum"], nearest: "maximum", because: "two neighbours changed places" },
  { word: "MAXIMUM", words: ["maximum"], nearest: "maximum", because: "capitals don't count" },
  { word: "maximums", words: ["maximum"], nearest: "maximum", because: "a letter too many is one slip" },
  { word: "maximu", words: ["maximum"], nearest: "maximum", because: "a letter too few is one slip" },
  { word: "maxinun", words: ["maximum"], nearest: "maximum", because: "two slips are allowed in a long word" },
  { word: "naxinun", words: ["maximum"], nearest: undefined, because: "three slips are too many" },
  { word: "type", words: ["tipe"], nearest: "tipe", because: "one slip is allowed in a short word" },
  { word: "type", words: ["tipo"], nearest: undefined, because: "two slips are too many in a short word" },
  { word: "abcde", words: ["abxye"], nearest: undefined, because: "five letters allow one slip" },
  { word: "abcdef", words: ["abxyef"], nearest: "abxyef", because: "six letters allow two" },
  { word: "in", words: ["if"], nearest: undefined, because: "no slip is allowed in two letters" },
  { word: "in", words: ["IN"], nearest: "IN", because: "capitals are not a slip" },
  { word: "maximumss", words: ["maximum"], nearest: "maximum", because: "two letters too many are two slips" },
  { word: "maximum", words: ["maxi"], nearest: undefined, because: "three letters are missing" },
  { word: "pattern", words: ["patern", "pattern"], nearest: "pattern", because: "the nearest wins, and not the first" },
  { word: "pattern", words: ["patterm", "patterl"], nearest: "patterm", because: "the first of two equally near wins" },
  { word: "abcdef", words: ["bacdfe"], nearest: "bacdfe", because: "two pairs of neighbours changed places" },
  { word: "word", words: [], nearest: undefined, because: "there is nothing to choose from" },
])("finds $nearest for $word among $words, as $because", ({ word, words, nearest }) => {
  expect(nearestWord(word, words)).toBe(nearest);
});
