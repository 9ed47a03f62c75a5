import { createPng } from "@image-variations/png-corpus";
import { expect, test } from "vitest";
import { formatReport, validateImageVariation } from "./index.ts";

test("prints each issue and its fix, errors before warnings", async () => {
  const image = createPng({ width: 12, height: 8 });
  expect(formatReport(await validateImageVariation({ image, n: "2", model: "dalle-2" }))).toBe(`2 errors:
  image: The image must be square, not 12x8.
    Crop or pad it to a square.
  n must be a whole number, not "2".
    Did you mean 2?
1 warning:
  model is "dalle-2", which is not a known name.
    Did you mean dall-e-2?`);
});

test("prints that there are no issues", async () => {
  expect(formatReport(await validateImageVariation({ image: createPng() }))).toBe("No issues.");
});
