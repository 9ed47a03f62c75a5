import fc from "fast-check";
import { expect, test } from "vitest";
import { closestMatch } from "./closest-match.ts";

const sizes = ["256x256", "512x512", "1024x1024"];

test.each([
  { word: "512", match: "512x512", because: "it begins with the word" },
  { word: 1024, match: "1024x1024", because: "a number is a word too" },
  { word: "512 × 512", match: "512x512", because: "spaces and × don't count" },
  { word: "512*512", match: "512x512", because: "* is read as ×" },
  { word: "512X512", match: "512x512", because: "capitals don't count" },
  { word: "513x512", match: "512x512", because: "one letter differs" },
  { word: "51x512", match: "512x512", because: "one letter is missing" },
  { word: "521x512", match: "512x512", because: "two neighbours have changed places" },
  { word: "152x521", match: "512x512", because: "two pairs are two of seven letters" },
  { word: "5122x512", match: "512x512", because: "one letter is too many" },
  { word: "25x25", match: "256x256", because: "two of seven letters are at most a third" },
  { word: "2x2", match: undefined, because: "four of seven letters are more than a third" },
  { word: "large", match: undefined, because: "nothing is near" },
  { word: "", match: undefined, because: "no letter is left" },
  { word: "???", match: undefined, because: "no letter is left" },
  { word: `512x512${" ".repeat(57)}`, match: "512x512", because: "64 characters are compared" },
  { word: `512x512${" ".repeat(58)}`, match: undefined, because: "65 characters are not a typo" },
])("finds $match for $word: $because", ({ word, match }) => {
  expect(closestMatch(word, sizes)).toBe(match);
});

test("prefers a candidate that begins with the word to one that differs in a letter", () => {
  expect(closestMatch("ab", ["abc", "ad", "abcdefgh"])).toBe("abc");
  expect(closestMatch("abc", ["abd", "abcdef"])).toBe("abcdef");
});

test("prefers the first of two equally near, and the same word to any other", () => {
  expect(closestMatch("abcx", ["abcy", "abcz"])).toBe("abcy");
  expect(closestMatch("abcz", ["abcy", "abcz"])).toBe("abcz");
});

test("returns numbers as numbers, and compares their decimal points", () => {
  expect(closestMatch("1.5", [15, 1.5])).toBe(1.5);
  expect(closestMatch("1,0", [10, 20])).toBe(10);
});

test("finds a word again after one slip of the fingers, whatever it is and wherever", () => {
  const letter = fc.constantFrom(..."abcdefg");
  const word = fc.string({ unit: letter, minLength: 3, maxLength: 20 });
  const slips: readonly ((text: string, at: number, other: string) => string)[] = [
    (text, at, other) => text.slice(0, at) + other + text.slice(at),
    (text, at) => text.slice(0, at) + text.slice(at + 1),
    (text, at, other) => text.slice(0, at) + other + text.slice(at + 1),
    (text, at) =>
      text.slice(0, at) +
      text
        .slice(at, at + 2)
        .split("")
        .toReversed()
        .join("") +
      text.slice(at + 2),
  ];
  fc.assert(
    fc.property(word, fc.nat(19), letter, fc.constantFrom(...slips), (text, at, other, slip) => {
      expect(closestMatch(slip(text, at % text.length, other), [text, "zzz"])).toBe(text);
    }),
  );
});
