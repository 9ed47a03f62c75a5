import { createPng } from "@image-variations/png-corpus/create-png.ts";
import { expect, test } from "vitest";
import { formatReport, validateImageVariation } from "./index.ts";

test("says what is wrong and what to do, line by line", async () => {
  const image = createPng({ width: 12, height: 8 });
  expect(formatReport(await validateImageVariation({ image, n: "2", model: "dalle-2" }))).toBe(`2 problems:
  image: The image is 12x8, and must be square.
    Crop or pad it to a square.
  n is "2", and must be a whole number.
    Did you mean 2?
1 warning:
  model is "dalle-2", and must be a known name.
    Did you mean dall-e-2?`);
});

test("says that nothing is wrong", async () => {
  expect(formatReport(await validateImageVariation({ image: createPng() }))).toBe("Nothing is wrong.");
});
