import { expect, it } from "vitest";
import { isKeywordValue, keywordValues } from "./schema-keywords.ts";

const values = [true, "text", 1, 0, -1, 1.5, [], ["a"], ["string"], ["string", "null"], ["string", "blob"], {}, null];

it.each(Object.keys(keywordValues))("knows which values %s may have", (keyword) => {
  const allowed = [...values, "string", "blob", "^a"].filter((value) => isKeywordValue(keyword, value));
  expect(allowed).toMatchSnapshot();
});
